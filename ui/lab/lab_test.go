package lab

import (
	"context"
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
