package ui

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/layout"
	"tintype/ui/picture"
	"tintype/ui/preview"
)

// prefetchOrder returns the pictures that the program renders next, in order, if each gets a blank frame.
func (s *app) prefetchOrder(most int) (keys []preview.FrameKey) {
	for range most {
		want, missing := s.m.screens.Top().NextPicture()
		if !missing {
			break
		}
		keys = append(keys, want)
		frame := picture.Frame{Lines: slices.Repeat([]string{strings.Repeat("█", want.Box.W)}, want.Box.H)}
		s.m.preview.OnRendered(preview.Rendered{Key: want, Frame: frame})
	}
	return keys
}

// rowsOf returns the rows of the predictions that some frames belong to.
func (s *app) rowsOf(wanted []preview.FrameKey) (rows []int) {
	for _, want := range wanted {
		rows = append(rows, slices.IndexFunc(s.m.list.Keys().All(), func(key string) bool {
			e, _ := s.m.list.Entry(key)
			return slices.ContainsFunc(e.Outputs, func(o history.Output) bool {
				return s.m.session.History.Path(o.Path) == want.Path
			})
		}))
	}
	return rows
}

// TestGalleryNearestFirst: if no picture of a page is ready, the one under the cursor is rendered first, then the one that the next page key
// puts there, then the cursor's row, and then the rest.
func TestGalleryNearestFirst(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 80, h: 24}, manyPredictions(40)...) // 5 across, 2 down
		s.press("ctrl+g", "right", "right")
		s.wait(5 * time.Second)
		s.holdCommands()
		s.m.preview.ClearFrames()
		got := s.rowsOf(s.prefetchOrder(13))
		if want := []int{2, 12, 1, 3, 0, 4, 7, 6, 8, 5, 9, 10, 11}; !slices.Equal(got, want) {
			t.Errorf("rendered in the order %v, want %v", got, want)
		}
		s.press("pgdown", "pgdown", "pgup")
		s.m.preview.ClearFrames()
		if got := s.rowsOf(s.prefetchOrder(2)); !slices.Equal(got, []int{12, 2}) {
			t.Errorf("after page up in the order %v, want 12 and 2", got)
		}
	})
}

// TestGalleryMakesThumbnailsAhead: when it is idle, the gallery makes the thumbnails of some pages ahead, but no frames.
func TestGalleryMakesThumbnailsAhead(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 80, h: 24}, manyPredictions(60)...)
		s.press("ctrl+g")
		s.wait(5 * time.Second)
		if n := s.countThumbnails(); n != 60 {
			t.Fatalf("%d thumbnails at rest, want 60", n)
		}
		far := s.m.preview.Thumb(s.m.list.Keys().At(50), layout.ArrangeGallery(s.m.terminal.W, s.m.terminal.H, layout.AnySize).Cell(0))
		if _, missing := s.m.preview.FirstMissing(far.Tiles); !missing {
			t.Error("the frame of a distant page is kept in memory")
		}
		if want, missing := s.m.screens.Top().NextPicture(); missing {
			t.Errorf("%v is still to be rendered", want)
		}
	})
}

// countThumbnails returns how many thumbnails are on disk.
func (s *app) countThumbnails() int {
	files, _ := os.ReadDir(s.m.session.History.Path(preview.ThumbnailsFolder))
	return len(files)
}

// TestThumbnailWhenShown: a picture that was shown in the preview has a thumbnail, in cells too.
func TestThumbnailWhenShown(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{smallPictures: true})
		s.waitForState(s.develop(uitest.Dusk), history.Done)
		s.wait(2 * time.Second)
		if n := s.countThumbnails(); n != 1 {
			t.Errorf("%d thumbnails of one picture", n)
		}
	})
}

// TestNeighboursArePrefetched: after a pause in the list, the first frame after a key shows the next picture.
func TestNeighboursArePrefetched(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, manyPredictions(20)...)
		s.press("esc", "down", "down", "down")
		s.wait(5 * time.Second)
		s.holdCommands()
		for _, key := range []string{"down", "down", "up", "up", "up", "up"} {
			s.sendKey(key)
			if shown := s.m.preview.Shown().Key; shown != s.m.list.Cursor() {
				t.Fatalf("after %s the preview shows %q, want %q", key, shown, s.m.list.Cursor())
			}
		}
		s.sendKey("enter")
		if tiles := s.m.preview.Shown().Tiles; len(tiles) != 1 || tiles[0].Box.W != s.m.layout.Full.W {
			t.Errorf("enter shows %v", tiles)
		}
	})
}

// TestFormPrefetchesNothing: while the form has the focus, only pictures in sight are decoded.
func TestFormPrefetchesNothing(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, manyPredictions(20)...)
		s.wait(5 * time.Second)
		if n := s.countThumbnails(); n > 1 {
			t.Errorf("%d thumbnails were made", n)
		}
	})
}

// TestDraftThenPixels: a picture is drawn in cells at once, and in pixels when the user has paused; until then the terminal is sent no
// pixels.
func TestDraftThenPixels(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{appearance: Appearance{Graphics: "kitty"}, smallPictures: true})
		first := s.develop("a sea at night")
		s.waitForState(first, history.Done)
		s.waitForState(s.develop("a sea in the morning"), history.Done)
		s.wait(2 * preview.MinDisplay)
		s.m.preview.ClearFrames()
		s.sendKey("pgdown")
		s.settle()
		if shown := s.m.preview.Shown(); shown.Key != first || len(shown.Tiles) != 1 {
			t.Fatalf("shown is %+v", shown)
		}
		tile := s.m.preview.Shown().Tiles[0]
		if _, ok := s.m.preview.FrameOrDraft(tile); !ok {
			t.Fatal("there is no draft at once")
		}
		if _, ok := s.m.preview.Frame(tile); ok {
			t.Fatal("there are pixels before a pause")
		}
		s.wait(2 * preview.SharpenDelay)
		if _, ok := s.m.preview.Frame(tile); !ok {
			t.Fatal("there are no pixels after a pause")
		}
	})
}
