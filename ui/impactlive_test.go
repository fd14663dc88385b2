package ui

import (
	"math/rand/v2"
	"regexp"
	"testing"
	"time"
)

// children returns how many predictions of the history have another one as their parent.
func (s *app) children(parent string) (n int) {
	s.t.Helper()
	links, err := s.m.session.History.Links(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, l := range links {
		if l.Parent == parent {
			n++
		}
	}
	return n
}

// TestImpactElsewhere: where the sheet was left, the end of the purchase names the key that shows the impact, and opens nothing. The pictures are
// children of the prediction that is measured.
func TestImpactElsewhere(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openImpactPlan(t, 120, 40, weighed)
		first := s.m.list.Cursor()
		s.press("y", "esc")
		s.waitForText("14 made, about $0.042. ctrl+x k on their prediction shows the impact.")
		s.wait(time.Minute)
		if !s.m.screens.IsHome() {
			t.Fatalf("on top is %T", s.m.screens.Top())
		}
		if n := s.children(first); n != 14 {
			t.Errorf("%d of 14 pictures have the prediction as their parent", n)
		}
		s.pressSlowly([]string{"ctrl+x", "k"})
		s.wait(5 * time.Second)
		s.expectText("Impact  4 phrases × 3 seeds")
		s.expectPurchases(15)
	})
}

// TestImpactOfAKeptPlan: after a restart, ctrl+x k in the sheet of an impact's plan measures what is here.
func TestImpactOfAKeptPlan(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openImpact(t, 120, 40)
		s.close()
		again := newApp(t, appOptions{dir: s.dir, server: s.server, w: 120, h: 40})
		again.press("esc", "up")
		again.pressSlowly([]string{"ctrl+x", "p"})
		again.wait(time.Second)
		again.expectText("15 had")
		again.pressSlowly([]string{"ctrl+x", "k"})
		again.wait(5 * time.Second)
		again.expectText("Impact  4 phrases × 3 seeds", "masterpiece[none]")
		again.press("w")
		again.wait(time.Second)
		again.expectText("10 × seeds 3 = 30 cells", "9 had")
		again.expectPurchases(15)
	})
}

// openImpactTwice opens the same plan of an impact in two programs.
func openImpactTwice(t *testing.T) (one, two *app) {
	t.Helper()
	one = openImpactPlan(t, 120, 40, weighed)
	two = newApp(t, appOptions{w: 120, h: 40, dir: one.dir, server: one.server})
	two.pressSlowly([]string{"ctrl+x", "k"})
	two.wait(time.Second)
	two.expectText("1 had", "14 to buy")
	return one, two
}

// TestImpactBoughtByAnotherProgram: the impact opens over the sheet of its plan when another program has made the last picture, and nothing is
// bought twice.
func TestImpactBoughtByAnotherProgram(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		one, two := openImpactTwice(t)
		one.press("y")
		for range 60 {
			one.wait(time.Second)
			two.wait(0)
		}
		two.expectText("Impact  4 phrases × 3 seeds", "masterpiece[none]")
		one.expectPurchases(15)
	})
}

// TestImpactIsUpdated: an impact that lacks pictures is measured again when this program or another one has made them all. The cursor stays on its
// phrase.
func TestImpactIsUpdated(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		one, two := openImpactTwice(t)
		one.server.UpdateBehaviour(takeEightSeconds)
		one.press("y")
		for range 30 {
			one.wait(time.Second)
			two.pressSlowly([]string{"ctrl+x", "k"})
			two.wait(time.Second)
			if two.m.screens.Top() == two.m.screens.impact {
				break
			}
		}
		two.expectText("Impact  4 phrases × 3 seeds")
		if n := two.m.screens.impact.Plan().Totals().Had; n >= 15 {
			t.Fatalf("all %d are there already", n)
		}
		one.pressSlowly([]string{"ctrl+x", "k"})
		one.wait(time.Second)
		two.press("down", "down", "down", "enter")
		under := func() string { return regexp.MustCompile(`without [a-z]+( [a-z]+)*`).FindString(two.screenText()) }
		phrase := under()
		for range 60 {
			one.wait(time.Second)
			two.wait(0)
		}
		for _, s := range []*app{one, two} {
			if n := s.m.screens.impact.Plan().Totals().Had; n != 15 {
				t.Errorf("%d of 15 pictures are measured", n)
			}
		}
		if got := under(); got == "" || got != phrase {
			t.Errorf("%q is shown, and was %q", got, phrase)
		}
		one.expectPurchases(15)
	})
}

// TestPlanAfterReuse: the pictures of a plan that was made from a reused prediction are its children, as a single one is.
func TestPlanAfterReuse(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{smallPictures: true})
		first := s.develop("a red fox")
		s.wait(20 * time.Second)
		s.press("esc", "r")
		s.typeText(" {at dusk|in fog}")
		s.press("enter")
		s.wait(time.Second)
		s.buyPlan()
		if n := s.children(first); n != 2 {
			t.Errorf("%d of 2 pictures have the prediction as their parent:\n%s", n, s.screenText())
		}
	})
}

// TestImpactTakesAnyKeys: whatever is pressed in whatever size, the screen can be drawn and nothing is bought.
func TestImpactTakesAnyKeys(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openImpact(t, 80, 24)
		bought := s.purchases()
		rng := rand.New(rand.NewPCG(7, 8)) //nolint:gosec // the same each time
		keys := []string{"up", "down", "left", "right", "enter", "b", "pgup", "pgdown", "esc", "w", "v", "i", "u", "space", "*", "?", "ctrl+x", "k", "q"}
		sizes := []terminalSize{{1, 1}, {10, 3}, {30, 8}, {40, 12}, {71, 15}, {72, 16}, {80, 24}, {200, 60}}
		for range 300 {
			if s.m.screens.Top() != s.m.screens.impact && rng.IntN(4) == 0 {
				s.m.screens.Home()
				s.m.screens.open(s.m.screens.impact, s.m.screens.Push)
			}
			if rng.IntN(5) == 0 {
				size := sizes[rng.IntN(len(sizes))]
				s.resize(size.w, size.h)
			}
			s.press(keys[rng.IntN(len(keys))])
			_ = s.screenText()
		}
		s.wait(time.Minute)
		s.expectPurchases(bought)
	})
}
