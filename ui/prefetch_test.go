package ui

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/picture"
	"tintype/ui/preview"
)

// nextPictures is what the program makes ready, in order, while nothing comes of it but an empty frame each time.
func (s *sitting) nextPictures(most int) (keys []preview.FrameKey) {
	for range most {
		want, missing := s.m.nextPicture()
		if !missing {
			break
		}
		keys = append(keys, want)
		frame := picture.Frame{Lines: slices.Repeat([]string{strings.Repeat("█", want.Box.W)}, want.Box.H)}
		s.m.preview.OnRendered(preview.Rendered{Key: want, Frame: frame})
	}
	return keys
}

// rowsOf is where the predictions of some frames stand in the list.
func (s *sitting) rowsOf(wanted []preview.FrameKey) (rows []int) {
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

// TestGalleryNearestFirst: of a page of which nothing is ready, the picture under the cursor comes first, then the one that the
// next page begins with, then the cursor's row, and then the rest.
func TestGalleryNearestFirst(t *testing.T) {
	story(t, func(t *testing.T) {
		s := furnished(t, table{w: 80, h: 24}, manyPasts(40)...) // 5 across, 2 down
		s.press("ctrl+g", "right", "right")
		s.wait(5 * time.Second)
		s.hold()
		s.m.preview.ClearFrames()
		got := s.rowsOf(s.nextPictures(13))
		if want := []int{2, 12, 1, 3, 0, 4, 7, 6, 8, 5, 9, 10, 11}; !slices.Equal(got, want) {
			t.Errorf("made ready in the order %v, want %v", got, want)
		}
		s.press("pgdown", "pgdown", "pgup")
		s.m.preview.ClearFrames()
		if got := s.rowsOf(s.nextPictures(2)); !slices.Equal(got, []int{12, 2}) {
			t.Errorf("after page up in the order %v, want 12 and 2", got)
		}
	})
}

// TestGalleryMakesThumbnailsAhead: at rest the gallery makes the thumbnails of some pages ahead, and leaves their frames for later.
func TestGalleryMakesThumbnailsAhead(t *testing.T) {
	story(t, func(t *testing.T) {
		s := furnished(t, table{w: 80, h: 24}, manyPasts(60)...)
		s.press("ctrl+g")
		s.wait(5 * time.Second)
		if n := s.countThumbnails(); n != 60 {
			t.Fatalf("%d thumbnails at rest, want 60", n)
		}
		far := s.m.preview.Thumb(s.m.list.Keys().At(50), s.m.sheet().Cell(0))
		if _, missing := s.m.preview.FirstMissing(far.Tiles); !missing {
			t.Error("the frame of a page far away is kept in memory")
		}
		if want, missing := s.m.nextPicture(); missing {
			t.Errorf("at rest there is still %v to make", want)
		}
	})
}

// countThumbnails is how many there are on the disk.
func (s *sitting) countThumbnails() int {
	files, _ := os.ReadDir(s.m.session.History.Path(preview.ThumbnailsFolder))
	return len(files)
}

// TestThumbnailWhenShown: a picture that was on the stage has its thumbnail, in cells too.
func TestThumbnailWhenShown(t *testing.T) {
	story(t, func(t *testing.T) {
		s := sit(t, table{small: true})
		s.state(s.develop(uitest.Dusk), history.Done)
		s.wait(2 * time.Second)
		if n := s.countThumbnails(); n != 1 {
			t.Errorf("%d thumbnails of one picture", n)
		}
	})
}

// TestNeighboursArePrefetched: at rest in the list, the next picture stands on the stage in the very frame of the key.
func TestNeighboursArePrefetched(t *testing.T) {
	story(t, func(t *testing.T) {
		s := furnished(t, table{}, manyPasts(20)...)
		s.press("esc", "down", "down", "down")
		s.wait(5 * time.Second)
		s.hold()
		for _, key := range []string{"down", "down", "up", "up", "up", "up"} {
			s.key(key)
			if shown := s.m.preview.Shown().Key; shown != s.m.list.Cursor() {
				t.Fatalf("%s leaves %q on the stage, want %q", key, shown, s.m.list.Cursor())
			}
		}
		s.key("enter")
		if tiles := s.m.preview.Shown().Tiles; len(tiles) != 1 || tiles[0].Box.W != s.m.layout.Full.W {
			t.Errorf("enter shows %v", tiles)
		}
	})
}

// TestFormPrefetchesNothing: who writes has no pictures decoded that nobody looks at.
func TestFormPrefetchesNothing(t *testing.T) {
	story(t, func(t *testing.T) {
		s := furnished(t, table{}, manyPasts(20)...)
		s.wait(5 * time.Second)
		if n := s.countThumbnails(); n > 1 {
			t.Errorf("%d thumbnails were made", n)
		}
	})
}

// manyPasts are n predictions with a picture each.
func manyPasts(n int) (pasts []past) {
	for i := range n {
		pasts = append(pasts, past{ago: time.Duration(n-i) * time.Hour, prompt: uitest.Dusk, took: 1.2, cost: 0.003, seed: int64(i)})
	}
	return pasts
}
