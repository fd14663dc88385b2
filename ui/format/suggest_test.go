package format

import (
	"slices"
	"testing"
)

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"model", "model", 0},
		{"modle", "model", 1},
		{"jgp", "jpg", 1},
		{"kitten", "sitting", 3},
		{"lsit", "list", 1},
		{"ca", "abc", 3},
		{"größe", "grösse", 2},
		{"flux-shnell", "flux-schnell", 1},
	} {
		if got := distance(c.from, c.to); got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.from, c.to, got, c.want)
		}
		if got := distance(c.to, c.from); got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.to, c.from, got, c.want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	t.Parallel()
	models := []string{"flux-schnell", "flux-dev", "flux-kontext-pro", "flux-kontext-max", "flux-schnell-lora", "flux-redux-schnell"}
	formats := []string{"webp", "jpg", "png"}
	for _, c := range []struct {
		typed string
		names []string
		want  string
	}{
		{"jgp", formats, " Did you mean jpg?"},
		{"JPEG", formats, " Did you mean jpg?"},
		{"wepb", formats, " Did you mean webp?"},
		{"bmp", formats, ""},
		{"", formats, ""},
		{"x", []string{"y", "xy"}, ""},
		{"--modle", []string{"--model", "--motion", "--mouse"}, " Did you mean --model?"},
		{"flux-sch", models, " Did you mean flux-schnell or flux-schnell-lora?"},
		{"schnell", models, " Did you mean flux-schnell, flux-schnell-lora or flux-redux-schnell?"},
		{"flux-kontext-por", models, " Did you mean flux-kontext-pro?"},
		{"stat", []string{"start", "status", "state"}, " Did you mean status or state?"},
		{"list", []string{"run", "show"}, ""},
	} {
		if got := DidYouMean(c.typed, c.names); got != c.want {
			t.Errorf("%q of %q:%s, want%s", c.typed, c.names, got, c.want)
		}
	}
	if got := similar("a-model", slices.Repeat([]string{"a-modem"}, 9)); len(got) != 1 {
		t.Errorf("the same name is suggested %d times", len(got))
	}
}

func TestDidYouMeanParameter(t *testing.T) {
	t.Parallel()
	names := []string{"aspect_ratio", "guidance", "num_inference_steps", "num_outputs", "seed"}
	for typed, want := range map[string]string{
		"cfg": " Did you mean guidance?", "CFG-Scale": " Did you mean guidance?", "steps": " Did you mean num_inference_steps?",
		"size": " Did you mean aspect_ratio?", "ar": " Did you mean aspect_ratio?", "n": " Did you mean num_outputs?",
		"guidence": " Did you mean guidance?", "quality": "", "frob": "",
	} {
		if got := DidYouMeanParameter(typed, names); got != want {
			t.Errorf("%s: %q, want %q", typed, got, want)
		}
	}
}
