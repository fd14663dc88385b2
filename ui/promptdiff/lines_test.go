package promptdiff

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"

	"tintype/ui/text"
	"tintype/ui/theme"
)

// linesText returns the lines of prompts that are compared, with changed words in brackets. Those of one prompt are joined by "/".
func linesText(prompts []string, w, h int) string {
	look := theme.NewLook("dark", nil, 0, false)
	plain := lipgloss.NewStyle()
	look.Styles.Text, look.Styles.Muted = plain, plain
	look.Styles.Changed = plain.Transform(func(s string) string { return "[" + s + "]" })
	var said []string
	for _, lines := range Lines(prompts, w, h, look) {
		said = append(said, strings.Join(lines, "/"))
	}
	return strings.Join(said, " | ")
}

// TestLines: each prompt is written in its own words, and the words in which it differs are in their role.
func TestLines(t *testing.T) {
	t.Parallel()
	long := "a quiet harbour with many small wooden boats at anchor under a wide pale sky"
	for _, c := range []struct {
		prompts []string
		w, h    int
		want    string
	}{
		{[]string{"A boat on calm water at sunrise.", "A boat on calm water at dusk."}, 40, 1, "A boat on calm water at [sunrise]. | A boat on calm water at [dusk]."},
		{[]string{"a red boat", "a big red boat"}, 40, 1, "a red boat | a [big] red boat"},
		{[]string{"red boat at dusk", "blue boat at dusk", "red boat at dawn"}, 40, 1, "[red] boat at [dusk] | [blue] boat at [dusk] | [red] boat at [dawn]"},
		{[]string{"same words", "same words"}, 40, 1, "same words | same words"},
		{[]string{"a boat", "a boat, oil on canvas"}, 40, 1, "a boat | a boat[,] [oil] [on] [canvas]"},
		{[]string{"a cat", "the city of light at night"}, 40, 1, "a cat | the city of light at night"},
		{[]string{"a cat", "the city of light at night"}, 12, 1, "a cat | the city of…"},
		{[]string{"a cat", "the city of light at night"}, 12, 2, "a cat | the city of/light at…"},
		{[]string{long + " at dusk", long + " at dawn"}, 28, 1, "… a wide pale sky at [dusk] | … a wide pale sky at [dawn]"},
		{[]string{"Dusk: " + long, "Dawn: " + long}, 28, 1, "[Dusk]: a quiet harbour with … | [Dawn]: a quiet harbour with …"},
		{[]string{long + " at dusk", long + " at dawn"}, 90, 1, long + " at [dusk] | " + long + " at [dawn]"},
		{[]string{"", "a boat"}, 40, 1, " | a boat"},
	} {
		if got := linesText(c.prompts, c.w, c.h); got != c.want {
			t.Errorf("%q in %d×%d gives\n%q, want\n%q", c.prompts, c.w, c.h, got, c.want)
		}
	}
}

// FuzzDiffKeepsEveryWord checks that the segments hold each word of each prompt once, and no others.
func FuzzDiffKeepsEveryWord(f *testing.F) {
	f.Add("a red boat.", "a blue boat, at dusk")
	f.Add("", "x")
	f.Add("の紙の舟 a", "紙 a a a")
	f.Fuzz(func(t *testing.T, a, b string) {
		prompts := []text.Safe{text.CleanLine(a), text.CleanLine(b)}
		segments, similar := segment(prompts)
		if !similar {
			return
		}
		for i, p := range prompts {
			var words []string
			for _, s := range segments {
				own := s.common
				if s.variants != nil {
					own = s.variants[i]
				}
				for _, w := range own {
					words = append(words, w.Text)
				}
			}
			var want []string
			for _, w := range splitTokens(p) {
				want = append(want, w.Text)
			}
			if strings.Join(words, "\x00") != strings.Join(want, "\x00") {
				t.Errorf("%d of %q, %q became %q", i, a, b, words)
			}
		}
	})
}
