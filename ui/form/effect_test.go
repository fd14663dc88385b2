package form

import (
	"testing"

	"tintype/ui/params"
)

func TestWhatHasNoEffectIsNeitherShownNorSent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ model, name, with, value, without string }{
		{"flux-schnell", params.Quality, "output_format", "jpg", "png"},
		{"flux-1.1-pro", "width", params.Shape, "custom", "16:9"},
		{"flux-2-pro", "resolution", params.Shape, "16:9", "custom"},
		{"flux-dev", "prompt_strength", "image", "https://example.com/a.png", ""},
		{"flux-dev", params.Shape, "image", "", "https://example.com/a.png"},
		{"flux-1.1-pro-ultra", "image_prompt_strength", "image_prompt", "https://example.com/a.png", ""},
		{"flux-dev-lora", "lora_scale", "lora_weights", "a/b", ""},
	} {
		s := newSettings(c.model, "")
		p, _ := s.model.Parameter(c.name)
		for _, value := range []string{c.value, c.without, c.value} {
			var other any
			if value != "" {
				other = value
			}
			s.Set(c.with, other)
			s.Set(c.name, p.Step(s.Value(c.name), +1))
			_, sent := s.Values()[c.name]
			if want := value == c.value; sent != want || s.MoveTo(c.name) != want {
				t.Errorf("%s with %s %q: %s is sent: %v, want %v, and its row likewise", c.model, c.with, value, c.name, sent, want)
			}
			if err := s.Check("a boat"); err != nil {
				t.Errorf("%s with %s %q: %v", c.model, c.with, value, err)
			}
		}
	}
}
