package ui

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/dialog"
	"tintype/ui/picture"
)

// TestMuteTerminal: a terminal that answers nothing gets cells, and one that is 1×1 and back does not break.
func TestMuteTerminal(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{})
		if can := s.m.terminal.Capabilities; can.Protocol != picture.Blocks && can.Protocol != "" {
			t.Errorf("a mute terminal is given %q", can.Protocol)
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
			t.Errorf("left %v:\n%s", s.quit, before)
		}
	})
}

// TestSizeArrivesLate: the first View comes before the size is known; it is empty, and keys of before are not lost.
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

// TestIdleChangesNoFrame: when nothing changes, no frame differs from the one before and nothing is sent.
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
