package ui

import (
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/params"
)

// TestDigitsInTheSettings: a number is typed into its row. Enter ends it and opens nothing, esc restores, backspace takes one digit off,
// and a refusal names the row as the form does.
func TestDigitsInTheSettings(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{})
		value := func(name string) any { return s.m.settings.Value(name) }
		s.press("tab")
		s.m.settings.MoveTo(params.Outputs)
		s.press("3", "enter")
		if s.m.dialogs.IsModal() || value(params.Outputs) != int64(3) {
			t.Fatalf("enter after a digit; outputs %v:\n%s", value(params.Outputs), s.screenText())
		}
		s.press("9")
		s.expectSentence("Outputs takes a whole number from 1 to 4; 9 is not one.")
		s.press("down", "1", "2", "backspace")
		if value(params.Seed) != int64(1) {
			t.Errorf("12 and backspace is seed %v", value(params.Seed))
		}
		s.press("esc")
		if value(params.Seed) != nil || s.m.screens.home.focus != focusSettings {
			t.Errorf("esc leaves seed %v", value(params.Seed))
		}
		s.pasteText(" 62182\n")
		if value(params.Seed) != int64(62182) || s.m.prompt.Value() != "" {
			t.Errorf("a pasted number is seed %v, prompt %q", value(params.Seed), s.m.prompt.Value())
		}
		s.m.settings.MoveTo(params.Outputs)
		s.press("4", "2", "tab")
		s.expectSentence("Outputs takes a whole number from 1 to 4; 42 is not one.")
		if value(params.Outputs) != int64(3) || s.m.screens.home.focus != focusList {
			t.Errorf("left at %v", value(params.Outputs))
		}
	})
}

// TestTakeIsInTheFormsWords: the settings of a prediction are listed as the form shows them, with their values, and one is copied.
func TestTakeIsInTheFormsWords(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, pastPrediction{
			prompt: "a boat", predictTime: 1, seed: 62182,
			input: map[string]any{"aspect_ratio": "16:9", "output_format": "webp", "disable_safety_checker": true, "num_outputs": 2.0},
		})
		s.press("esc", "t")
		s.expectText("Copy one setting to the form", "prompt        a boat", "model         flux-schnell", "shape         16:9", "format        webp",
			"safety check  off", "outputs       2", "seed          62182")
		s.expectNoText("aspect_ratio", "num_outputs", "enter take")
		s.wait(time.Second)
		s.typeText("shape")
		s.press("enter")
		if got := s.m.settings.Value(params.Shape); got != "16:9" {
			t.Errorf("copied %v", got)
		}
	})
}

// TestSeedOfThePictureShown: the choices of the seed are random, the seed of the picture that is shown, and any number.
func TestSeedOfThePictureShown(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, pastPrediction{age: time.Minute, prompt: "a boat", predictTime: 1, seed: 62182})
		s.press("ctrl+x", "s")
		s.expectText("random", "62182", "picture shown")
		s.wait(time.Second)
		s.press("down", "enter")
		if got := s.m.settings.Value(params.Seed); got != int64(62182) {
			t.Errorf("the seed is %v", got)
		}
	})
}

// TestImageForAModelWithoutOne: I on a model without images offers those that take one, and then sets the image. Undo takes both back.
func TestImageForAModelWithoutOne(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.useSmallPictures()
		s.waitForState(s.develop("a boat"), history.Done)
		s.press("esc", "I")
		s.expectText("Model that takes an image", "flux-kontext-pro")
		s.expectNoText(" flux-schnell   ")
		s.wait(time.Second)
		s.press("enter")
		if got := s.m.settings.Model().Name(); got != "flux-kontext-pro" {
			t.Fatalf("the model is %s", got)
		}
		row, _ := s.m.settings.ImageRow()
		if path, ok := s.m.settings.FirstImageFile(); !ok || row != "input_image" {
			t.Fatalf("%s is %q:\n%s", row, path, s.screenText())
		}
		s.press("u", "u")
		if got := s.m.settings.Model().Name(); got != "flux-schnell" {
			t.Errorf("after undo the model is %s", got)
		}
	})
}
