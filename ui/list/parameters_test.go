package list

import (
	"strings"
	"testing"
	"tintype/ui/text"
)

func TestParameterText(t *testing.T) {
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
		if got := ParameterText(c.name, c.value); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestParametersAreOrdered(t *testing.T) {
	var names []string
	for _, p := range Parameters(map[string]any{
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
