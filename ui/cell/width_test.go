package cell

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestAgreedLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain │ ▀ 紙の舟 ″":  "plain │ ▀ 紙の舟 ″",
		"👩‍🚀 up":           "👩 up",
		"👍🏽.":              "👍.",
		"I ❤️ it":          "I ❤  it",
		"é":                "é",
		"\x1b[1m👩‍🚀\x1b[m": "\x1b[1m👩\x1b[m",
	} {
		if got := agreedLine(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	for _, in := range []string{"🇯🇵", "🏳️‍🌈", "👨‍👩‍👧‍👦", "🏴‍☠️", "🏽", "🇯"} {
		if got := agreedLine(in); ansi.StringWidth(got) != ansi.StringWidthWc(got) || ansi.StringWidth(got) != ansi.StringWidth(in) {
			t.Errorf("%q became %q: %d and %d columns, it has %d", in, got, ansi.StringWidth(got), ansi.StringWidthWc(got), ansi.StringWidth(in))
		}
	}
}
