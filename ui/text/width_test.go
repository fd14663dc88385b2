package text

import "testing"

func TestWidth(t *testing.T) {
	tests := []struct {
		s Safe
		w int
	}{
		{"", 0}, {"boat", 4}, {"紙の船", 6}, {"é", 1}, {"e\u0301", 1}, {"👩‍🚀", 2}, {"🇩🇪", 2}, {"…·★", 3}, {"a\nlong\nb", 4}, {"␛", 1},
	}
	for _, tt := range tests {
		if got := Width(tt.s); got != tt.w {
			t.Errorf("Width(%q) = %d, want %d", tt.s, got, tt.w)
		}
	}
}

func TestTruncate(t *testing.T) {
	tests := []struct {
		s           Safe
		w           int
		tail        Safe
		right, left Safe
	}{
		{"boat", 4, "…", "boat", "boat"},
		{"paper boat", 6, "…", "paper…", "… boat"},
		{"paper boat", 1, "…", "…", "…"},
		{"paper boat", 0, "…", "", ""},
		{"paper boat", -3, "…", "", ""},
		{"paper boat", 2, "...", "pa", "at"},
		{"紙の船が浮かぶ", 6, "…", "紙の…", "…かぶ"},
		{"a👩‍🚀b", 3, "", "a👩‍🚀", "👩‍🚀b"},
		{"e\u0301e\u0301e\u0301", 2, "…", "e\u0301…", "…e\u0301"},
	}
	for _, tt := range tests {
		if got := Truncate(tt.s, tt.w, tt.tail); got != tt.right {
			t.Errorf("Truncate(%q, %d, %q) = %q, want %q", tt.s, tt.w, tt.tail, got, tt.right)
		}
		if got := TruncateLeft(tt.s, tt.w, tt.tail); got != tt.left {
			t.Errorf("TruncateLeft(%q, %d, %q) = %q, want %q", tt.s, tt.w, tt.tail, got, tt.left)
		}
	}
}

func TestPadRight(t *testing.T) {
	for _, tt := range []struct{ s, want Safe }{{"船", "船   "}, {"paper", "paper"}, {"paper boat", "paper boat"}} {
		if got := PadRight(tt.s, 5); got != tt.want {
			t.Errorf("PadRight(%q, 5) = %q, want %q", tt.s, got, tt.want)
		}
	}
}

func TestTrimEnd(t *testing.T) {
	for s, want := range map[Safe]Safe{"1:1 · ": "1:1", "1:1 ·": "1:1", "1:1 - ": "1:1", "a well-": "a well-", "a  ": "a", "": "", " ·": ""} {
		if got := TrimEnd(s); got != want {
			t.Errorf("%q becomes %q, want %q", s, got, want)
		}
	}
}
