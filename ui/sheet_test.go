package ui

import (
	"testing"
	"time"

	"tintype/ui/plan"
)

// TestSheetGoldens compares the plan and the filled sheet with their golden files.
func TestSheetGoldens(t *testing.T) {
	compareGoldens(t, []scene{{"plan", fourSizes, openTable}, {"sheet", fourSizes, openFilledTable}})
}

// TestSheetLeavesOut: space leaves out a cell, and on a label a row; what is left out is not bought.
func TestSheetLeavesOut(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		s.pressSlowly([]string{"down", "space"})
		s.expectText("left out", "7 to buy")
		s.pressSlowly([]string{"space", "left", "space"})
		s.expectText("5 to buy")
		s.buyPlan()
		s.expectPurchases(5)
	})
}

// TestSheetAsksHowMany: h asks over the table how many cells are made; esc leaves it as it was, and a choice makes it again.
func TestSheetAsksHowMany(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		s.press("h")
		s.wait(time.Second)
		s.expectText("How many of the cells", "each value once", "Plan  2 × 3")
		s.press("esc")
		s.expectNoText("How many of the cells")
		if s.m.screens.Top() != s.m.screens.sheet {
			t.Fatalf("esc closed the sheet, too:\n%s", s.screenText())
		}
		s.press("h")
		s.wait(time.Second)
		s.pressSlowly([]string{"down", "enter"})
		s.wait(time.Second)
		if got := s.m.screens.sheet.Plan().Spec.How; got != plan.EachValue || s.m.screens.Top() != s.m.screens.sheet {
			t.Errorf("the cells are %q:\n%s", got, s.screenText())
		}
		s.expectText(" of 2 × 3 × seeds 2 cells")
		s.expectPurchases(0)
	})
}

// TestSheetMouse: a click selects a cell, or a label; a second click opens its picture; the wheel moves by rows.
func TestSheetMouse(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openFilledTable(t, 120, 40)
		s.clickText("guidance 3")
		s.expectText("All cells of guidance 3")
		s.clickText("flux-dev")
		s.expectText("All cells of flux-dev")
		s.click(98, 28)
		s.expectText("flux-dev · guidance 3 · seed 7")
		s.click(98, 28)
		if s.m.screens.Top() != s.m.screens.full {
			t.Errorf("the second click leads to %T:\n%s", s.m.screens.Top(), s.screenText())
		}
		s.press("esc")
		s.resize(40, 12)
		s.click(5, 2)
		s.expectText("▌flux-schnell · 2.5 · 8")
	})
}

// TestSheetOnPlainTerminals: without colours the sheet has none, and without Unicode it is ASCII, as a table and as a list.
func TestSheetOnPlainTerminals(t *testing.T) {
	onPlainTerminals(t, func(t *testing.T, o appOptions) {
		s := newApp(t, o)
		s.showTable()
		s.expectPlain()
		s.press("y")
		s.wait(time.Second)
		s.expectPlain()
		s.wait(2 * time.Minute)
		s.expectText("8 had")
		s.expectPlain()
		for _, key := range []string{"left", "i", "h"} {
			s.press(key)
			s.wait(time.Second)
			s.expectPlain()
		}
	})
}
