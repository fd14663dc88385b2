package lab

import (
	"context"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tintype/api"
	"tintype/api/model"
	"tintype/ui/plan"
	"tintype/ui/runner/inputimage"
)

// TestPlanWithoutHistory: settings with several values make a table.
func TestPlanWithoutHistory(t *testing.T) {
	l := &Lab{Provider: "demo"}
	spec := plan.Spec{Prompt: "a fox", Model: "flux-dev"}
	for _, typed := range []string{"guidance=2..4/5", "model=flux-dev,flux-schnell", "seed=3 drawn"} {
		a, err := plan.ParseAxis(typed)
		if err != nil {
			t.Fatal(err)
		}
		spec.Axes = append(spec.Axes, a)
	}
	p, err := l.Make(context.Background(), spec)
	if err != nil {
		t.Fatal(err)
	}
	got := p.Totals()
	if got.Cells != 30 || got.Same != 12 || got.New != 18 {
		t.Errorf("%+v, want 30 cells, 12 the same, since schnell has no guidance", got)
	}
	t.Log(p.Notes, p.Key, p.Order(), p.Coordinates(7))
}

// presetsOfImages are presets whose names are the paths of input images.
type presetsOfImages struct{}

func (presetsOfImages) Apply(names, modelID, prompt string, _ map[string]any) (string, string, map[string]any, error) {
	return modelID, prompt, map[string]any{"input_image": names}, nil
}

// TestImagesOfPresets: a cell's key has the content of a preset's image, so equal files make one picture. One that is not there is told.
func TestImagesOfPresets(t *testing.T) {
	folder := t.TempDir()
	path := func(name string) string { return filepath.Join(folder, name) }
	for _, file := range [][2]string{{"a.png", "same"}, {"b.png", "same"}, {"c.png", "other"}} {
		if err := os.WriteFile(path(file[0]), []byte(file[1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l := &Lab{Provider: "demo", Presets: presetsOfImages{}}
	make := func(names ...string) (*plan.Plan, error) {
		axis := plan.Axis{Of: []string{plan.OfPreset}}
		for _, name := range names {
			axis.Values = append(axis.Values, plan.Value{Text: path(name)})
		}
		return l.Make(t.Context(), plan.Spec{Prompt: "a fox", Model: "flux-kontext-pro", Axes: []plan.Axis{axis}})
	}
	p, err := make("a.png", "b.png", "c.png")
	if err != nil || p.Totals().New != 2 || p.Totals().Same != 1 {
		t.Errorf("%+v, %v", p.Totals(), err)
	}
	if _, err := make("a.png", "gone.png"); err == nil || !strings.Contains(err.Error(), "gone.png cannot be read") {
		t.Errorf("a file that is not there: %v", err)
	}
}

// TestPricesOfInputImages: where a price depends on the sizes of input images, a plan knows it, and each image is read once.
func TestPricesOfInputImages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "boat.png")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, image.NewGray(image.Rect(0, 0, 1000, 1000))); err != nil {
		t.Fatal(err)
	}
	provider, ok := api.FindProvider(api.Replicate)
	if !ok {
		t.Fatal("no Replicate")
	}
	measured := 0
	l := &Lab{Provider: provider.Name, Measure: func(m model.Model, input map[string]any) model.Measure {
		measured++
		return inputimage.Sizes(m, input, provider)
	}}
	seeds, err := plan.ParseAxis("seed=1..3")
	if err != nil {
		t.Fatal(err)
	}
	spec := plan.Spec{Prompt: "a fox", Model: "flux-2-pro", Base: map[string]any{"input_images": []string{path}}, Axes: []plan.Axis{seeds}}
	p, err := l.Make(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Totals(); got.New != 3 || got.Unknown != 0 || got.Cost < 3*0.044 || measured != 1 {
		t.Errorf("%+v, measured %d times", got, measured)
	}
	measured = 0
	if ways, err := l.Ways(t.Context(), spec); err != nil || len(ways) < 2 || measured != 1 {
		t.Errorf("the ways %+v: measured %d times, %v", ways, measured, err)
	}
	l.Measure = nil
	if p, err = l.Make(t.Context(), spec); err != nil || p.Totals().Unknown != 3 {
		t.Errorf("without a measure: %+v, %v", p.Totals(), err)
	}
}

// TestDrawsWithoutALabSeed: a plan whose lab seed is not given draws what it draws with the lab seed 1, in its prompt and in its axes.
func TestDrawsWithoutALabSeed(t *testing.T) {
	l := &Lab{Provider: "demo"}
	axis := func(typed string) plan.Axis {
		a, err := plan.ParseAxis(typed)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	for name, spec := range map[string]plan.Spec{
		"groups": {Prompt: "a {red|blue|green} fox, {~p|q|r|s|t|u|v}"},
		"random": {Prompt: "a {1|2|3|4|5|6} fox, {p|q|r|s|t|u|v}", How: "5"},
		"axis":   {Prompt: "a ${c} fox", Axes: []plan.Axis{axis("${c}={~p|q|r|s|t|u|v}")}},
	} {
		var texts [2]string
		for seed := range texts {
			spec.Model, spec.LabSeed = "flux-dev", uint64(seed)
			p, err := l.Make(t.Context(), spec)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range p.Cells {
				texts[seed] += fmt.Sprintln(c.Input["prompt"])
			}
		}
		if texts[0] != texts[1] {
			t.Errorf("%s: without a lab seed\n%swith 1\n%s", name, texts[0], texts[1])
		}
	}
}

// presetsOfText are presets whose name is their text around the prompt.
type presetsOfText struct{}

func (presetsOfText) Apply(names, modelID, prompt string, input map[string]any) (string, string, map[string]any, error) {
	return modelID, names + " " + prompt, input, nil
}

// TestTextOfPresetsIsNoTemplate: it is told that a preset's text is sent with the signs of the language.
func TestTextOfPresetsIsNoTemplate(t *testing.T) {
	l := &Lab{Provider: "demo", Presets: presetsOfText{}}
	for text, want := range map[string]bool{"film": false, "{red|blue} light,": true, "__colour__": true, "{red": true, `{"a": "{b|c}"}`: false} {
		p, err := l.Make(t.Context(), plan.Spec{Prompt: "a {fox|owl}", Model: "flux-dev", Axes: []plan.Axis{{Of: []string{plan.OfPreset}, Values: []plan.Value{{Text: text}}}}})
		if err != nil || (len(p.Notes) == 1) != want {
			t.Errorf("%s: %q, %v", text, p.Notes, err)
		}
	}
}
