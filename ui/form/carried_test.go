package form

import (
	"reflect"
	"strings"
	"testing"

	"tintype/api/model"
	"tintype/ui/plan"
)

// loadedSpec is a plan with axes that the rows hold, and with more that they do not.
func loadedSpec(t *testing.T) plan.Spec {
	t.Helper()
	spec := plan.Spec{
		Prompt: "a fox in {snow|rain}", Model: "black-forest-labs/flux-dev", Base: map[string]any{"output_format": "jpg"},
		Skips: []plan.Skip{{{Of: "seed", Operator: ">", Value: "8"}}}, How: plan.EachPair, LabSeed: 7,
	}
	for _, typed := range []string{"seed=7,8,9", "replace=fox,cat", "guidance=2,3,4", "go_fast+num_inference_steps=true/20,false/30"} {
		a, err := plan.ParseAxis(typed)
		if err != nil {
			t.Fatal(err)
		}
		spec.Axes = append(spec.Axes, a)
	}
	return spec
}

// TestLoadPlanKeepsAll: a plan that is loaded and made again from the form is the same plan, also after a restart.
func TestLoadPlanKeepsAll(t *testing.T) {
	t.Parallel()
	want := loadedSpec(t)
	s := NewSettings(model.Default, "replicate", nil)
	if dropped := s.LoadPlan(want); len(dropped) > 0 {
		t.Fatalf("%v were dropped", dropped)
	}
	b, err := encode(State{Settings: s.State()})
	if err != nil {
		t.Fatal(err)
	}
	f, err := decode(b)
	if err != nil {
		t.Fatal(err)
	}
	again := NewSettings(model.Default, "replicate", nil)
	again.Restore(f.Settings)
	if !reflect.DeepEqual(again.State(), s.State()) {
		t.Errorf("restored: %v, want %v", again.State(), s.State())
	}
	for _, s := range []*Settings{&s, &again} {
		if got := s.rowText(RowPlan); got != "+ replace, go_fast+num_inference_steps, 1 skip, each pair once, lab seed 7" {
			t.Errorf("the row says %q", got)
		}
		got := s.Spec(want.Prompt, false)
		names := func(spec plan.Spec) (names []string) {
			for _, a := range spec.Axes {
				names = append(names, a.Name())
			}
			return names
		}
		if !reflect.DeepEqual(names(got), names(want)) || !reflect.DeepEqual(got.Skips, want.Skips) || got.How != want.How || got.LabSeed != 7 {
			t.Errorf("the form's plan is %+v, want %+v", got, want)
		}
		for _, name := range []string{"guidance", "go_fast", "num_inference_steps", "seed"} {
			if got.Base[name] != nil {
				t.Errorf("the axis of %s has a value in the base, too", name)
			}
		}
	}
}

// TestLoadPlanIsDropped: resetting its row, or loading a prediction, leaves the rows alone; a damaged file drops it.
func TestLoadPlanIsDropped(t *testing.T) {
	t.Parallel()
	for name, drop := range map[string]func(s *Settings){
		"reset": func(s *Settings) {
			if !s.MoveTo(RowPlan) || !s.Erase() {
				t.Error("the row is not reset")
			}
		},
		"load":    func(s *Settings) { s.Load("black-forest-labs/flux-dev", nil) },
		"damaged": func(s *Settings) { state := s.State(); state.Plan = "axis = 3"; s.Restore(state) },
	} {
		s := NewSettings(model.Default, "replicate", nil)
		s.LoadPlan(loadedSpec(t))
		drop(&s)
		if spec := s.Spec("a fox", false); len(spec.Skips) > 0 || spec.How != "" || spec.LabSeed != 0 || s.hasRow(RowPlan) {
			t.Errorf("%s: %+v is left", name, spec)
		}
		if got, want := strings.Contains(axesText(&s), "guidance"), name != "load"; got != want {
			t.Errorf("%s: the rows have %q", name, axesText(&s))
		}
	}
}

// TestRowReplacesItsAxis: a row that gets several values takes the place of an axis that sets it.
func TestRowReplacesItsAxis(t *testing.T) {
	t.Parallel()
	s := NewSettings(model.Default, "replicate", nil)
	s.LoadPlan(loadedSpec(t))
	if err := s.SetSeveral("num_inference_steps", "10, 20"); err != nil {
		t.Fatal(err)
	}
	for _, a := range s.Axes() {
		if len(a.Of) > 1 {
			t.Errorf("%s is an axis beside num_inference_steps", a.Name())
		}
	}
}
