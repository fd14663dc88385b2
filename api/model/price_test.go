package model

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// sized measures images that are named by their size: "1024x768".
func sized(image string) (w, h int, ok bool) {
	left, right, ok := strings.Cut(image, "x")
	width, okW := (Parameter{Type: Integer}).parse(left)
	height, okH := (Parameter{Type: Integer}).parse(right)
	if !ok || !okW || !okH {
		return 0, 0, false
	}
	return int(width.(int64)), int(height.(int64)), true
}

func TestCost(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		model, provider string
		input           map[string]any
		want            float64 // below 0: unknown
	}{
		{"flux-schnell", "replicate", map[string]any{"num_outputs": 4}, 0.012},
		{"flux-schnell", "cometapi", nil, 0.0024},
		{"flux-schnell", "cometapi", map[string]any{"num_outputs": 4}, 0.0096},
		{"flux-schnell", "demo", nil, 0},
		{"flux-2-flex", "cometapi", map[string]any{"num_outputs": 4}, 0.192},
		{"flux-2-flex", "replicate", nil, 0.06},
		{"flux-schnell-lora", "replicate", nil, -1},
		{"someone/else", "cometapi", nil, -1},

		// 1024×1024 is one megapixel; anything above counts as two.
		{"flux-2-pro", "replicate", nil, 0.03},
		{"flux-2-pro", "replicate", map[string]any{"aspect_ratio": "custom", "width": 1120, "height": 1120}, 0.045},
		{"flux-2-pro", "replicate", map[string]any{"resolution": "4 MP"}, 0.015 + 4*0.015},
		{"flux-2-pro", "replicate", map[string]any{"resolution": "0.5 MP"}, 0.03},
		{"flux-2-klein-4b", "replicate", map[string]any{"output_megapixels": "0.25"}, 0.001},

		// Each input image is billed for itself.
		{"flux-2-pro", "replicate", map[string]any{"input_images": []any{"1024x1024"}}, 0.045},
		{"flux-2-pro", "replicate", map[string]any{"input_images": []string{"1500x1500", "64x64"}}, 0.015 + 0.015 + 0.015*(3+1)},
		{"flux-2-pro", "replicate", map[string]any{"input_images": []any{"https://x/a.png"}}, -1},
		{"flux-2-max", "replicate", map[string]any{"input_images": []any{"1024x1024"}}, 0.04 + 0.03 + 0.03},
		{"flux-2-pro", "cometapi", map[string]any{"input_images": []any{"1024x1024"}}, 0.8 * 0.045},
		{"flux-kontext-pro", "replicate", map[string]any{"input_image": "https://x/a.png"}, 0.04},

		// A size that follows the first image.
		{"flux-2-pro", "replicate", map[string]any{"aspect_ratio": "match_input_image", "resolution": "match_input_image", "input_images": []any{"2048x1024"}}, 0.015 + 0.015*2 + 0.015*2},
		{"flux-2-pro", "replicate", map[string]any{"aspect_ratio": "match_input_image", "resolution": "match_input_image", "input_images": []any{"8000x8000"}}, 0.015 + 0.015*4 + 0.015*62},
		{"flux-2-pro", "replicate", map[string]any{"aspect_ratio": "match_input_image", "resolution": "1 MP", "input_images": []any{"2048x1024"}}, 0.015 + 0.015 + 0.015*2},

		// A price with a condition.
		{"flux-2-dev", "replicate", nil, 0.012},
		{"flux-2-dev", "replicate", map[string]any{"go_fast": false}, 0.014},
		{"flux-3-image", "replicate", nil, 0.024},
		{"flux-3-image", "replicate", map[string]any{"resolution": "4k"}, 0.3035},
		{"flux-3-image", "replicate", map[string]any{"resolution": "8k"}, -1},
	} {
		usd, ok := Find(c.model).Cost(c.provider, c.input, sized)
		if ok != (c.want >= 0) || ok && math.Abs(usd-c.want) > 1e-9 {
			t.Errorf("%s at %s %v costs %v %v, want %v", c.model, c.provider, c.input, usd, ok, c.want)
		}
	}
}

