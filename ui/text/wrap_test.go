package text

import (
	"slices"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
)

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
		{"a chord", "Nothing is billed yet; ctrl+x x cancels it.", 29, []Safe{"Nothing is billed yet;", "ctrl+x x cancels it."}},
		{"a chord before a stop", "try the demo: ctrl+x d.", 21, []Safe{"try the demo:", "ctrl+x d."}},
		{"no room for a chord", "ctrl+x x cancels", 7, []Safe{"ctrl+x", "x", "cancels"}},
		{"a key alone", "esc, ctrl+c leaves", 11, []Safe{"esc, ctrl+c", "leaves"}},
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

// isOneCharacter reports whether a text is one character, which cannot be broken.
func isOneCharacter(s Safe) bool {
	it := displaywidth.StringGraphemes(string(s))
	return it.Next() && it.Value() == string(s)
}

func FuzzWrap(f *testing.F) {
	f.Add("A paper boat floating on calm water", 9)
	f.Add("紙の 船 a👩‍🚀b\n\n  x", 3)
	f.Add("a \xe3\u17c1\u17c1b", 2) // a character of three columns
	f.Fuzz(func(t *testing.T, s string, w int) {
		w = min(max(w, 2), 200)
		clean := Clean(s)
		lines := Wrap(clean, w)
		var joined strings.Builder
		for _, line := range lines {
			if Width(line) > w && !isOneCharacter(line) {
				t.Fatalf("Wrap(%q, %d) has the line %q, %d wide", clean, w, line, Width(line))
			}
			joined.WriteString(string(line))
		}
		drop := strings.NewReplacer(" ", "", "\n", "")
		if got, want := drop.Replace(joined.String()), drop.Replace(string(clean)); got != want {
			t.Fatalf("Wrap(%q, %d) kept %q", clean, w, got)
		}
		if got := Truncate(CleanLine(s), w, "…"); Width(got) > w {
			t.Fatalf("Truncate to %d gave %q", w, got)
		}
	})
}
