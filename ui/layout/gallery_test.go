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
		{160, 50, AnySize, 7, 3, 11, 22},
		{120, 40, AnySize, 5, 3, 11, 23},
		{80, 24, AnySize, 5, 2, 7, 15},
		{40, 12, AnySize, 2, 1, 8, 19},
		{160, 50, 0, 10, 5, 7, 15},
		{160, 50, 2, 5, 2, 15, 31},
		{160, 50, 3, 3, 1, 26, 52},
		{80, 24, 3, 1, 1, 20, 80},
		{30, 8, AnySize, 2, 1, 4, 14},
	} {
		s := ArrangeGallery(c.w, c.h, c.size)
		if s.Across != c.across || s.Down != c.down || s.w != c.wide || s.h != c.tall {
			t.Errorf("%d×%d at size %d has %d×%d of %d×%d cells, want %d×%d of %d×%d",
				c.w, c.h, c.size, s.Across, s.Down, s.w, s.h, c.across, c.down, c.wide, c.tall)
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

// TestCaptionPlace: on 80×24 the captions of the first row of thumbnails are in row 9.
func TestCaptionPlace(t *testing.T) {
	t.Parallel()
	s := ArrangeGallery(80, 24, AnySize)
	if got := s.Caption(1); got != (cell.Rect{X: 16, Y: 9, W: 15, H: 1}) {
		t.Errorf("the second caption is at %+v", got)
	}
}

// TestComparisonPlaces: whether compared pictures are side by side, and where the last one is.
func TestComparePlaces(t *testing.T) {
	for _, c := range []struct {
		w, h, n int
		single  bool
		last    cell.Rect
	}{
		{120, 40, 2, false, cell.Rect{X: 61, Y: 2, W: 59, H: 29}},
		{160, 50, 2, false, cell.Rect{X: 81, Y: 2, W: 79, H: 39}},
		{80, 24, 2, false, cell.Rect{X: 41, Y: 2, W: 39, H: 13}},
		{120, 40, 3, false, cell.Rect{X: 0, Y: 17, W: 59, H: 14}},
		{120, 40, 4, false, cell.Rect{X: 61, Y: 17, W: 59, H: 14}},
		{71, 40, 2, true, cell.Rect{X: 0, Y: 1, W: 71, H: 31}},
		{40, 12, 4, true, cell.Rect{X: 0, Y: 1, W: 40, H: 7}},
		{120, 14, 2, true, cell.Rect{X: 0, Y: 1, W: 120, H: 9}},
	} {
		l := ArrangeCompare(c.w, c.h, c.n)
		if len(l.Cells) != c.n || l.Single != c.single || l.Cells[c.n-1] != c.last {
			t.Errorf("%d of %d×%d: %+v, want the last at %+v", c.n, c.w, c.h, l, c.last)
		}
		for i, cell := range l.Cells {
			if cell.W != l.Cells[0].W || cell.H != l.Cells[0].H || l.Captions[i].Y != cell.Bottom() || l.Differences.Y <= l.Captions[i].Y {
				t.Errorf("%d of %d×%d: %d is %+v with %+v", c.n, c.w, c.h, i, cell, l)
			}
		}
		if l.Differences.Bottom() != c.h-1 {
			t.Errorf("%d×%d: what differs ends at %d", c.w, c.h, l.Differences.Bottom())
		}
	}
}
