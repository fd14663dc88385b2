package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tintype/ui/plan"
)

// TestSheetKeyBeforeItIsRead: a y that was pressed before anybody could read the price buys nothing, and says so. That is so for each table
// that is put on the screen.
func TestSheetKeyBeforeItIsRead(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40})
		for _, prompt := range []string{"{a|b}", "{c|d}"} {
			s.start(openPlan(s.m, plan.Spec{Prompt: prompt, Model: "black-forest-labs/flux-schnell"}))
			s.wait(30 * time.Millisecond)
			if s.m.screens.Top() != s.m.screens.sheet {
				t.Fatalf("the plan is not shown:\n%s", s.screenText())
			}
			s.press("y")
			s.expectText("That key came before the plan was on the screen; press it again.")
			s.press("a")
			s.wait(time.Second)
			s.expectPurchases(0)
		}
		s.press("y")
		s.wait(time.Minute)
		s.expectPurchases(2)
	})
}

// TestSheetFollowsItsList: the plan of a prompt whose list has changed has the labels of the new values.
func TestSheetFollowsItsList(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		lists := &someLists{lists: map[string][]string{"colour": {"red", "green"}}}
		s := newAppWithLists(t, appOptions{w: 120, h: 40}, lists)
		for _, second := range []string{"green", "pink"} {
			lists.lists["colour"][1] = second
			s.showPlan("a __colour__ ball")
			s.expectText("red", second)
		}
		s.expectNoText("green")
	})
}

// TestSheetSlicesHaveCells: of a plan with a few cells of many axes only the slices with cells are shown, and the cursor is on a cell.
func TestSheetSlicesHaveCells(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40})
		s.showSpec(plan.Spec{
			Prompt: "{a|b} {c|d} {e|f} {g|h} {i|j} {k|l} {m|n} {o|p}", Model: "black-forest-labs/flux-schnell", How: plan.EachPair,
		})
		cells := map[string]bool{}
		for range 2 * len(s.m.screens.sheet.Plan().Cells) {
			s.expectNoText("not among those that are made")
			_, slice, _ := strings.Cut(s.screenText(), "‹")
			slice, _, _ = strings.Cut(slice, "›")
			cells[slice] = true
			s.press("]")
		}
		if slices := len(cells); slices < 2 || slices > len(s.m.screens.sheet.Plan().Cells) {
			t.Errorf("%d slices of %d cells", slices, len(s.m.screens.sheet.Plan().Cells))
		}
		s.pressSlowly([]string{"tab", "[", "tab", "[", "tab", "["})
		s.expectNoText("not among those that are made")
	})
}

// TestSheetGoesBackToItsPlan: esc in a plan that was opened from another one shows that one again, and then leads home.
func TestSheetGoesBackToItsPlan(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		first := s.m.screens.sheet.Plan().Key
		s.showPlan("{a|b}")
		if s.m.screens.sheet.Plan().Key == first {
			t.Fatal("the other plan is not shown")
		}
		s.press("esc")
		if s.m.screens.Top() != s.m.screens.sheet || s.m.screens.sheet.Plan().Key != first {
			t.Fatalf("esc leads to\n%s", s.screenText())
		}
		s.press("esc")
		if !s.m.screens.IsHome() {
			t.Errorf("esc leads to\n%s", s.screenText())
		}
	})
}

// TestPlanTellsHowItEnded: what failed is counted at the end.
func TestPlanTellsHowItEnded(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		s.refuseSeeds(2)
		s.press("y")
		s.waitForText("6 of 8 made, 2 failed, about $0.")
	})
}

