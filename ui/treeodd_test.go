package ui

import (
	"testing"
	"time"

	"tintype/history"
)

// TestTreeOfWhatIsNotHere: a parent that is not here is a row that says so. It cannot be opened, used or compared with.
func TestTreeOfWhatIsNotHere(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := writeFamily(t, appOptions{w: 120, h: 40}, []pastPrediction{
			{prompt: boat, predictTime: 1, seed: 7}, {prompt: boatDusk, predictTime: 1, seed: 7},
		}, []int{-2, 0})
		s.press("esc", "ctrl+x", "r")
		s.wait(time.Second)
		s.expectRows(`
   not here
 ✓ A paper boat on calm water at sunrise.
▌✓ sunrise → dusk
`)
		s.press("up", "c")
		s.expectSentence("The run that this one came from is not here.")
		s.press("up")
		for _, key := range []string{"enter", "r", "*", "b", "c"} {
			s.wait(6 * time.Second)
			s.press(key)
			s.expectSentence("This run is not here: only its key is known.")
			if s.m.screens.Top() != s.m.screens.tree {
				t.Fatalf("%s leads to %T", key, s.m.screens.Top())
			}
		}
		s.expectText("gone")
	})
}

// TestTreeWithoutPictures: where neither a run nor its parent has a picture, b says so and shows no empty room.
func TestTreeWithoutPictures(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		failed := func(prompt string) pastPrediction {
			return pastPrediction{prompt: prompt, state: history.Failed, change: withFlaggedError}
		}
		s := writeFamily(t, appOptions{w: 40, h: 12}, []pastPrediction{failed(boat), failed(boatDusk)}, []int{-1, 0})
		s.press("esc", "ctrl+x", "r")
		s.wait(time.Second)
		s.press("b")
		s.expectText("sunrise → dusk", "Neither this run")
	})
}

// TestTreeTellsCircles: the links of a circle in a damaged journal are cut, and that is told.
func TestTreeTellsCircles(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := writeFamily(t, appOptions{w: 160, h: 50}, []pastPrediction{
			{prompt: boat, predictTime: 1, seed: 7}, {prompt: boatDusk, predictTime: 1, seed: 7},
		}, []int{-1, 0})
		keys := s.m.list.Keys().All()
		if _, err := s.m.session.History.Append(keys[1], func(e history.Entry) history.Entry { e.Parent = keys[0]; return e }); err != nil {
			t.Fatal(err)
		}
		s.press("esc", "ctrl+x", "r")
		s.wait(time.Second)
		s.expectText("came from each other in a circle")
		s.expectRows(`
 ✓ A paper boat on calm water at sunrise.
▌✓ sunrise → dusk
`)
	})
}
