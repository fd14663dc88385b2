package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/plan"
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
