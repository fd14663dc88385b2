package ui

import (
	"testing"

	"tintype/history"
)

// TestFirstScreen: an empty program says what to do, and tab fills in one example after the other. Then it goes on to the settings, as it
// does when the text was edited or something was made.
func TestFirstScreen(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.expectText("What do you want to see?", "Describe a picture and press enter.", "1024×1024 · about $0.003", "tab example · F1 help · ctrl+c quit", "tab example")
		for _, want := range examplePrompts {
			s.press("tab")
			if got := s.m.prompt.Value(); got != want || s.m.screens.home.focus != focusPrompt {
				t.Fatalf("tab fills in %q", got)
			}
			s.expectNoText("What do you want to see?")
		}
		s.expectText("tab settings")
		s.press("tab")
		if s.m.screens.home.focus != focusSettings || s.m.prompt.Value() != examplePrompts[2] {
			t.Fatalf("after the last example tab leaves %q", s.m.prompt.Value())
		}
		s.expectText("F1 help · ctrl+c quit")
		s.expectNoText("tab example")
		s.press("esc")
		s.clearPrompt()
		s.press("tab")
		s.typeText(" at dusk")
		s.expectText("tab settings")
		s.press("tab")
		if got := s.m.prompt.Value(); got != examplePrompts[0]+" at dusk" || s.m.screens.home.focus != focusSettings {
			t.Errorf("tab makes %q of an edited example", got)
		}
		s.press("esc")
		s.useSmallPictures()
		s.waitForState(s.develop("a boat"), history.Done)
		s.clearPrompt()
		s.expectText("What do you want to see?", "tab settings")
		s.press("tab")
		if s.m.prompt.Value() != "" || s.m.screens.home.focus != focusSettings {
			t.Errorf("tab fills in %q though something was made", s.m.prompt.Value())
		}
	})
}

// TestExamplesAreUndone: an example that was filled in is taken out by the undo of the prompt, and esc leaves the prompt.
func TestExamplesAreUndone(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{provider: "cometapi", noKey: true, w: 40, h: 12})
		s.press("tab", "ctrl+_")
		if got := s.m.prompt.Value(); got != "" {
			t.Errorf("undo leaves %q", got)
		}
		s.press("tab", "shift+tab")
		if s.m.screens.home.focus != focusList {
			t.Error("shift+tab does not leave the prompt")
		}
	})
}
