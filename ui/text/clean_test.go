package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, in, clean, line string }{
		{"plain", "A paper boat.", "A paper boat.", "A paper boat."},
		{"empty", "", "", ""},
		{"many scripts", "Übung 紙の船 שלום", "Übung 紙の船 שלום", "Übung 紙の船 שלום"},
		{"a joined emoji", "👩‍🚀 flies", "👩‍🚀 flies", "👩‍🚀 flies"},
		{"line breaks", "a\nb\r\nc\u2028d\u2029e", "a\nb\nc\nd\ne", "a b c d e"},
		{"a carriage return alone", "10%\r20%", "10%␍20%", "10%␍20%"},
		{"tab", "a\tb", "a b", "a b"},
		{"CSI", "\x1b[2Jx", "␛[2Jx", "␛[2Jx"},
		{"OSC 52", "\x1b]52;c;AAAA\x07", "␛]52;c;AAAA␇", "␛]52;c;AAAA␇"},
		{"kitty reads a file", "\x1b_Gt=f;L2V0Yw==\x1b\\", "␛_Gt=f;L2V0Yw==␛\\", "␛_Gt=f;L2V0Yw==␛\\"},
		{"NUL and DEL", "a\x00b\x7f", "a␀b␡", "a␀b␡"},
		{"C1 in UTF-8", "a\u009b2J\u0085", "a\ufffd2J\ufffd", "a\ufffd2J\ufffd"},
		{"a raw C1 byte", "a\x9b2J", "a\ufffd2J", "a\ufffd2J"},
		{"cut UTF-8", "a\xe7\xb4", "a\ufffd\ufffd", "a\ufffd\ufffd"},
		{"bidirectional overrides", "a\u202eb\u2066c\u2069\u200f", "abc", "abc"},
		{"zero width and soft hyphen", "a\u200bb\u00adc\ufeff", "abc", "abc"},
		{"tags", "a\U000e0041\U000e007fb", "ab", "ab"},
		{"a variation selector that hides bytes", "a\U000e0101b", "ab", "ab"},
		{"kitty's placeholder", "\U0010eeee\u0305\u0305", "\u0305\u0305", "\u0305\u0305"},
		{"private", "\ue0b0x", "x", "x"},
		{"non-characters", "a\uffffb\ufdd0", "a\ufffdb\ufffd", "a\ufffdb\ufffd"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Clean(tt.in); string(got) != tt.clean {
				t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.clean)
			}
			if got := CleanLine(tt.in); string(got) != tt.line {
				t.Errorf("CleanLine(%q) = %q, want %q", tt.in, got, tt.line)
			}
		})
	}
}

func TestCleanBounds(t *testing.T) {
	if got := Clean(strings.Repeat("x", MaxBytes+1)); len(got) != MaxBytes {
		t.Errorf("a long text has %d bytes, want %d", len(got), MaxBytes)
	}
	if got := Clean(strings.Repeat("\x1b", MaxBytes)); len(got) > MaxBytes || !utf8.ValidString(string(got)) {
		t.Errorf("escapes grew to %d bytes, want at most %d of UTF-8", len(got), MaxBytes)
	}
	heap := Clean("a" + strings.Repeat("\u0301", 1000) + "b")
	if n := utf8.RuneCountInString(string(heap)); n != MaxCluster+1 {
		t.Errorf("stacked accents keep %d code points, want %d and the b", n, MaxCluster)
	}
}

func TestJoin(t *testing.T) {
	if got := Join([]Safe{"1024×1024", "seed 7"}, " · "); got != "1024×1024 · seed 7" {
		t.Errorf("Join = %q", got)
	}
	if got := Join(nil, ", "); got != "" {
		t.Errorf("Join of nothing = %q", got)
	}
}

// isUnsafe reports whether no Safe may contain r.
func isUnsafe(r rune, lines bool) bool {
	switch {
	case r == '\n':
		return !lines
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return true
	case r == '\u200d':
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp)
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"plain", "\x1b]8;;file:///etc/passwd\x1b\\x", "\u202e\u009b\x9b\x7f\r\n\t", "👩‍👩‍👧‍👦" + strings.Repeat("\u200d👩", 40),
		strings.Repeat("\u1100", 40) + "\u1161\u11a8", "\U000e0041\U0010eeee\ue000\ufffe", "a\u2028b\xff",
		strings.Repeat("\u0915\u094d", 30) + "\u0937", strings.Repeat("\u0600", 50) + "1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, tt := range []struct {
			name  string
			clean func(string) Safe
			lines bool
		}{{"Clean", Clean, true}, {"CleanLine", CleanLine, false}} {
			got := string(tt.clean(s))
			if !utf8.ValidString(got) || len(got) > MaxBytes {
				t.Fatalf("%s(%q) = %q: not UTF-8, or too long", tt.name, s, got)
			}
			if again := string(tt.clean(got)); again != got {
				t.Fatalf("%s twice: %q became %q", tt.name, got, again)
			}
			for _, r := range got {
				if isUnsafe(r, tt.lines) {
					t.Fatalf("%s(%q) holds %U", tt.name, s, r)
				}
			}
			if _, changed := limitClustersOnce(got); changed {
				t.Fatalf("%s(%q) holds a cluster that is too long", tt.name, s)
			}
		}
	})
}

func BenchmarkClean(b *testing.B) {
	ascii := strings.Repeat("A paper boat floating on calm water. ", 5)
	cyrillic := strings.Repeat("Бумажный кораблик ", 13)
	for _, bb := range []struct{ name, s string }{{"ascii", ascii}, {"cyrillic", cyrillic}} {
		b.Run(bb.name, func(b *testing.B) {
			for b.Loop() {
				Clean(bb.s)
			}
		})
	}
}
