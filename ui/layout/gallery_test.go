package layout

import (
	"testing"

	"tintype/ui/cell"
)

// TestSheet: how many thumbnails of which size fit on a screen.
func TestGallerySizes(t *testing.T) {
	for _, c := range []struct {
		w, h, size         int
		across, down, tall int
		wide               int
	}{
		{160, 50, AnySize, 5, 3, 13, 26},
		{120, 40, AnySize, 5, 3, 10, 20},
		{80, 24, AnySize, 5, 2, 7, 14},
		{40, 12, AnySize, 2, 1, 8, 16},
		{160, 50, 0, 10, 5, 7, 14},
		{160, 50, 2, 5, 3, 13, 26},
		{160, 50, 3, 4, 2, 19, 38},
		{120, 40, 3, 2, 1, 29, 58},
		{80, 24, 3, 2, 1, 18, 36},
		{30, 8, AnySize, 3, 1, 4, 8},
	} {
		s := ArrangeGallery(c.w, c.h, c.size)
		if s.Across != c.across || s.Down != c.down || s.first.W != c.wide || s.first.H != c.tall {
			t.Errorf("%d×%d at size %d has %d×%d of %d×%d cells, want %d×%d of %d×%d",
				c.w, c.h, c.size, s.Across, s.Down, s.first.W, s.first.H, c.across, c.down, c.wide, c.tall)
		}
	}
}

// TestThumbnailsDoNotOverlap checks that no two thumbnails share a cell, and all are between the header and the facts.
func TestThumbnailsDoNotOverlap(t *testing.T) {
	t.Parallel()
	for w := 30; w <= 210; w += 7 {
		for h := 8; h <= 70; h += 3 {
			for size := AnySize; size < len(ThumbnailColumns); size++ {
				checkGallery(t, w, h, ArrangeGallery(w, h, size))
			}
		}
	}
}

// TestThumbnailsFillTheScreen: at every size the thumbnails are squares, fill most of the screen, are in its middle, and have room for a
// frame that covers no other thumbnail or caption.
func TestThumbnailsFillTheScreen(t *testing.T) {
	t.Parallel()
	for w := 60; w <= 220; w += 8 {
		for h := 20; h <= 70; h += 5 {
			for size := AnySize; size < len(ThumbnailColumns); size++ {
				s := ArrangeGallery(w, h, size)
				first, last := s.Frame(0), s.Frame(s.Page()-1)
				if share := float64(s.Page()*s.first.W*s.first.H) / float64(w*s.Room.H); share < 0.45 || s.first.W != 2*s.first.H {
					t.Fatalf("%d×%d at size %d: %d×%d of %+v fill %.2f", w, h, size, s.Across, s.Down, s.first, share)
				}
				right, below := w-last.Right(), s.Room.Bottom()-last.Bottom()
				if right-first.X > 1 || right < first.X || below-(first.Y-s.Room.Y) > 1 || below < first.Y-s.Room.Y {
					t.Fatalf("%d×%d at size %d: from %+v to %+v is not in the middle", w, h, size, first, last)
				}
				for i := range s.Page() {
					if i > 0 && s.Frame(i-1).Right() > s.Cell(i).X && i%s.Across > 0 || i >= s.Across && s.Caption(i-s.Across).Bottom() > s.Frame(i).Y {
						t.Fatalf("%d×%d at size %d: the frame of %d covers another thumbnail", w, h, size, i)
					}
				}
			}
		}
	}
}

func checkGallery(t *testing.T, w, h int, s Gallery) {
	t.Helper()
	taken := map[[2]int]bool{}
	for i := range s.Page() {
		c := s.Cell(i)
		c.H++ // its caption
		if c.X < 0 || c.Right() > w || c.Y < 1 || c.Bottom() > h-2 {
			t.Fatalf("%d×%d: thumbnail %d is at %+v", w, h, i, c)
		}
		for y := c.Y; y < c.Bottom(); y++ {
			for x := c.X; x < c.Right(); x++ {
				if taken[[2]int{x, y}] {
					t.Fatalf("%d×%d: two thumbnails at %d, %d", w, h, x, y)
				}
				taken[[2]int{x, y}] = true
				if at, ok := s.At(x, y); !ok || at != i {
					t.Fatalf("%d×%d: at %d, %d is %d, want %d", w, h, x, y, at, i)
				}
			}
		}
	}
}

