package ui

import (
	"fmt"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/ui/plan"
)

// openTable opens the plan of 2 models, 3 guidances and 2 seeds. schnell has no guidance.
func openTable(t *testing.T, w, h int) *app {
	s := newApp(t, appOptions{w: w, h: h})
	s.showTable()
	return s
}

// openFilledTable buys the plan of openTable and waits until its sheet is full.
func openFilledTable(t *testing.T, w, h int) *app {
	s := openTable(t, w, h)
	s.buyPlan()
	return s
}

// openWide opens a plan of one axis with so many seeds.
func openWide(t *testing.T, o appOptions, seeds int) *app {
	o.w, o.h = 120, 40
	s := newApp(t, o)
	s.showWide(seeds)
	return s
}

// showTable opens the plan of openTable.
func (s *app) showTable() {
	s.t.Helper()
	s.showSpec(plan.Spec{Prompt: "a red fox in the snow", Model: "black-forest-labs/flux-dev"}, "model=flux-schnell,flux-dev", "guidance=2..3/3", "seed=7,8")
}

// showWide opens a plan of one axis with so many seeds.
func (s *app) showWide(seeds int) {
	s.t.Helper()
	s.showPlan("a paper boat", fmt.Sprintf("seed=1..%d", seeds))
}

// showPlan opens a plan of a prompt and axes as they are typed.
func (s *app) showPlan(prompt string, axes ...string) {
	s.t.Helper()
	s.showSpec(plan.Spec{Prompt: prompt, Model: "black-forest-labs/flux-schnell"}, axes...)
}

// showSpec opens the plan of a spec with small pictures and with axes as they are typed.
func (s *app) showSpec(spec plan.Spec, axes ...string) {
	s.t.Helper()
	spec.Base = map[string]any{"megapixels": "0.25", "output_format": "jpg"}
	for _, typed := range axes {
		a, err := plan.ParseAxis(typed)
		if err != nil {
			s.t.Fatal(err)
		}
		spec.Axes = append(spec.Axes, a)
	}
	s.start(openPlan(s.m, spec))
	s.wait(time.Second)
	if s.m.screens.Top() != s.m.screens.sheet {
		s.t.Fatalf("the plan is not shown:\n%s", s.screenText())
	}
}

// buyPlan buys the plan that is shown, and waits until all of it is here.
func (s *app) buyPlan() {
	s.press("y")
	s.wait(2 * time.Minute)
}

// refuseSeeds makes the server refuse the next predictions.
func (s *app) refuseSeeds(times int) {
	s.server.UpdateBehaviour(func(k *demo.Behaviour) {
		k.Faults = []demo.Fault{{On: demo.Create, Times: times, Status: 422, Body: `{"detail":"The seed is refused."}`}}
	})
}

// purchases returns how many predictions were asked for.
func (s *app) purchases() int { return s.server.Counts().Posts }

// expectPurchases fails the test unless so many predictions were asked for.
func (s *app) expectPurchases(want int) {
	s.t.Helper()
	s.settle()
	if got := s.purchases(); got != want {
		s.t.Errorf("%d purchases, want %d\n%s", got, want, s.screenText())
	}
}
