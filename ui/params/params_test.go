package params

import (
	"strings"
	"testing"

	"tintype/ui/text"
)

func TestText(t *testing.T) {
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
		if got := Text(c.name, c.value); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOfIsOrdered(t *testing.T) {
	var names []string
	for _, p := range Of(map[string]any{
		"prompt": "p", "seed": 1, "raw": true, "guidance": 3, "output_format": "png", "aspect_ratio": "1:1", "apple": 1, "nothing": nil,
	}) {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, " "); got != "aspect_ratio output_format guidance apple raw" {
		t.Errorf("got %s", got)
	}
}

func TestPlain(t *testing.T) {
	if Plain(80) != Plain(80.0) || Plain(80) != Plain("80") || Plain(true) != "true" {
		t.Error("one value is written in two ways")
	}
	if Plain([]any{"a", "b"}) != Plain([]string{"a", "b"}) || Plain([]any{"a", "b"}) == Plain([]any{"a", "c"}) {
		t.Error("lists are compared wrongly")
	}
	big := strings.Repeat("x", 1<<20)
	if got := Plain([]any{big, big + "y"}); len(got) > 600 || got == Plain([]any{big, big}) {
		t.Errorf("pictures put in take %d bytes", len(got))
	}
}

func TestInSettings(t *testing.T) {
	if got := strings.Join(InSettings(), " "); got != "aspect_ratio width height output_format output_quality num_outputs seed" {
		t.Errorf("got %s", got)
	}
}

func TestLabel(t *testing.T) {
	for name, want := range map[string]string{Shape: "shape", Seed: "seed", "go_fast": "go fast", "disable_safety_checker": "safety check", "width": "width"} {
		if got := Label(name); got != want {
			t.Errorf("%s: got %q", name, got)
		}
	}
}
