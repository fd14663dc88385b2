package ui

import (
	"testing"
	"time"

	"tintype/ui/plan"
)

// TestUsePlanKeepsAll: a plan that is loaded from its sheet into the form and opened again has its axes, skips and lab seed, also after a
// restart, and all its pictures are had. A row of the settings says what no other row holds, and drops it.
func TestUsePlanKeepsAll(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40})
		spec := plan.Spec{
			Prompt: "a fox in {snow|rain}", Model: "black-forest-labs/flux-dev",
			Skips: []plan.Skip{{{Of: "seed", Operator: "=", Value: "8"}, {Of: "replace", Operator: "=", Value: "cat"}}}, LabSeed: 7,
		}
		s.showSpec(spec, "model=flux-schnell,flux-dev", "replace=fox,cat", "seed=7,8")
		s.expectText("12 to buy", "4 left out")
		s.buyPlan()
		s.press("left", "r")
		s.wait(time.Second)
		s.expectText("+ replace, 1 skip, lab seed 7")
		again := newApp(t, appOptions{w: 120, h: 40, dir: s.copyFolder(), server: s.server})
		again.wait(time.Second)
		for _, s := range []*app{s, again} {
			s.expectText("a fox in {snow|rain}", "+ replace, 1 skip, lab seed 7")
			s.press("enter")
			s.wait(time.Second)
			s.expectText("Sheet", "12 had", "4 left out")
			s.press("esc")
		}
		s.m.screens.home.setFocus(focusSettings)
		if !s.m.settings.MoveTo("plan") {
			t.Fatalf("the settings have no row of the plan:\n%s", s.screenText())
		}
		s.press("enter")
		s.expectText("resetting the row drops it.")
		s.press("backspace")
		s.expectNoText("+ replace")
		s.expectPurchases(12)
	})
}
