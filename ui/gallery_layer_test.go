package ui

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tintype/ui/picture"
)

// fakeLayer is an image layer that records what it is given.
type fakeLayer struct {
	mu    sync.Mutex
	slots map[int]string // the first cell and the size of the picture in a slot
	sent  map[string]int // how often a picture was sent, by its id

	frames atomic.Int64
}

func (w *fakeLayer) Place(slot int, f picture.Frame, x, y int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.slots[slot] = fmt.Sprint(x, " ", y, " ", len(f.Send), " ", len(f.Lines))
}

func (w *fakeLayer) Remove(slot int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.slots, slot)
}

func (w *fakeLayer) Send(b []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	number := regexp.MustCompile(`i=(\d+)`).FindSubmatch(b)
	w.sent[string(number[1])]++
	return nil
}

func (w *fakeLayer) Flush() error { return nil }

func (w *fakeLayer) Frames() int64 { return w.frames.Load() }

// galleryOnLayer opens the gallery in a terminal of a protocol.
func galleryOnLayer(t *testing.T, p picture.Protocol) (*app, *fakeLayer) {
	s := newAppWithHistory(t, appOptions{w: 80, h: 24}, sampleAlbum()...)
	w := &fakeLayer{slots: map[int]string{}, sent: map[string]int{}}
	s.m.options.Layer = w
	s.m.terminal.Capabilities.Protocol, s.m.terminal.Capabilities.CellWidth, s.m.terminal.Capabilities.CellHeight = p, 9, 18
	s.press("ctrl+g")
	s.wait(5 * time.Second)
	return s, w
}

// expectedPlacements returns the pictures that should be on the layer now.
func (s *app) expectedPlacements() (want []string) {
	for _, p := range s.m.preview.InSight(s.m.screens.Drawn().Pictures().Thumbs) {
		if _, ok := s.m.preview.Frame(p.Tile); ok {
			want = append(want, fmt.Sprint(p.At.X, " ", p.At.Y, " ", len(p.Frame.Send), " ", len(p.Frame.Lines)))
		}
	}
	slices.Sort(want)
	return want
}

// TestGalleryOnKitty: kitty is sent each thumbnail once and shows it by its text. No picture is placed over the text.
func TestGalleryOnKitty(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s, w := galleryOnLayer(t, picture.Kitty)
		s.press("pgdown", "pgup", "down", "up")
		s.wait(time.Second)
		if len(w.sent) < 10 || len(w.slots) > 0 {
			t.Errorf("%d pictures were sent, %d placed", len(w.sent), len(w.slots))
		}
		for number, times := range w.sent {
			if times != 1 {
				t.Errorf("picture %s was sent %d times", number, times)
			}
		}
	})
}

// TestGalleryOnSixel: each picture is in its place, in whatever order they are rendered, and no other picture is left.
func TestGalleryOnSixel(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s, w := galleryOnLayer(t, picture.Sixel)
		for _, keys := range [][]string{{"down"}, {"pgdown"}, {"-"}, {"+", "+"}, {"i"}, {"i", "i", "i"}, {"space", "space", "c"}, {"esc"}} {
			s.press(keys...)
			s.wait(time.Second)
			got := slices.Sorted(maps.Values(w.slots))
			if want := s.expectedPlacements(); len(want) == 0 || !slices.Equal(got, want) {
				t.Fatalf("after %v the layer holds\n%v, want\n%v", keys, got, want)
			}
		}
		s.press("?")
		s.wait(time.Second)
		if len(w.slots) != 0 {
			t.Errorf("over the help are %v", w.slots)
		}
		s.press("esc")
		s.wait(time.Second)
		if len(w.slots) != len(s.expectedPlacements()) {
			t.Errorf("after the help there are %v", w.slots)
		}
	})
}
