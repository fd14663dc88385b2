package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/runner"
)

// TestSheetSpendsWithYAlone: no other key of the plan buys anything, and y buys each picture once, however often it is pressed.
func TestSheetSpendsWithYAlone(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		s.pressSlowly([]string{"tab", "tab", "tab", "[", "]", "i", "down", "i", "+", "-", "b", "*", "enter", "space", "space", "up", "left", "right"})
		s.resize(60, 20)
		s.resize(120, 40)
		s.expectPurchases(0)
		s.press("y", "y", "y")
		s.wait(2 * time.Minute)
		s.expectPurchases(8) // 2 of schnell, 6 of dev
		s.expectText("8 had", "4 the same")
		s.press("y")
		s.wait(time.Minute)
		s.expectPurchases(8)
	})
}

// TestSheetGoesOnInTheBackground: esc leaves the sheet, buying goes on, and the plan opened again has the pictures. The list's cursor
// stays where it was.
func TestSheetGoesOnInTheBackground(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		s.press("y")
		s.wait(2 * time.Second)
		s.press("esc")
		if !s.m.screens.IsHome() {
			t.Fatalf("esc leads to %T", s.m.screens.Top())
		}
		s.wait(2 * time.Minute)
		s.showTable()
		s.expectText("8 had")
		left := s.copyFolder()
		again := newApp(t, appOptions{dir: left, server: s.server})
		again.showTable()
		again.expectText("8 had")
		s.expectPurchases(8)
	})
}

// TestSheetShowsFailures: a cell whose prediction failed says so, and the next y buys it alone.
func TestSheetShowsFailures(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		s.refuseSeeds(1)
		s.buyPlan()
		s.expectText("1 to buy")
		if !strings.Contains(s.screenText(), "failed") {
			s.press("]")
		}
		s.expectText("failed")
		before := s.purchases()
		s.press("y")
		s.wait(time.Minute)
		if n := s.purchases() - before; n != 1 || !strings.Contains(s.screenText(), "8 had") {
			t.Errorf("y bought %d:\n%s", n, s.screenText())
		}
		if s.m.list.Keys().Len() == 0 || history.KeyTime(s.m.list.Cursor()).IsZero() {
			t.Error("nothing is selected")
		}
	})
}

// TestSheetStops: X sends nothing more, what runs goes on, and y buys the rest later.
func TestSheetStops(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		s.expectNoText("X stop")
		s.showWide(20)
		s.press("y")
		s.wait(2 * time.Second)
		s.expectText("X stop", "to send")
		s.expectNoText("y buy")
		s.press("X")
		s.expectText("What runs goes on.")
		s.wait(2 * time.Minute)
		n := s.purchases()
		if n == 0 || n >= 20 {
			t.Fatalf("%d of 20 were sent though X was pressed", n)
		}
		s.expectText(fmt.Sprintf("%d had", n), fmt.Sprintf("%d to buy", 20-n), "y buy")
		s.expectNoText("X stop")
		s.press("X")
		s.expectText("Nothing of this plan waits to be sent.")
		s.buyPlan()
		s.expectPurchases(20)
	})
}

// TestSheetBuysAgain: a buys what is had once more, on purpose, and only then.
func TestSheetBuysAgain(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openWide(t, appOptions{}, 3)
		s.press("y")
		s.waitForText("3 made, about $0.009.")
		s.press("y")
		s.wait(10 * time.Second)
		s.expectPurchases(3)
		s.press("a")
		s.wait(time.Minute)
		s.expectPurchases(6)
	})
}

// TestSheetSeesOtherPrograms: what another program buys of an open plan is coming and then had here, and is not bought again.
func TestSheetSeesOtherPrograms(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		one := openTable(t, 120, 40)
		two := newApp(t, appOptions{w: 120, h: 40, dir: one.dir, server: one.server})
		two.showTable()
		two.expectText("8 to buy")
		one.press("y")
		for range 100 {
			one.wait(100 * time.Millisecond)
			two.wait(0)
			if strings.Contains(two.screenText(), "coming") {
				break
			}
		}
		two.expectText("coming")
		for range 60 {
			one.wait(time.Second)
			two.wait(0)
		}
		two.expectText("8 had")
		two.press("y")
		two.wait(time.Minute)
		one.expectPurchases(8)
	})
}

// TestSheetAfterAKill: a program that is killed while it buys leaves a plan whose rest is new; nothing is bought twice.
func TestSheetAfterAKill(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openWide(t, appOptions{}, 20)
		s.press("y")
		s.wait(2 * time.Second)
		left := s.copyFolder()
		s.close()
		again := newApp(t, appOptions{w: 120, h: 40, dir: left, server: s.server})
		again.wait(2 * time.Minute)
		again.showWide(20)
		again.expectText("to buy")
		again.press("y")
		again.wait(3 * time.Minute)
		again.expectText("20 had")
		if n := s.server.Counts().Accepted; n != 20 {
			t.Errorf("%d were bought in two runs, want 20", n)
		}
	})
}

// TestSheetsOfSeveralPlans: two plans are bought at once, and each sheet has its own state.
func TestSheetsOfSeveralPlans(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		s.press("y")
		s.wait(time.Second)
		s.press("esc")
		s.showWide(5)
		s.expectText("5 to buy")
		s.wait(3 * time.Second)
		s.buyPlan()
		s.expectText("5 had")
		s.showTable()
		s.expectText("8 had")
		s.expectPurchases(13)
	})
}

// TestSheetStopsAtTheBudget: a plan that fits halfway stops, says so with its counts, and says before what is left.
func TestSheetStopsAtTheBudget(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openWide(t, appOptions{limits: runner.Limits{Day: 0.01}}, 8)
		s.expectText("8 to buy · about $0.024 · $0.01 of today's budget left")
		s.press("y")
		s.waitForText("Stopped at")
		s.expectText("3 of 8 made, 5 not sent.")
		s.expectNoText("because of your budget")
		s.wait(time.Minute)
		s.expectPurchases(3)
		s.expectText("3 had", "5 to buy", "$0.001 of today's budget left")
		s.press("y")
		s.wait(time.Minute)
		s.expectPurchases(3)
	})
}

// TestSheetShowsProgress: while a plan is bought, its header counts, and its cells say how far they are.
func TestSheetShowsProgress(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40})
		s.server.UpdateBehaviour(takeEightSeconds)
		s.showWide(10)
		s.press("y")
		s.wait(4 * time.Second)
		s.expectText("0 of 10 made · 8 running · 2 to send", "%")
		s.press("right", "right", "right", "right", "right", "right", "right", "right", "right")
		s.expectText("new $0.003")
		s.waitForText("10 had")
	})
}

// TestSheetCountsTheBudgetDown: while a plan is bought, its header says what is left of the budget by then.
func TestSheetCountsTheBudgetDown(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openWide(t, appOptions{limits: runner.Limits{Day: 1}}, 20)
		s.expectText("$1.00 of today's budget left")
		s.press("y")
		last, steps := 1.0, 0
		for range 300 {
			s.wait(200 * time.Millisecond)
			header, _, _ := strings.Cut(s.screenText(), "\n")
			_, said, buying := strings.Cut(header, "to send · $")
			if !buying {
				break
			}
			var left float64
			if _, err := fmt.Sscanf(said, "%f of today's budget left", &left); err != nil || left > last {
				t.Fatalf("after $%.3f the header is %q", last, header)
			}
			if left < last {
				last, steps = left, steps+1
			}
		}
		if steps < 2 {
			t.Errorf("the budget was counted down %d times", steps)
		}
		s.waitForText("20 had")
	})
}