// TestGuesses: a price is a guess only where CometAPI's is not known, it says what it comes from, and every price has a source and a date.
func TestGuesses(t *testing.T) {
	t.Parallel()
	for _, m := range All() {
		for _, p := range m.Prices() {
			if p.Source == "" || p.Date == "" || p.Amount <= 0 {
				t.Errorf("%s: %+v", m.Name(), p)
			}
			if p.Guess != (p.Provider == "cometapi" && m.Name() != "flux-2-flex") || p.Guess && !strings.Contains(p.Source, "0.8 ×") {
				t.Errorf("%s: %+v", m.Name(), p)
			}
		}
	}
	if e, ok := Find("flux-schnell").Estimate("cometapi", nil, nil); !ok || !e.Price.Guess {
		t.Errorf("schnell at CometAPI: %+v %v", e, ok)
	}
	if e, ok := Find("flux-2-flex").Estimate("cometapi", nil, nil); !ok || e.Price.Guess {
		t.Errorf("flex at CometAPI: %+v %v", e, ok)
	}
}

// TestPublish: a provider's own list counts before the catalogue, whatever the case of its ids, and replaces a guess. It is not parallel,
// since the prices are those of the program.
func TestPublish(t *testing.T) {
	t.Cleanup(func() { Publish(nil) })
	Publish(map[string][]Price{
		"Black-Forest-Labs/FLUX-schnell": {{Provider: "cometapi", Amount: 0.002, Unit: PerPrediction, Source: "its list", Date: "2026-11-29"}},
		"someone/else":                   {{Provider: "cometapi", Amount: 1, Unit: PerPrediction, Source: "its list", Date: "2026-11-29"}},
	})
	e, ok := Find("flux-schnell").Estimate("cometapi", map[string]any{"num_outputs": 4}, nil)
	if !ok || e.USD != 0.002 || e.Price.Guess || e.Price.Source != "its list" {
		t.Errorf("published: %+v %v", e, ok)
	}
	if usd, ok := Find("someone/else").Cost("cometapi", nil, nil); !ok || usd != 1 {
		t.Errorf("a model outside the catalogue costs %v %v", usd, ok)
	}
	if usd, ok := Find("flux-schnell").Cost("replicate", nil, nil); !ok || usd != 0.003 {
		t.Errorf("at Replicate schnell costs %v %v", usd, ok)
	}
}

// TestMegapixels: never below one, never below the area, and less than one above it, for 2,000 random sizes.
func TestMegapixels(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		w, h := 1+r.IntN(5000), 1+r.IntN(5000)
		got, area := Megapixels(w, h), float64(w*h)/(1024*1024)
		if got < 1 || got < area || got >= area+1 && got != 1 || got != math.Trunc(got) {
			t.Fatalf("%d×%d are %v megapixels", w, h, got)
		}
	}
	if Megapixels(1024, 1024) != 1 || Megapixels(1025, 1024) != 2 {
		t.Error("1024×1024 is not the border")
	}
}

// TestFilms: what makes films is refused before it is paid for, in any case and spelling.
func TestFilms(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"flux-3", "black-forest-labs/flux-3", "Black-Forest-Labs/FLUX-3"} {
		if err := CheckID(id); err == nil || !strings.Contains(err.Error(), "flux-3-image") {
			t.Errorf("%s: %v", id, err)
		}
	}
	if err := CheckID("flux-3-image"); err != nil {
		t.Error(err)
	}
}

// TestLists: lists of texts and of numbers are read as typed and as JSON has them.
func TestLists(t *testing.T) {
	t.Parallel()
	m := Find("flux-2-klein-9b-base-lora")
	weights, _ := m.Parameter("lora_weights")
	scales, _ := m.Parameter("lora_scales")
	if v, err := weights.Parse("a/b https://x/y"); err != nil || weights.Format(v) != "a/b https://x/y" {
		t.Errorf("weights %v %v", v, err)
	}
	v, err := scales.Parse("1 0.5")
	if err != nil || scales.Format(v) != "1 0.5" {
		t.Errorf("scales %v %v", v, err)
	}
	if _, err := scales.Parse("1 x"); err == nil {
		t.Error("a scale that is no number is accepted")
	}
	input := map[string]any{"prompt": "a", "lora_weights": []any{"a/b"}, "lora_scales": []any{1.0, 0.5}}
	if err := m.Check(input); err != nil {
		t.Error(err)
	}
	if m.Check(map[string]any{"prompt": "a", "lora_weights": []any{"a/b"}, "lora_scales": []any{"x"}}) == nil || m.Check(map[string]any{"prompt": "a", "lora_weights": "a/b"}) == nil {
		t.Error("wrong lists are accepted")
	}
}
