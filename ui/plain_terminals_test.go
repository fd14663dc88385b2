package ui

import (
	"strings"
	"testing"
	"time"
)

// TestWhyOnPlainTerminals: without colours impact and bisect have none, and without Unicode they are ASCII.
func TestWhyOnPlainTerminals(t *testing.T) {
	for name, o := range plainTerminals {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				o.w, o.h, o.smallPictures = 120, 40, true
				s := newApp(t, o)
				s.makePair(goodPrompt, "a red fox in a snowy forest, inverted, masterpiece")
				s.pressSlowly([]string{"ctrl+x", "B"})
				s.wait(2 * noteDuration)
				s.expectPlain(name == "ascii")
				s.press("y")
				s.wait(30 * time.Second)
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

// expectPlain fails the test if a colour is on the screen; ascii: or a character that is not ASCII.
func (s *app) expectPlain(ascii bool) {
	s.t.Helper()
	buf := s.screenBuffer()
	for y := range buf.Height() {
		for x := range buf.Width() {
			switch cell := buf.CellAt(x, y); {
			case cell == nil:
			case cell.Style.Fg != nil || cell.Style.Bg != nil:
				s.t.Fatalf("a colour at %d, %d:\n%s", x, y, s.screenText())
			case ascii && strings.IndexFunc(cell.Content, func(r rune) bool { return r >= 0x80 }) >= 0:
				s.t.Fatalf("%q at %d, %d:\n%s", cell.Content, x, y, s.screenText())
			}
		}
	}
}
