package ui

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/dialog"
	"tintype/ui/picture"
)

// TestMuteTerminal: a terminal that answers no query is given pictures in cells. The program works on after extreme sizes.
func TestMuteTerminal(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		if can := s.m.terminal.Capabilities; can.Protocol != picture.Blocks && can.Protocol != "" {
			t.Errorf("a terminal without answers is given %q", can.Protocol)
		}
		before := s.screenText()
		for _, at := range []terminalSize{{1, 1}, {2, 3}, {29, 8}, {30, 7}, {30, 8}, {500, 2}, {3, 200}, {71, 13}, {400, 100}, {120, 40}} {
			s.resize(at.w, at.h)
			s.expectFits(fmt.Sprint(at))
			for _, key := range []string{"a", "tab", "down", "esc", "enter"} {
				s.press(key)
				s.expectFits(fmt.Sprint(at, key))
			}
			s.m.dialogs = dialog.Stack{}
			s.m.screens.Home()
			s.m.screens.home.setFocus(focusPrompt)
			s.clearPrompt()
		}
		s.wait(5 * time.Second)
		if s.m.list.Cursor() == "" || s.quit {
			t.Errorf("quit %v:\n%s", s.quit, before)
		}
	})
}

// TestSizeArrivesLate: before the size is known the screen is empty, and keys pressed then are not lost.
func TestSizeArrivesLate(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{noSize: true})
		if got := s.m.View().Content; got != "" {
			t.Errorf("without a size the screen is %q", got)
		}
		s.typeText("early")
		s.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		s.settle()
		s.expectText("early")
	})
}

// TestIdleChangesNoFrame: when nothing happens, all frames are the same and nothing is sent to the terminal.
func TestIdleChangesNoFrame(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{})
		s.wait(6 * time.Second)
		frame, raw := s.m.View().Content, len(s.rawOutput)
		s.onUpdate = func() {
			if s.m.View().Content != frame {
				t.Fatal("a frame changed though nothing happened")
			}
		}
		s.wait(4 * time.Second)
		if len(s.rawOutput) != raw {
			t.Errorf("sent %q", s.rawOutput[raw:])
		}
	})
}