// TestTooManyCellsOffersFewer: enter on a prompt of more cells than a plan has offers fewer at once, with their whole prices.
func TestTooManyCellsOffersFewer(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for _, at := range []terminalSize{{120, 40}, {80, 24}, {40, 12}} {
			s := newApp(t, appOptions{w: at.w, h: at.h})
			digits := "{" + strings.Join(strings.Split("1234567890", ""), "|") + "}"
			s.typeText("a " + strings.Repeat(digits+" ", 4) + "{x|y}")
			s.wait(time.Second)
			s.press("enter")
			s.wait(10 * time.Second)
			price := "10 to buy · about $0.03"
			if at.w < roomForWays {
				price = "10 · about $0.03"
			}
			s.expectText("How many of the cells", "This makes 20,000 cells", price, "12 at random")
			s.pressSlowly([]string{"down", "enter"})
			s.wait(5 * time.Second)
			s.expectText("10 to buy")
			if s.m.screens.Top() != s.m.screens.sheet || s.purchases() != 0 {
				t.Errorf("%v:\n%s", at, s.screenText())
			}
		}
	})
}

// TestKeptPlanThatGrew: a plan of a run whose list of values has grown beyond what a plan has offers fewer of its own cells.
func TestKeptPlanThatGrew(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		lists := &someLists{lists: map[string][]string{"word": {"red", "green"}}}
		s := newAppWithLists(t, appOptions{w: 120, h: 40}, lists)
		s.showPlan("a __word__ __word__ ball")
		s.press("y")
		s.wait(time.Minute)
		for n := range 200 {
			lists.lists["word"] = append(lists.lists["word"], fmt.Sprint("colour ", n))
		}
		run, ok := s.m.list.Selected()
		if !ok || run.Batch == "" {
			t.Fatal("no run of the plan is selected")
		}
		s.press("esc")
		s.start(openKeptPlan(s.m, run))
		s.wait(10 * time.Second)
		s.expectText("How many of the cells", "202 cells · 2 had · 200 to buy")
	})
}

// TestHintOfOneText: a template of one text is bought by enter, and the hint says so.
func TestHintOfOneText(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40})
		s.typeText("just {1$$cat} ${x=a}${x}")
		s.wait(2 * time.Second)
		s.expectText("enter develop")
		s.press("enter")
		s.wait(time.Minute)
		s.expectPurchases(1)
	})
}

// TestSheetHintsWhileItIsBought: no hint is for a key that cannot do anything then, and after X nothing is said to be sent.
func TestSheetHintsWhileItIsBought(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 80, h: 24})
		s.showWide(20)
		s.press("y")
		s.wait(time.Second)
		s.expectText("X stop")
		s.expectNoText("leave out", "how many")
		for _, key := range []string{"space", "h"} {
			s.press(key)
			s.expectText("The plan is being bought; stop it first.")
		}
		s.press("X")
		s.wait(10 * time.Millisecond)
		s.expectText("not sent")
		s.expectNoText("to send", "X stop")
	})
}

// TestSheetLabels: models have their short names; a label says that it is of the slice in sight, and what it leaves out is no more than
// that. A list has no labels, so that its cursor is always on a cell.
func TestSheetLabels(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40})
		s.showPlan("a {cat|dog}", "model=black-forest-labs/flux-schnell,black-forest-labs/flux-dev", "seed=7,8")
		s.expectText("flux-schnell", "flux-dev")
		s.expectNoText("black-forest-labs")
		s.press("up")
		s.expectText("in this slice")
		s.pressSlowly([]string{"space"})
		s.expectText("2 left out", "6 to buy")
		s.pressSlowly([]string{"left"})
		s.expectText("All cells in this slice.")
		s.expectNoText("it is left out there")
		s.pressSlowly([]string{"i"})
		s.expectText("▌", "i table")
		s.expectNoText("All cells")
	})
}

// TestSheetSaysWhatIsLeftOut: the row below the cells says what a model lacks, and above the labels what the plan notes.
func TestSheetSaysWhatIsLeftOut(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40})
		s.showPlan("a cat", "model=flux-schnell,flux-dev", "guidance=2,3")
		s.expectText("takes no guidance")
		s.press("down")
		s.expectNoText("takes no guidance")
		s.press("left", "up", "up")
		s.expectText("All cells of the plan.   flux-schnell has no guidance: it is left out there.")
	})
}
