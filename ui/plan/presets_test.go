package plan

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
)

// film and ink are presets for tests.
func testPresets(reads *int) func(names, modelID, prompt string, input map[string]any) (string, string, map[string]any, error) {
	return func(names, modelID, prompt string, input map[string]any) (string, string, map[string]any, error) {
		*reads++
		input = maps.Clone(input)
		if input == nil {
			input = map[string]any{}
		}
		for _, name := range strings.Split(names, "+") {
			switch name {
			case "film":
				modelID, prompt = "black-forest-labs/flux-dev", "film of "+prompt
				input["guidance"], input["aspect_ratio"] = 2.5, "16:9"
			case "old":
				modelID = "black-forest-labs/flux-dev:1234"
			case "ink":
				prompt += ", ink"
				input["seed"] = int64(5)
			default:
				return "", "", nil, errors.New("no preset is called " + name)
			}
		}
		return modelID, prompt, input, nil
	}
}

// TestPresetsAreUnderTheRest: what the spec and its axes choose wins over presets, whichever way the presets are named.
func TestPresetsAreUnderTheRest(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		why  string
		s    Spec
		want []string // model, prompt, guidance, aspect_ratio
	}{
		{"alone", spec(t, "flux-schnell", "preset=film"), []string{"flux-dev film of a fox 2.5 16:9 <nil>"}},
		{"under an axis", spec(t, "flux-schnell", "preset=film", "guidance=3,4"), []string{
			"flux-dev film of a fox 3 16:9 s", "flux-dev film of a fox 4 16:9 s",
		}},
		{"before or after", spec(t, "flux-schnell", "guidance=3,4", "preset=film"), []string{
			"flux-dev film of a fox 3 16:9 s", "flux-dev film of a fox 4 16:9 s",
		}},
		{"under the base, though that is the default", func() Spec {
			s := spec(t, "flux-schnell", "preset=film")
			s.Base = map[string]any{"aspect_ratio": "1:1"}
			return s
		}(), []string{"flux-dev film of a fox 2.5 1:1 <nil>"}},
		{"under a model that was chosen", func() Spec {
			s := spec(t, "flux-schnell", "preset=film")
			s.KeepModel = true
			return s
		}(), []string{"flux-schnell film of a fox <nil> 16:9 <nil>"}},
		{"under an axis of models", spec(t, "flux-dev", "preset=film", "model=flux-schnell"), []string{"flux-schnell film of a fox <nil> 16:9 <nil>"}},
		{"a seed of their own", spec(t, "flux-schnell", "preset=film,ink,film+ink,"), []string{
			"flux-dev film of a fox 2.5 16:9 s", "flux-schnell a fox, ink <nil> <nil> 5", "flux-dev film of a fox, ink 2.5 16:9 5", "flux-schnell a fox <nil> <nil> s",
		}},
		{"under the seeds of an axis", spec(t, "flux-schnell", "preset=ink", "seed=7,8"), []string{"flux-schnell a fox, ink <nil> <nil> 7", "flux-schnell a fox, ink <nil> <nil> 8"}},
	} {
		reads := 0
		p, err := Build(test.s, Options{Provider: "replicate", Preset: testPresets(&reads)})
		if err != nil {
			t.Errorf("%s: %v", test.why, err)
			continue
		}
		var got []string
		for _, c := range p.Cells {
			seed := fmt.Sprint(c.Input["seed"])
			if p.Seed != nil && seed == fmt.Sprint(*p.Seed) {
				seed = "s"
			}
			_, name, _ := strings.Cut(c.Model, "/")
			got = append(got, fmt.Sprint(name, " ", c.Input["prompt"], " ", c.Input["guidance"], " ", c.Input["aspect_ratio"], " ", seed))
		}
		if fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s:\n got %q\nwant %q", test.why, got, test.want)
		}
	}
}

// TestPresetsAreReadOnce: a large table reads its presets once, and a name that none has is an error.
func TestPresetsAreReadOnce(t *testing.T) {
	t.Parallel()
	reads := 0
	s := spec(t, "flux-dev", "preset=film,ink", "seed=100 drawn")
	if _, err := Build(s, Options{Provider: "replicate", Preset: testPresets(&reads)}); err != nil || reads != 4 {
		t.Errorf("%d readings, %v", reads, err)
	}
	s = spec(t, "flux-dev", "preset=film,nosuch")
	if _, err := Build(s, Options{Provider: "replicate", Preset: testPresets(&reads)}); err == nil || !strings.Contains(err.Error(), "nosuch") {
		t.Errorf("an unknown preset: %v", err)
	}
	if _, err := Build(s, Options{Provider: "replicate"}); err == nil || !strings.Contains(err.Error(), `no preset "film"`) {
		t.Errorf("without presets: %v", err)
	}
}
