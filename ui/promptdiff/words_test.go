package promptdiff

import (
	"strings"
	"testing"

	"tintype/ui/text"
)

func TestSplitWords(t *testing.T) {
	for prompt, want := range map[text.Safe]string{
		"":               "",
		"  a  boat ":     "a|boat",
		"紙の舟 at dusk":    "紙|の|舟|at|dusk",
		"neon東京":         "neon|東|京",
		"か\u3099んばる":     "か\u3099|ん|ば|る",
		"a 👩‍👩‍👧 family": "a|👩‍👩‍👧|family",
	} {
		var got []string
		for _, w := range splitWords(prompt) {
			got = append(got, w.Text)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q", prompt, got)
		}
	}
}
