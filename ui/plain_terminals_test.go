package ui

import (
	"testing"
	"time"
)

// TestWhyOnPlainTerminals: without colours impact and bisect have none, and without Unicode they are ASCII.
func TestWhyOnPlainTerminals(t *testing.T) {
	for name, o := range plainTerminals {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				o.w, o.h = 120, 40
				s := newAppWithPair(t, o, goodPrompt, "a red fox in a snowy forest, inverted, masterpiece")
				s.pressSlowly([]string{"ctrl+x", "B"})
				s.wait(2 * noteDuration)
				s.expectPlain(name == "ascii")
				s.judge("y")
				s.expectText("Is the new picture good or bad?")
				s.expectPlain(name == "ascii")
				s.pressSlowly([]string{"esc", "ctrl+x", "k"})
				s.wait(2 * noteDuration)
				s.press("y")
				s.wait(2 * time.Minute)
				s.expectText("Impact  ")
				s.expectPlain(name == "ascii")
			})
		})
	}
}
