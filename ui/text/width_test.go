package text

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

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

func TestWrap(t *testing.T) {
	tests := []struct {
		name string
		s    Safe
		w    int
		want []Safe
	}{
		{"empty", "", 5, []Safe{""}},
		{"fits", "a boat", 6, []Safe{"a boat"}},
		{"at spaces", "A paper boat floating", 9, []Safe{"A paper", "boat", "floating"}},
		{"own lines", "a\n\nb", 5, []Safe{"a", "", "b"}},
		{"a long word", "abcdefgh ij", 3, []Safe{"abc", "def", "gh", "ij"}},
		{"a long word after a short one", "a bcdefgh", 4, []Safe{"a", "bcde", "fgh"}},
		{"several spaces", "ab   cd", 4, []Safe{"ab", "cd"}},
		{"indentation", "  abcdef", 5, []Safe{"  abc", "def"}},
		{"spaces over the edge", "abc  d", 3, []Safe{"abc", "d"}},
		{"Chinese", "紙の船、水の上", 6, []Safe{"紙の", "船、水", "の上"}},
		{"mixed", "red 紙の船 boat", 7, []Safe{"red 紙", "の船", "boat"}},
		{"emoji stay whole", "👩‍🚀👩‍🚀", 2, []Safe{"👩‍🚀", "👩‍🚀"}},
		{"no room at all", "ab船", 0, []Safe{"a", "b", "船"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Wrap(tt.s, tt.w); !slices.Equal(got, tt.want) {
				t.Errorf("Wrap(%q, %d) = %q, want %q", tt.s, tt.w, got, tt.want)
			}
		})
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("A paper boat floating on calm water", 9)
	f.Add("紙の 船 a👩‍🚀b\n\n  x", 3)
	f.Fuzz(func(t *testing.T, s string, w int) {
		w = min(max(w, 2), 200)
		whole := Clean(s)
		lines := Wrap(whole, w)
		var joined strings.Builder
		for _, line := range lines {
			if Width(line) > w {
				t.Fatalf("Wrap(%q, %d) has the line %q, %d wide", whole, w, line, Width(line))
			}
			joined.WriteString(string(line))
		}
		drop := strings.NewReplacer(" ", "", "\n", "")
		if got, want := drop.Replace(joined.String()), drop.Replace(string(whole)); got != want {
			t.Fatalf("Wrap(%q, %d) kept %q", whole, w, got)
		}
		if got := Truncate(CleanLine(s), w, "…"); Width(got) > w {
			t.Fatalf("Truncate to %d gave %q", w, got)
		}
	})
}

func TestEscapeJSON(t *testing.T) {
	tests := []struct{ in, want string }{
		{`{"a": 1}`, `{"a": 1}`},
		{"{\n\t\"a\": \"船\"\r\n}", "{\n\t\"a\": \"船\" \n}"},
		{"\"\u009b\x7f\u202e\u2028\"", `"\u009b\u007f\u202e\u2028"`},
		{"\"\U000e0041\U0010eeee\"", `"\udb40\udc41\udbfb\udeee"`},
		{"\"a\xffb\"", `"a\ufffdb"`},
		{"\"👩‍🚀\"", "\"👩‍🚀\""},
	}
	for _, tt := range tests {
		if got := string(EscapeJSON([]byte(tt.in))); got != tt.want {
			t.Errorf("EscapeJSON(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzEscapeJSON(f *testing.F) {
	f.Add("\x1b[2J\u009b\u202e\U000e0041 紙")
	f.Fuzz(func(t *testing.T, s string) {
		encoded, err := json.Marshal(s)
		if err != nil {
			t.Skip()
		}
		escaped := EscapeJSON(encoded)
		var before, after string
		if json.Unmarshal(encoded, &before) != nil || json.Unmarshal(escaped, &after) != nil || before != after {
			t.Fatalf("%q became %q", before, after)
		}
		for _, r := range string(escaped) {
			if obeyed(r, true) {
				t.Fatalf("%q holds %U", escaped, r)
			}
		}
	})
}
