package lab

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tintype/ui/plan"
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
