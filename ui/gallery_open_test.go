package ui

import (
	"strings"
	"testing"
	"time"

	"tintype/ui/layout"
)

// pictureCells returns how many cells of the screen show a picture.
func (s *app) pictureCells() int {
	n := 0
	for _, r := range s.screenText() {
		if strings.ContainsRune("▀▄▌▐▖▗▘▙▚▛▜▝▞▟█▁▂▃▅▆▇▏▎▍▋▊▉", r) {
			n++
		}
	}
	return n
}

// TestGalleryOpensWithoutABlank: once the gallery is idle, the frame after enter has the picture. Before that the gallery is drawn until
// the picture is ready. Moving on from picture to picture, and going back, leave no frame without a picture.
func TestGalleryOpensWithoutABlank(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, manyPredictions(40)...)
		s.press("ctrl+g")
		s.wait(5 * time.Second)
		s.holdCommands()
		s.sendKey("enter")
		if s.m.screens.Drawn() != s.m.screens.full || s.pictureCells() < 8 {
			t.Fatalf("enter leaves the screen empty:\n%s", s.screenText())
		}
		s.sendKey("esc")
		s.press("right", "down", "enter")
		s.expectText("Gallery", "40")
		if s.m.screens.Top() != s.m.screens.full {
			t.Fatal("enter did not open")
		}
		s.releaseCommands()
		s.expectNoText("Gallery")
		frames := 0
		s.onUpdate = func() {
			if frames++; s.pictureCells() < 8 {
				t.Errorf("frame %d is empty:\n%s", frames, s.screenText())
			}
		}
		for range 12 {
			s.sendKey("right")
			s.wait(30 * time.Millisecond)
		}
		s.press("left", "left", "esc", "enter", "esc")
	})
}

// TestGalleryKeepsItsSize: the size of thumbnails that was chosen is there again after a restart.
func TestGalleryKeepsItsSize(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, manyPredictions(3)...)
		s.press("ctrl+g")
		usual := layout.ArrangeGallery(s.m.terminal.W, s.m.terminal.H, layout.AnySize).Size
		s.press("+")
		s.wait(3 * time.Second)
		again := newApp(t, appOptions{dir: s.copyFolder()})
		again.press("ctrl+g")
		if got := again.m.screens.gallery.Size() + layout.AnySize; got != usual+1 {
			t.Errorf("after a restart thumbnails have size %d, want %d", got, usual+1)
		}
	})
}
