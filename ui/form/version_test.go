package form

import (
	"strings"
	"testing"

	"tintype/ui/plan"
)

// TestVersionOfTheModel: the form keeps the version of its model, in what it makes and through a restart, until another model is chosen.
func TestVersionOfTheModel(t *testing.T) {
	t.Parallel()
	const dev = "black-forest-labs/flux-dev:8dab33aa91741c2c07274f97d926b0606b6c38416a8a83fdc8f336512cdd88cf"
	s := NewSettings("flux-dev", "replicate", nil)
	if err := s.LoadOne(RowModel, dev); err != nil {
		t.Fatal(err)
	}
	again := NewSettings("flux-schnell", "replicate", nil)
	again.Restore(s.State())
	loaded := NewSettings("flux-schnell", "replicate", nil)
	loaded.LoadPlan(plan.Spec{Prompt: "a fox", Model: dev})
	for _, s := range []*Settings{&s, &again, &loaded} {
		if got := s.Spec("a fox", false).Model; got != dev {
			t.Errorf("the plan is of %s", got)
		}
		if got := s.rowText(RowModel); !strings.HasPrefix(string(got), "flux-dev:8dab33aa") {
			t.Errorf("the row says %q", got)
		}
	}
	if s.Step(+1); strings.Contains(s.ModelID(), ":") {
		t.Errorf("the next model is %s", s.ModelID())
	}
	if err := again.SetSeveral(RowModel, dev+", flux-dev"); err != nil {
		t.Fatal(err)
	}
	axes := again.Axes()
	if len(axes) != 1 || len(axes[0].Values) != 2 || axes[0].Values[0].Text != dev || axes[0].Values[1].Text != "flux-dev" {
		t.Errorf("%+v", axes)
	}
}
