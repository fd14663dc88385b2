package ui

import (
	"strings"
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

// TestPlateInLittleRoom: where the first keys need several lines, none is parted from what it does, and no line ends with a separator.
func TestPlateInLittleRoom(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]appOptions{"unicode": {}, "ascii": {appearance: Appearance{Glyphs: "ascii"}}} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newApp(t, o)
				for _, w := range []int{72, 76, 80, 90, 100} {
					s.resize(w, 14)
					room := s.m.layout.Preview
					var text strings.Builder
					for _, line := range s.lines()[room.Y:room.Bottom()] {
						_, line, _ = strings.Cut(line, s.m.look.Glyphs.VerticalRule)
						line = strings.TrimSpace(line)
						if strings.HasSuffix(line, "·") || strings.HasSuffix(line, " -") {
							t.Errorf("%d columns: %q ends with a separator", w, line)
						}
						text.WriteString(line + "\n")
					}
					for _, want := range []string{"tab example", "F1 help", "ctrl+c quit"} {
						if !strings.Contains(text.String(), want) {
							t.Errorf("%d columns: %q is broken:\n%s", w, want, text.String())
						}
					}
				}
			})
		})
	}
}

// TestPlateBesideAMenu: while a menu has the keys, the plate does not say what enter would do without it.
func TestPlateBesideAMenu(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		for _, first := range []string{"", "esc"} {
			if first != "" {
				s.press(first)
			}
			s.expectText("escribe a picture")
			s.press("ctrl+x")
			s.expectNoText("escribe a picture")
			s.press("esc")
			s.expectText("escribe a picture")
		}
	})
}

// TestNoKeyIsSaidOnce: without a key the plate says what to do, and the bottom row still has its hints.
func TestNoKeyIsSaidOnce(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{provider: "cometapi", noKey: true, withDemo: true})
		if n := strings.Count(s.screenText(), "No key for CometAPI"); n != 1 {
			t.Errorf("said %d times:\n%s", n, s.screenText())
		}
		s.expectText("F1 help   ctrl+c quit")
		s.press("ctrl+x")
		s.expectText("K key")
		s.expectNoText("No key for CometAPI")
	})
}
