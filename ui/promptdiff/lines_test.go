package promptdiff

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"tintype/ui/text"
	"tintype/ui/theme"
)

// diffText returns the text about the differences, without styles; brief leaves out most of what the prompts share.
func diffText(prompts []string, brief bool) string {
	safe := make([]text.Safe, len(prompts))
	for i, p := range prompts {
		safe[i] = text.CleanLine(p)
	}
	segments, similar := segment(safe)
	if !similar {
		return "too different"
	}
	look := theme.NewLook("dark", nil, 0, false)
	context := maxTokens
	if brief {
		context = contextKept
	}
	return ansi.Strip(strings.Join(wrapTokens(diffTokens(segments, context, look), 1000, look), "\n"))
}

func TestDiffText(t *testing.T) {
	long := "a quiet harbour with many small wooden boats at anchor under a wide pale sky"
	for _, c := range []struct {
		prompts []string
		brief   bool
		want    string
	}{
		{[]string{"A paper boat floating on calm water at sunrise.", "A paper boat floating on calm water at dusk."}, false, "A paper boat floating on calm water at [A sunrise | B dusk]."},
		{[]string{"a red boat", "a big red boat"}, false, "a [B big] red boat"},
		{[]string{"red boat at dusk", "blue boat at dusk", "red boat at dawn"}, false, "[A C red | B blue] boat at [A B dusk | C dawn]"},
		{[]string{"same words", "same words"}, false, "same words"},
		{[]string{"a boat", "a boat, oil on canvas"}, false, "a boat[B , oil on canvas]"},
		{[]string{"a cat", "the city of light at night"}, false, "too different"},
		{[]string{"夕暮れの紙の舟", "夜明けの紙の舟"}, false, "夕[A 暮れ]"},
		{[]string{long + " at dusk", long + " at dawn"}, true, "… pale sky at [A dusk | B dawn]"},
		{[]string{"Dusk: " + long, "Dawn: " + long}, true, "[A Dusk | B Dawn]: a quiet …"},
		{[]string{"", "a boat"}, false, "too different"},
	} {
		got := diffText(c.prompts, c.brief)
		if c.prompts[0] == "夕暮れの紙の舟" {
			if !strings.Contains(got, "[A ") || !strings.HasSuffix(got, "の紙の舟") {
				t.Errorf("%q gives %q", c.prompts, got)
			}
			continue
		}
		if got != c.want {
			t.Errorf("%q gives\n%q, want\n%q", c.prompts, got, c.want)
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

// The lines fill no more than their room: common words are left out first.
func TestLines(t *testing.T) {
	look := theme.NewLook("dark", nil, 0, false)
	long := strings.Repeat("one two three four five six ", 9)
	for _, c := range []struct {
		prompts []string
		h       int
		want    []string
	}{
		{[]string{"a red boat at sea", "a blue boat at sea"}, 2, []string{"a [A red | B blue] boat", "at sea"}},
		{[]string{"a red boat at sea", "a blue boat at sea"}, 1, []string{"a [A red | B blue] …"}},
		{[]string{long + "at dusk", long + "at dawn"}, 2, []string{"… five six at [A dusk |", "B dawn]"}},
		{[]string{"a red fox in the snow at dawn", "seven boats"}, 2, []string{"A a red fox in the sno…", "B seven boats"}},
		{[]string{"a red fox in the snow at dawn", "seven boats"}, 1, []string{"A a red fox in the sno…"}},
	} {
		got := Lines(c.prompts, 23, c.h, look)
		for i := range got {
			got[i] = ansi.Strip(got[i])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%.40q in %d lines: %q", c.prompts, c.h, got)
		}
	}
}
