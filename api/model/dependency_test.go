package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestNothingIsPaidThatHasNoEffect(t *testing.T) {
	t.Parallel()
	type input = map[string]any
	const url = "https://example.com/a.png"
	for _, c := range []struct {
		model string
		input input
		want  string // within the sentence; "" if it is taken
	}{
		{"flux-1.1-pro", input{"width": 1024, "height": 768}, "width has an effect only when aspect_ratio is custom"},
		{"flux-1.1-pro", input{"width": 1024, "aspect_ratio": "16:9"}, "set that too, or leave out width"},
		{"flux-2-max", input{"height": 768}, "height has an effect only when aspect_ratio is custom"},
		{"flux-1.1-pro", input{"aspect_ratio": "custom", "width": 1024, "height": 768}, ""},
		{"flux-1.1-pro", input{"aspect_ratio": "custom", "width": 1024}, "aspect_ratio custom does nothing without height"},
		{"flux-2-dev", input{"aspect_ratio": "custom"}, "aspect_ratio custom does nothing without width"},
		{"flux-2-pro", input{"aspect_ratio": "custom", "width": 512, "height": 512, "resolution": "2 MP"}, "choose another aspect_ratio, or leave out resolution"},
		{"flux-2-pro", input{"aspect_ratio": "custom", "width": 512, "height": 512, "resolution": "1 MP"}, ""}, // the default
		{"flux-2-pro", input{"resolution": "match_input_image"}, "resolution match_input_image does nothing without input_images"},
		{"flux-2-pro", input{"aspect_ratio": "match_input_image", "input_images": []any{}}, "without input_images"},
		{"flux-2-pro", input{"aspect_ratio": "match_input_image", "input_images": []any{url}}, ""},
		{"flux-kontext-pro", input{"aspect_ratio": "match_input_image"}, ""}, // the default
		{"flux-schnell", input{"output_format": "png", "output_quality": 90}, "output_quality has no effect when output_format is png"},
		{"flux-schnell", input{"output_format": "png", "output_quality": 80.0}, ""}, // the default
		{"flux-schnell", input{"output_format": "jpg", "output_quality": 90}, ""},
		{"flux-2-klein-4b", input{"output_quality": 80}, ""}, // the default is jpg
		{"flux-1.1-pro-ultra", input{"image_prompt_strength": 0.5}, "has no effect without image_prompt"},
		{"flux-1.1-pro-ultra", input{"image_prompt_strength": 0.5, "image_prompt": ""}, "has no effect without image_prompt"},
		{"flux-1.1-pro-ultra", input{"image_prompt_strength": 0.5, "image_prompt": url}, ""},
		{"flux-dev", input{"prompt_strength": 0.5}, "prompt_strength has no effect without image"},
		{"flux-dev", input{"prompt_strength": 0.5, "image": url}, ""},
		{"flux-dev", input{"aspect_ratio": "16:9", "image": url}, "aspect_ratio has no effect together with image"},
		{"flux-dev", input{"aspect_ratio": "1:1", "image": url}, ""}, // the default
		{"flux-schnell-lora", input{"lora_scale": 0.5}, "lora_scale has no effect without lora_weights"},
		{"flux-schnell-lora", input{"lora_scale": 0.5, "lora_weights": "a/b"}, ""},
		{"flux-fill-pro", input{"image": url, "mask": url, "outpaint": "Make square"}, "mask has an effect only when outpaint is None"},
		{"flux-fill-pro", input{"image": url, "mask": url}, ""},
		{"flux-pro", input{"num_outputs": 2}, "flux-pro has no num_outputs"},
		{"someone/model", input{"width": 1024, "image_prompt_strength": 2}, ""}, // unknown: any key may have an effect
	} {
		c.input["prompt"] = "a boat"
		err := Find(c.model).Check(c.input)
		if text := fmt.Sprint(err); c.want == "" && err != nil || c.want != "" && !strings.Contains(text, c.want) {
			t.Errorf("%s %v: %s, want %q", c.model, c.input, text, c.want)
		}
	}
}

// TestDependenciesNameWhatExists holds the table: a misspelt name or value would switch its rule off, or refuse everything.
func TestDependenciesNameWhatExists(t *testing.T) {
	t.Parallel()
	count := 0
	for _, m := range All() {
		if err := m.Check(withImages(m)); err != nil {
			t.Errorf("%s refuses its defaults: %v", m.Name(), err)
		}
		for _, p := range m.Parameters {
			for _, d := range p.DependsOn {
				count++
				on, ok := m.Parameter(d.On)
				isChoice := func(p Parameter, v string) bool { return v == "" || slices.Contains(p.Choices, v) }
				if !ok || !isChoice(on, d.Is) || !isChoice(p, d.Value) || d.On == p.Name {
					t.Errorf("%s %s: %+v", m.Name(), p.Name, d)
				}
			}
		}
	}
	if count < 40 {
		t.Errorf("only %d dependencies", count)
	}
}

// withImages returns a model's defaults, with the images that it requires.
func withImages(m Model) map[string]any {
	input := m.Defaults()
	for _, p := range m.Parameters {
		if p.Required {
			input[p.Name] = "https://example.com/a.png"
		}
	}
	return input
}
