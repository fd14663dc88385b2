package lab

import (
	"context"
	"os"
	"path/filepath"
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

// TestListOfImages: a picture is known by the content of its input images, whatever type their list has. Otherwise a table with several
// input images would be bought again each time.
func TestListOfImages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fox.png")
	keyOf := func(content string, images any) any {
		t.Helper()
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		spec := plan.Spec{Prompt: "a fox", Model: "flux-2-pro", Base: map[string]any{"input_images": images, "seed": int64(3)}}
		p, err := (&Lab{Provider: "replicate"}).Make(context.Background(), spec)
		if err != nil {
			t.Fatal(err)
		}
		return p.Cells[0].Key
	}
	want := keyOf("one", []string{path})
	if got := keyOf("one", []any{path}); got != want {
		t.Errorf("the key is %s for the list of JSON, and %s for that of Go", got, want)
	}
	if got := keyOf("two", []any{path}); got == want {
		t.Error("another picture in the file has the same key")
	}
}