// TestCaptionPlace: on 80×24 the captions of the first row of thumbnails are in row 10.
func TestCaptionPlace(t *testing.T) {
	t.Parallel()
	s := ArrangeGallery(80, 24, AnySize)
	if got := s.Caption(1); got != (cell.Rect{X: 17, Y: 10, W: 14, H: 1}) {
		t.Errorf("the second caption is at %+v", got)
	}
}

// TestComparisonPlaces: whether compared pictures are side by side, and where the last one is.
// TestComparePlaces: the pictures get the room that the text leaves, and the text is below them.
func TestComparePlaces(t *testing.T) {
	portraits, landscapes := []Shape{{4, 5}, {4, 5}, {4, 5}, {4, 5}}, []Shape{{16, 9}, {16, 9}, {16, 9}, {16, 9}}
	for _, c := range []struct {
		w, h, n, text   int
		shapes          []Shape
		single, columns bool
		last            cell.Rect
	}{
		{150, 48, 3, 3, portraits, false, true, cell.Rect{X: 101, Y: 6, W: 48, H: 30}},
		{120, 40, 2, 1, portraits, false, true, cell.Rect{X: 61, Y: 2, W: 53, H: 33}},
		{120, 40, 2, 0, portraits, false, true, cell.Rect{X: 61, Y: 2, W: 58, H: 36}},
		{120, 40, 4, 6, landscapes, false, false, cell.Rect{X: 61, Y: 17, W: 46, H: 13}},
		{80, 24, 2, 5, portraits, false, true, cell.Rect{X: 41, Y: 2, W: 22, H: 14}},
		{71, 40, 2, 5, portraits, true, false, cell.Rect{X: 0, Y: 1, W: 71, H: 32}},
		{40, 12, 4, 5, portraits, true, false, cell.Rect{X: 0, Y: 1, W: 40, H: 7}},
		{40, 12, 4, 0, portraits, true, false, cell.Rect{X: 0, Y: 1, W: 40, H: 9}},
		{120, 10, 2, 5, portraits, true, false, cell.Rect{X: 0, Y: 1, W: 120, H: 6}},
	} {
		l := ArrangeCompare(c.w, c.h, c.shapes[:c.n], 2, c.text)
		if len(l.Cells) != c.n || l.Single != c.single || l.Columns != c.columns || l.Cells[c.n-1] != c.last {
			t.Errorf("%d of %d×%d: %+v, want the last at %+v", c.n, c.w, c.h, l, c.last)
		}
		for i, cell := range l.Cells {
			if cell.W != l.Cells[0].W || cell.H != l.Cells[0].H || l.Captions[i].Y != cell.Bottom() || c.text > 0 && l.Differences.Y <= l.Captions[i].Y {
				t.Errorf("%d of %d×%d: %d is %+v with %+v", c.n, c.w, c.h, i, cell, l)
			}
		}
		if c.text > 0 && l.Differences.Bottom() > c.h-1 {
			t.Errorf("%d×%d: what differs ends at %d", c.w, c.h, l.Differences.Bottom())
		}
	}
}

// TestCompareCaptions: a caption is right under its picture, whatever the shapes of the others are.
func TestCompareCaptions(t *testing.T) {
	l := ArrangeCompare(120, 40, []Shape{{16, 9}, {9, 16}}, 2, 4)
	if c := l.Captions[0]; c.X != l.Cells[0].X || c.Y >= l.Cells[0].Bottom() || c.Right() != l.Cells[1].X-1 {
		t.Errorf("the caption of the landscape is at %+v, its cell at %+v", c, l.Cells[0])
	}
	if c := l.Captions[1]; c.X <= l.Cells[1].X || c.Y != l.Cells[1].Bottom() || c.Right() != 119 {
		t.Errorf("the caption of the portrait is at %+v, its cell at %+v", c, l.Cells[1])
	}
	if i, ok := l.At(l.Captions[0].X, l.Captions[0].Y); !ok || i != 0 {
		t.Errorf("a click on the first caption is for %d, %v", i, ok)
	}
}
