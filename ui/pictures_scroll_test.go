package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/picture"
)

// TestLargePictureLeavesSidebar: after the full screen is closed, its picture does not cover the sidebar while the smaller one is rendered.
func TestLargePictureLeavesSidebar(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, sampleAlbum()...)
		s.press("esc", "ctrl+g", "G", "enter")
		s.wait(time.Second)
		s.holdCommands()
		s.press("esc", "esc")
		s.expectText("about $0.003", "y copy")
		s.expectNoText("▀")
		s.releaseCommands()
	})
}

// scrollBytes bounds what the program may write when a list on a screen of 80×24 scrolls by a notch beside a picture. On 120×40 there are
// 23 rows to write instead of 14, of 77 bytes each: 36 of text, 31 for two colours, 5 to move the cursor.
const (
	scrollBytes     = 1500
	scrollBytesHigh = 1810
)

// TestScrollingBesidePicture: a list that scrolls beside a picture neither moves nor repaints it.
func TestScrollingBesidePicture(t *testing.T) {
	t.Parallel()
	for _, protocol := range append(pixelProtocols, picture.Blocks) {
		t.Run(string(protocol), func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := runInEmulator(t, protocol, 60)
				s.typeKeys(keyEsc)
				s.checkScrolling(scrollBytesHigh)
				s.resizeTo(80, 24)
				s.checkScrolling(scrollBytes)
			})
		})
	}
}

// checkScrolling turns the wheel over the list and counts the bytes of each notch.
func (s *liveProgram) checkScrolling(most int) {
	s.t.Helper()
	at := s.m.layout.List
	for step := range 6 {
		bytes, pictures, top := s.bytesWritten, s.pictureBytes, s.m.list.Top()
		s.p.Send(tea.MouseWheelMsg{X: at.X + 2, Y: at.Y + 2, Button: tea.MouseWheelDown})
		s.rest()
		if s.m.list.Top() == top {
			s.t.Fatalf("step %d did not scroll", step)
		}
		if n := s.bytesWritten - bytes; n > most || s.pictureBytes != pictures {
			s.t.Errorf("step %d wrote %d bytes, %d of them pictures, want at most %d and none", step, n, s.pictureBytes-pictures, most)
		}
		if s.protocol != picture.Blocks {
			s.checkPictures("beside a scrolled list", 1)
		}
	}
}
