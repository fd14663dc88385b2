package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/plan"
	"tintype/ui/runner"
)

// openTable opens the plan of 2 models, 3 guidances and 2 seeds. schnell has no guidance.
func openTable(t *testing.T, w, h int) *app {
	s := newApp(t, appOptions{w: w, h: h})
	s.showTable()
	return s
}

// showTable opens the plan of openTable.
func (s *app) showTable() {
	s.t.Helper()
	spec := plan.Spec{Prompt: "a red fox in the snow", Model: "black-forest-labs/flux-dev", Base: map[string]any{"megapixels": "0.25", "output_format": "jpg"}}
	for _, typed := range []string{"model=flux-schnell,flux-dev", "guidance=2..3/3", "seed=7,8"} {
		a, err := plan.ParseAxis(typed)
		if err != nil {
			s.t.Fatal(err)
		}
		spec.Axes = append(spec.Axes, a)
	}
	s.start(openPlan(s.m, spec))
	s.wait(5 * time.Second)
	if s.m.screens.Top() != s.m.screens.sheet {
		s.t.Fatalf("the plan is not shown:\n%s", s.screenText())
	}
}

// openFilledTable buys the plan and waits until its sheet is full.
func openFilledTable(t *testing.T, w, h int) *app {
	s := openTable(t, w, h)
	s.press("y")
	s.wait(2 * time.Minute)
	return s
}

// posts returns how many predictions were asked for.
func (s *app) posts() int { return s.server.Counts().Posts }

// TestSheetGoldens compares the plan and the filled sheet with their golden files.
func TestSheetGoldens(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]func(*testing.T, int, int) *app{"plan": openTable, "sheet": openFilledTable} {
		for _, at := range []terminalSize{{160, 50}, {120, 40}, {80, 24}, {40, 12}} {
			name := fmt.Sprintf("%s-%dx%d", name, at.w, at.h)
			t.Run(name, func(t *testing.T) {
				inBubble(t, func(t *testing.T) {
					s := set(t, at.w, at.h)
					s.hideThumbnails()
					s.expectGolden(name)
				})
			})
		}
	}
}

// TestSheetSpendsWithYAlone: no other key of the plan buys anything, and y buys each picture once, however often it is pressed.
func TestSheetSpendsWithYAlone(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		s.pressSlowly([]string{"tab", "tab", "tab", "[", "]", "i", "down", "i", "+", "-", "b", "*", "enter", "space", "space", "up", "left", "right"})
		s.resize(60, 20)
		s.resize(120, 40)
		if n := s.posts(); n != 0 {
			t.Fatalf("%d were bought without y:\n%s", n, s.screenText())
		}
		s.press("y", "y", "y")
		s.wait(2 * time.Minute)
		if n := s.posts(); n != 8 {
			t.Errorf("%d were bought, want 8: 2 of schnell, 6 of dev\n%s", n, s.screenText())
		}
		s.expectText("8 had", "4 the same")
		s.press("y")
		s.wait(time.Minute)
		if n := s.posts(); n != 8 {
			t.Errorf("a full sheet bought %d more", n-8)
		}
	})
}

// TestSheetLeavesOut: space leaves out a cell, and on a label a row; what is left out is not bought.
func TestSheetLeavesOut(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		s.pressSlowly([]string{"down", "space"})
		s.expectText("left out", "7 to buy")
		s.pressSlowly([]string{"space", "left", "space"})
		s.expectText("5 to buy")
		s.press("y")
		s.wait(2 * time.Minute)
		if n := s.posts(); n != 5 {
			t.Errorf("%d were bought, want 5", n)
		}
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
		if n := s.posts(); n != 8 {
			t.Errorf("%d were bought, want 8", n)
		}
	})
}

// TestSheetShowsFailures: a cell whose prediction failed says so, and the next y buys it alone.
func TestSheetShowsFailures(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		s.server.UpdateBehaviour(func(k *demo.Behaviour) {
			k.Faults = []demo.Fault{{On: demo.Create, Times: 1, Status: 422, Body: `{"detail":"The seed is refused."}`}}
		})
		s.press("y")
		s.wait(2 * time.Minute)
		s.expectText("1 to buy")
		if !strings.Contains(s.screenText(), "failed") {
			s.press("]")
		}
		s.expectText("failed")
		before := s.posts()
		s.press("y")
		s.wait(time.Minute)
		if n := s.posts() - before; n != 1 || !strings.Contains(s.screenText(), "8 had") {
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
		n := s.posts()
		if n == 0 || n >= 20 {
			t.Fatalf("%d of 20 were sent though X was pressed", n)
		}
		s.expectText(fmt.Sprintf("%d had", n), fmt.Sprintf("%d to buy", 20-n), "y buy")
		s.expectNoText("X stop")
		s.press("X")
		s.expectText("Nothing of this plan waits to be sent.")
		s.press("y")
		s.wait(2 * time.Minute)
		if n := s.posts(); n != 20 {
			t.Errorf("%d were bought in the end, want 20\n%s", n, s.screenText())
		}
	})
}

