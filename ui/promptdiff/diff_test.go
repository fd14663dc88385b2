package promptdiff

import (
	"strings"
	"testing"

	"tintype/ui/internal/uitest"
	"tintype/ui/text"
)

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		prompt, below text.Safe
		similar       bool
		first         int
		changed       string
	}{
		{uitest.Dusk, uitest.Sunrise, true, 8, "dusk."},
		{"a red boat", "a blue boat", true, 1, "red"},
		{"a red boat at sea", "a red boat", true, 3, "at sea"},
		{"a red boat", "a red boat at sea", true, 3, ""},
		{"a red boat", "one blue fox", false, 0, "a red boat"},
		{"one two three four five", "one two three x y", true, 3, "four five"},
		{"one two three four five", "one two w x y", false, 2, "three four five"},
		{"the old red fox in deep snow", "the red fox in the deep snow", true, 1, "old"},
		{"紙の舟が浮かぶ", "紙の船が浮かぶ", true, 2, "舟"},
		{"", "a", false, 0, ""},
	} {
		got := Compare(c.prompt, c.below)
		var changed []string
		for i, w := range got.Words {
			if got.Changed[i] {
				changed = append(changed, w.Text)
			}
		}
		if got.Similar != c.similar || got.First != c.first || strings.Join(changed, " ") != c.changed {
			t.Errorf("%q over %q: similar %t, first %d, changed %q", c.prompt, c.below, got.Similar, got.First, changed)
		}
	}
}

func TestDiffOfLongPromptsIsBounded(t *testing.T) {
	a, b := text.Safe(strings.Repeat("a b ", 20000)), text.Safe(strings.Repeat("b c ", 20000))
	if got := Compare(a, b); len(got.Words) > maxPrompt || got.Similar {
		t.Errorf("%d words, similar %t", len(got.Words), got.Similar)
	}
}
