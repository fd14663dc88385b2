package list

import (
	"fmt"
	"strings"
	"testing"

	"tintype/ui/internal/uitest"
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
			got = append(got, w.text)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q", prompt, got)
		}
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		prompt, below text.Safe
		alike         bool
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
		for i, w := range got.words {
			if got.changed[i] {
				changed = append(changed, w.text)
			}
		}
		if got.Alike != c.alike || got.First != c.first || strings.Join(changed, " ") != c.changed {
			t.Errorf("%q over %q: alike %t, first %d, changed %q", c.prompt, c.below, got.Alike, got.First, changed)
		}
	}
}

func TestCompareStaysCheap(t *testing.T) {
	a, b := text.Safe(strings.Repeat("a b ", 20000)), text.Safe(strings.Repeat("b c ", 20000))
	if got := Compare(a, b); len(got.words) > ComparedBytes || got.Alike {
		t.Errorf("%d words, alike %t", len(got.words), got.Alike)
	}
}

func TestDifferences(t *testing.T) {
	facts := func(model string, seed int64, chosen bool, input map[string]any) RowFacts {
		f := RowFacts{model: text.Safe(model), Parameters: ParameterFacts(input), seedChosen: chosen}
		if seed != 0 {
			f.seed = &seed
		}
		return f
	}
	base := facts("flux-schnell", 1, false, map[string]any{"aspect_ratio": "1:1", "output_quality": 80.0, "go_fast": true})
	for _, c := range []struct {
		name string
		row  RowFacts
		want string
	}{
		{"nothing, and no seed yet", facts("flux-schnell", 0, false, map[string]any{"aspect_ratio": "1:1", "output_quality": 80, "go_fast": true}), "[]"},
		{"a seed by chance", facts("flux-schnell", 2, false, map[string]any{"aspect_ratio": "1:1", "output_quality": 80, "go_fast": true}), "[seed 2]"},
		{"more than a seed by chance", facts("flux-schnell", 2, false, map[string]any{"aspect_ratio": "9:16", "output_quality": 80, "go_fast": true}), "[9:16]"},
		{"a chosen seed", facts("flux-schnell", 2, true, map[string]any{"aspect_ratio": "9:16", "output_quality": 80, "go_fast": true}), "[9:16 seed 2]"},
		{"the same seed", facts("flux-schnell", 1, true, map[string]any{"aspect_ratio": "9:16", "output_quality": 80, "go_fast": true}), "[9:16]"},
		{"a switch and a number", facts("flux-schnell", 1, false, map[string]any{"aspect_ratio": "1:1", "output_quality": 90, "go_fast": false}), "[quality 90 go fast off]"},
		{"one left out", facts("flux-schnell", 1, false, map[string]any{"aspect_ratio": "1:1", "output_quality": 80}), "[default go fast]"},
		{"another model, with its own", facts("flux-dev", 3, false, map[string]any{"aspect_ratio": "1:1", "guidance": 3.5}), "[flux-dev]"},
	} {
		if got := fmt.Sprint(Differences(c.row, base)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestParameterSays(t *testing.T) {
	for _, c := range []struct {
		name  string
		value any
		want  text.Safe
	}{
		{"aspect_ratio", "21:9", "21:9"},
		{"aspect_ratio", "match_input_image", "the image's shape"},
		{"megapixels", "0.25", "0.25 MP"},
		{"output_format", "png", "png"},
		{"output_quality", 90.0, "quality 90"},
		{"num_outputs", 1, "1 output"},
		{"num_outputs", 4.0, "4 outputs"},
		{"num_inference_steps", 28, "28 steps"},
		{"guidance", 3.5, "guidance 3.5"},
		{"raw", true, "raw on"},
		{"image_prompt", "data:image/png;base64,AAAA", "image prompt"},
		{"input_images", []any{"https://a/b.png"}, "input images"},
		{"evil", "a\x1b[2J\u202eb", "evil " + text.CleanLine("a\x1b[2J\u202eb")},
		{"long", strings.Repeat("x", 99), text.Safe("long " + strings.Repeat("x", 34) + "…")},
	} {
		if got := ParameterSays(c.name, c.value); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestParameterFactsKeepAnOrder(t *testing.T) {
	var names []string
	for _, p := range ParameterFacts(map[string]any{
		"prompt": "p", "seed": 1, "raw": true, "guidance": 3, "output_format": "png", "aspect_ratio": "1:1", "apple": 1, "nothing": nil,
	}) {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, " "); got != "aspect_ratio output_format guidance apple raw" {
		t.Errorf("got %s", got)
	}
}

func TestPlainValue(t *testing.T) {
	if PlainValue(80) != PlainValue(80.0) || PlainValue(80) != PlainValue("80") || PlainValue(true) != "true" {
		t.Error("one value is written in two ways")
	}
	if PlainValue([]any{"a", "b"}) != PlainValue([]string{"a", "b"}) || PlainValue([]any{"a", "b"}) == PlainValue([]any{"a", "c"}) {
		t.Error("lists are compared wrongly")
	}
	big := strings.Repeat("x", 1<<20)
	if got := PlainValue([]any{big, big + "y"}); len(got) > 600 || got == PlainValue([]any{big, big}) {
		t.Errorf("pictures put in take %d bytes", len(got))
	}
}
