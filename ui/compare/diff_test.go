package compare

import (
	"strings"
	"testing"

	"tintype/history"
	"tintype/ui/params"
)

func TestWhatDiffers(t *testing.T) {
	seven, eight := int64(7), int64(8)
	entry := func(model string, seed *int64, input map[string]any) history.Entry {
		input["prompt"] = "a boat"
		return history.Entry{Model: "black-forest-labs/" + model, Seed: seed, Input: input}
	}
	for _, c := range []struct {
		name    string
		entries []history.Entry
		same    string
		rows    string
	}{
		{
			"models alone",
			[]history.Entry{
				entry("flux-schnell", &seven, map[string]any{"aspect_ratio": "1:1", "output_format": "webp", params.Quality: 80.0}),
				entry("flux-dev", &seven, map[string]any{}),
			},
			"1:1 · webp 80 · seed 7", "model flux-schnell flux-dev",
		},
		{
			"shape and seed",
			[]history.Entry{
				entry("flux-schnell", &seven, map[string]any{"aspect_ratio": "1:1"}),
				entry("flux-schnell", &eight, map[string]any{"aspect_ratio": "16:9", "num_outputs": 2.0}),
			},
			"flux-schnell · webp 80", "shape 1:1 16:9; outputs 1 2; seed 7 8",
		},
		{
			"same steps, worth a word",
			[]history.Entry{
				entry("flux-dev", nil, map[string]any{"num_inference_steps": 40.0, "output_format": "png"}),
				entry("flux-dev", nil, map[string]any{"num_inference_steps": 40.0, "output_format": "jpg"}),
			},
			"flux-dev · 1:1 · 40 steps", "format png jpg",
		},
	} {
		d := newDifference(c.entries)
		var rows []string
		for _, r := range d.rows {
			rows = append(rows, r.label+" "+strings.Join(r.values, " "))
		}
		if got := strings.Join(d.same, " · "); got != c.same || strings.Join(rows, "; ") != c.rows {
			t.Errorf("%s: same %q, rows %q", c.name, got, rows)
		}
	}
}
