package ui

import (
	"fmt"
	"testing"
	"time"

	"tintype/ui/params"
)

// TestChordThatDoesNotApply: a key of the menu that can do nothing now says why, and what follows it without a pause is neither text nor
// buys anything. After a pause the keys are text again.
func TestChordThatDoesNotApply(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		model, provider string
		keys            []string
		says            string
	}{
		"no outputs":          {"black-forest-labs/flux-2-klein-4b", "", []string{"ctrl+x", "n"}, "flux-2-klein-4b has no outputs setting."},
		"nothing runs":        {"", "", []string{"ctrl+x", "X"}, "Nothing is running."},
		"nothing to cancel":   {"", "", []string{"ctrl+x", "x"}, "Nothing is running."},
		"nothing to undo":     {"", "", []string{"ctrl+x", "u"}, "Nothing to undo."},
		"no editor":           {"", "", []string{"ctrl+x", "e"}, "No editor is set: export EDITOR, then start tintype again."},
		"an unknown key":      {"", "", []string{"ctrl+x", "9"}, "There is no ctrl+x 9."},
		"enter":               {"", "", []string{"ctrl+x", "enter"}, "There is no ctrl+x enter."},
		"nothing seen before": {"", "", []string{"ctrl+x", "b"}, "No other picture was seen before this one."},
		"the demo":            {"", "", []string{"ctrl+x", "d"}, "This is the demo."},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newApp(t, appOptions{provider: c.provider, w: 160, h: 50})
				if c.model != "" {
					s.m.settings.SetModel(c.model)
				}
				s.typeText("hello world")
				s.wait(time.Second)
				s.press(c.keys...)
				s.expectSentence(c.says)
				for _, key := range []string{"4", "enter", "esc", "y", "enter"} {
					s.wait(400 * time.Millisecond)
					s.press(key)
				}
				s.wait(400 * time.Millisecond)
				s.pasteText("7")
				s.expectSentence(c.says)
				s.expectPurchases(0)
				if got := s.m.prompt.Value(); got != "hello world" || s.m.screens.home.focus != focusPrompt {
					t.Errorf("the prompt is %q, the focus %d", got, s.m.screens.home.focus)
				}
				s.wait(500 * time.Millisecond)
				s.typeText("4")
				if got := s.m.prompt.Value(); got != "hello world4" {
					t.Errorf("after a pause the prompt is %q", got)
				}
			})
		})
	}
}

// TestChordInTheCopyMenu: the same in the menu of what can be copied.
func TestChordInTheCopyMenu(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 160, h: 50})
		s.press("esc")
		s.wait(time.Second)
		s.press("y", "z")
		s.expectSentence("There is no y z.")
		s.press("x", "x", "enter")
		if s.m.screens.home.focus != focusList || len(s.copied) > 0 {
			t.Error("a key after it did something")
		}
		s.wait(time.Second)
		s.press("y", "y")
		if len(s.copied) != 1 {
			t.Errorf("copied %q", s.copied)
		}
	})
}

// TestChordThatWorksSwallowsNothing: what is typed right after a chord that did something is text, and ctrl+x esc closes the menu silently.
func TestChordThatWorksSwallowsNothing(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		for _, keys := range [][]string{{"ctrl+x", "esc"}, {"ctrl+x", "ctrl+x"}} {
			s.press(keys...)
			s.typeText("a")
		}
		s.press("esc", "x", "esc") // x has nothing to cancel, outside of a menu
		s.wait(time.Second)
		s.press("ctrl+x", "n")
		s.wait(time.Second)
		s.press("4", "enter")
		s.typeText("b")
		if got := s.m.prompt.Value(); got != "aab" {
			t.Errorf("the prompt is %q", got)
		}
		if got := s.m.settings.Values()[params.Outputs]; fmt.Sprint(got) != "4" {
			t.Errorf("%v outputs", got)
		}
	})
}
