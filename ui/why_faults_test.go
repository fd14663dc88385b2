package ui

import (
	"net/http"
	"testing"
	"time"

	"tintype/api/demo"
)

// A whyFault is what a provider does while the pictures of an impact or a bisect are bought, and what is said of it.
type whyFault struct {
	name    string
	fault   demo.Fault
	impact  string // what the sheet or the impact says
	bisect  string // what the bisect says
	unknown int    // purchases that may have been billed, and are not made again by themselves
	waits   bool   // what was bought has no picture yet
}

var whyFaults = []whyFault{
	{"refused", demo.Fault{On: demo.Create, Times: 2, Status: 422, Body: `{"detail":"The seed is refused."}`}, "12 of 14 made, 2 failed", "The seed is refused. Nothing is billed.", 0, false},
	{"throttled", demo.Fault{On: demo.Create, Times: 2, Status: 429, Header: http.Header{"Retry-After": {"3"}}, Body: `{"detail":"Slow."}`}, "14 made", "Is the new picture good or bad?", 0, false},
	{"broken", demo.Fault{On: demo.Create, Times: 2, Status: 500, Body: "oops"}, "12 of 14 made, 2 unconfirmed", "answered 500: oops. It may have been bought", 2, false},
	{"lost answer", demo.Fault{On: demo.Create, Times: 2, Accept: true, Reset: true}, "14 made", "Is the new picture good or bad?", 0, false},
	{"no credit", demo.Fault{On: demo.Create, Times: 100, Status: 402, Body: `{"detail":"Insufficient credit"}`}, "0 of 14 made, 6 not sent", "Insufficient credit. Nothing is billed.", 0, false},
	{"gone pictures", demo.Fault{On: demo.Output, Times: 10_000, Status: 404}, "0 of 14 made · 8 running", "Paid, not saved yet.", 0, true},
}

// setFault makes the server misbehave from now on.
func (s *app) setFault(f ...demo.Fault) {
	s.server.UpdateBehaviour(func(k *demo.Behaviour) { k.Faults = f })
}

// TestFaultsInAnImpact: whatever the provider does while the pictures of an impact are bought, it is said, what is here is kept, and nothing is
// bought again without another y. Once the provider is well, that y buys what is missing.
func TestFaultsInAnImpact(t *testing.T) {
	for _, f := range whyFaults {
		t.Run(f.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := openImpactPlan(t, 120, 40, weighed)
				before := s.server.Counts().Accepted
				s.setFault(f.fault)
				s.press("y")
				s.waitForText(f.impact)
				s.wait(3 * time.Minute)
				sent := s.purchases()
				s.press("ctrl+x", "k")
				s.wait(3 * time.Minute)
				s.expectPurchases(sent)
				if f.waits {
					return // they are still fetched, and X stops the rest
				}
				s.setFault()
				s.press("y")
				s.wait(3 * time.Minute)
				if got, want := s.server.Counts().Accepted-before, 14-f.unknown; got != want {
					t.Errorf("%d pictures were bought, want %d:\n%s", got, want, s.screenText())
				}
				for range 2 { // where a picture may still come, the plan is shown first
					if s.m.screens.Top() != s.m.screens.impact {
						s.press("ctrl+x", "k")
						s.wait(5 * time.Second)
					}
				}
				s.expectText("1.00 is as much as another seed")
			})
		})
	}
}

// TestFaultsInABisect: the same for a step of a bisect, which goes on where it was.
func TestFaultsInABisect(t *testing.T) {
	for _, f := range whyFaults {
		t.Run(f.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := openBisect(t, 120, 40)
				before := s.server.Counts().Accepted
				s.setFault(f.fault)
				s.press("y")
				s.waitForText(f.bisect)
				s.wait(3 * time.Minute)
				sent := s.purchases()
				s.wait(3 * time.Minute)
				s.expectPurchases(sent) // nobody judged anything
				s.pressSlowly([]string{"g", "s"})
				s.wait(time.Minute)
				s.setFault()
				s.press("esc")
				s.wait(time.Second)
				s.pressSlowly([]string{"ctrl+x", "B"})
				s.wait(time.Minute)
				if got := s.server.Counts().Accepted - before; got > 3 {
					t.Errorf("%d pictures were bought, agreed were 3", got)
				}
			})
		})
	}
}

// TestImpactOverBudget: where the budget ends in the middle of an impact, it is said, and y buys the rest once there is more.
func TestImpactOverBudget(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openImpactPlan(t, 120, 40, weighed)
		s.limits.Day = 0.02
		s.press("y")
		s.waitForText("Stopped at $0.018 of $0.02")
		s.wait(3 * time.Minute)
		s.expectPurchases(6)
		s.press("y")
		s.wait(3 * time.Minute)
		s.expectPurchases(6)
		s.limits.Day = 2
		s.press("y")
		s.waitForText("1.00 is as much as another seed")
		s.expectPurchases(15)
	})
}
