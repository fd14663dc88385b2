package ui

import (
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/runner"
)

// TestTreeThatComesLate: a tree whose journal takes a while to be read does not open over what was opened meanwhile. What is made from its run
// meanwhile is in it.
func TestTreeThatComesLate(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := writeFamily(t, appOptions{w: 120, h: 40}, []pastPrediction{{prompt: boat, predictTime: 1, seed: 7}, {prompt: boatDusk, predictTime: 1, seed: 7}}, []int{-1, 0})
		s.press("esc")
		for _, key := range []string{"enter", "r", "t"} {
			s.holdCommands()
			s.press("ctrl+x", "r", key)
			s.releaseCommands()
			s.wait(time.Second)
			if s.m.screens.Holds(s.m.screens.tree) {
				t.Errorf("the tree is over what %s opened:\n%s", key, s.screenText())
			}
			s.press("esc", "esc")
			s.m.screens.Home()
			s.m.screens.home.setFocus(focusList)
		}
		s.holdCommands()
		s.press("ctrl+x", "r")
		matchTree(s.m) // as each change does
		s.releaseCommands()
		s.wait(time.Second)
		if !s.m.screens.Holds(s.m.screens.tree) || s.m.trees.changed || s.m.trees.reads {
			t.Errorf("the tree is not read again: %+v", s.m.trees.generation)
		}
	})
}

// TestTreeTakesInNewRuns: a tree that is open shows what other programs and this one make from its runs, also when a picture is over it. The cursor
// stays on its run and in its row of the screen; what is folded is counted.
func TestTreeTakesInNewRuns(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTreeOf(t, 140, 40, 4)
		keys := s.m.list.Keys().All()
		other, err := history.Open(history.Options{Dir: s.dir, App: "test", Now: utcNow})
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		make := func(prompt string, parent int) {
			t.Helper()
			e := pastPrediction{prompt: prompt, predictTime: 1, seed: 7}.entry(t, other, 90+parent)
			e.Parent = keys[parent]
			if _, err := other.Append(history.NewKey(utcNow()), func(latest history.Entry) history.Entry {
				e.V, e.Key, e.Rev = latest.V, latest.Key, latest.Rev
				return e
			}); err != nil {
				t.Fatal(err)
			}
			s.wait(3 * time.Second)
		}
		make(boatFog+" A gull.", 4)
		s.expectRows(`
 ✓ A paper boat on calm water at sunrise.                                3 folded
 ✓ sunrise → dusk                                                        1 folded
 ✓ flux-schnell → flux-dev · + guidance 2.5                              1 folded
▌✓ + in fog
 ├─✓ guidance 2.5 → 3                                                    1 folded
 ├─✓ + a lighthouse far away · + its light on the waves
 └─✓ + A gull · flux-dev → flux-schnell · − guidance 2.5
`)
		s.press("enter")
		s.wait(time.Second)
		make(boatDusk+" A gull.", 10)
		s.press("esc")
		s.expectText("2 folded")
		s.press("G", "b")
		make("A gull.", 11)
		s.expectText("4 folded", "its parent", "▌└─✓ + A gull")
		if s.m.list.Cursor() == keys[4] || s.m.screens.Top() != s.m.screens.tree {
			t.Errorf("the cursor is on %s", s.m.list.Cursor())
		}
		row, task := s.m.session.Runner.Submit(runner.Draft{ // as a plan that is being bought does
			Model: "black-forest-labs/flux-schnell", Input: map[string]any{"prompt": "A gull on a buoy."}, Parent: s.m.list.Cursor(),
		})
		s.m.list.Update(row.Entry)
		s.start(s.m.session.perform(s.m.ctx, task))
		s.wait(time.Minute)
		s.press("+")
		s.expectText("   └─✓ − paper boat on calm water")
	})
}