// showWide opens a plan of one axis with so many seeds.
func (s *app) showWide(seeds int) {
	s.t.Helper()
	a, err := plan.ParseAxis(fmt.Sprintf("seed=1..%d", seeds))
	if err != nil {
		s.t.Fatal(err)
	}
	s.start(openPlan(s.m, plan.Spec{
		Prompt: "a paper boat", Model: "black-forest-labs/flux-schnell", Base: map[string]any{"megapixels": "0.25", "output_format": "jpg"}, Axes: []plan.Axis{a},
	}))
	s.wait(time.Second)
}

// TestSheetBuysAgain: a buys what is had once more, on purpose, and only then.
func TestSheetBuysAgain(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40})
		s.showWide(3)
		s.press("y")
		s.waitForText("3 made, about $0.009.")
		s.press("y")
		s.wait(10 * time.Second)
		if n := s.posts(); n != 3 {
			t.Fatalf("%d were bought, want 3", n)
		}
		s.press("a")
		s.wait(time.Minute)
		if n := s.posts(); n != 6 {
			t.Errorf("%d were bought with a, want 6\n%s", n, s.screenText())
		}
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
		if n := s.posts(); n != 0 {
			t.Errorf("%d were bought", n)
		}
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
		if n := one.posts(); n != 8 {
			t.Errorf("%d were bought by both, want 8", n)
		}
	})
}

// TestSheetAfterAKill: a program that is killed while it buys leaves a plan whose rest is new; nothing is bought twice.
func TestSheetAfterAKill(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40})
		s.showWide(20)
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
		s.press("y")
		s.wait(2 * time.Minute)
		s.expectText("5 had")
		s.showTable()
		s.expectText("8 had")
		if n := s.posts(); n != 13 {
			t.Errorf("%d were bought, want 13", n)
		}
	})
}

// TestSheetStopsAtTheBudget: a plan that fits halfway stops, says so with its counts, and says before what is left.
func TestSheetStopsAtTheBudget(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40, limits: runner.Limits{Day: 0.01}})
		s.showWide(8)
		s.expectText("8 to buy · about $0.024 · $0.01 of today's budget left")
		s.press("y")
		s.waitForText("Stopped at")
		s.expectText("3 of 8 made, 5 not sent.")
		s.expectNoText("because of your budget")
		s.wait(time.Minute)
		if n := s.posts(); n != 3 {
			t.Errorf("%d were bought, want 3\n%s", n, s.screenText())
		}
		s.expectText("3 had", "5 to buy", "$0.001 of today's budget left")
		s.press("y")
		s.wait(time.Minute)
		if n := s.posts(); n != 3 {
			t.Errorf("%d were bought over the budget", n-3)
		}
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

// TestSheetOnPlainTerminals: without colours the sheet has none, and without Unicode it is ASCII, as a table and as a list.
func TestSheetOnPlainTerminals(t *testing.T) {
	for name, o := range plainTerminals {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				o.w, o.h = 120, 40
				s := newApp(t, o)
				s.showTable()
				check := func() {
					t.Helper()
					buf := s.screenBuffer()
					for y := range buf.Height() {
						for x := range buf.Width() {
							switch cell := buf.CellAt(x, y); {
							case cell == nil:
							case cell.Style.Fg != nil || cell.Style.Bg != nil:
								t.Fatalf("a colour at %d, %d:\n%s", x, y, s.screenText())
							case name == "ascii" && strings.IndexFunc(cell.Content, func(r rune) bool { return r >= 0x80 }) >= 0:
								t.Fatalf("%q at %d, %d:\n%s", cell.Content, x, y, s.screenText())
							}
						}
					}
				}
				check()
				s.press("y")
				s.wait(time.Second)
				check()
				s.wait(2 * time.Minute)
				s.expectText("8 had")
				check()
				for _, key := range []string{"left", "i", "h"} {
					s.press(key)
					s.wait(time.Second)
					check()
				}
			})
		})
	}
}
