package ui

import "testing"

// TestSheet holds the gallery's counts to the table of interaction.md.
func TestSheet(t *testing.T) {
	for _, c := range []struct {
		w, h, size         int
		across, down, tall int
		wide               int
	}{
		{160, 50, anySize, 7, 3, 11, 22},
		{120, 40, anySize, 5, 3, 11, 23},
		{80, 24, anySize, 5, 2, 7, 15},
		{40, 12, anySize, 2, 1, 8, 19},
		{160, 50, 0, 10, 5, 7, 15},
		{160, 50, 2, 5, 2, 15, 31},
		{160, 50, 3, 3, 1, 26, 52},
		{80, 24, 3, 1, 1, 20, 80},
		{30, 8, anySize, 2, 1, 4, 14},
	} {
		s := arrangeSheet(c.w, c.h, c.size)
		if s.across != c.across || s.down != c.down || s.w != c.wide || s.h != c.tall {
			t.Errorf("%d×%d at size %d has %d×%d of %d×%d cells, want %d×%d of %d×%d",
				c.w, c.h, c.size, s.across, s.down, s.w, s.h, c.across, c.down, c.wide, c.tall)
		}
	}
}

// TestSheetCells checks that no two thumbnails share a cell and all stand between the header and the facts.
func TestSheetCells(t *testing.T) {
	for w := 30; w <= 210; w += 7 {
		for h := 8; h <= 70; h += 3 {
			for size := anySize; size < len(thumbnailColumns); size++ {
				checkSheet(t, w, h, arrangeSheet(w, h, size))
			}
		}
	}
}

func checkSheet(t *testing.T, w, h int, s sheet) {
	t.Helper()
	taken := map[[2]int]bool{}
	for i := range s.page() {
		c := s.cell(i)
		c.h++ // its caption
		if c.x < 0 || c.right() > w || c.y < 1 || c.bottom() > h-2 {
			t.Fatalf("%d×%d: thumbnail %d stands at %+v", w, h, i, c)
		}
		for y := c.y; y < c.bottom(); y++ {
			for x := c.x; x < c.right(); x++ {
				if taken[[2]int{x, y}] {
					t.Fatalf("%d×%d: two thumbnails at %d, %d", w, h, x, y)
				}
				taken[[2]int{x, y}] = true
				if at, ok := s.at(x, y); !ok || at != i {
					t.Fatalf("%d×%d: at %d, %d is %d, want %d", w, h, x, y, at, i)
				}
			}
		}
	}
}

// TestSheetCaption is the row of the sketch: captions of the first row stand in row 9 of 80×24.
func TestSheetCaption(t *testing.T) {
	s := arrangeSheet(80, 24, anySize)
	if got := s.caption(1); got != (rect{16, 9, 15, 1}) {
		t.Errorf("the second caption stands at %+v", got)
	}
}

// TestComparisonPlaces holds the places of a comparison to interaction.md.
func TestComparisonPlaces(t *testing.T) {
	for _, c := range []struct {
		w, h, n int
		single  bool
		last    rect
	}{
		{120, 40, 2, false, rect{61, 2, 59, 29}},
		{160, 50, 2, false, rect{81, 2, 79, 39}},
		{80, 24, 2, false, rect{41, 2, 39, 13}},
		{120, 40, 3, false, rect{0, 17, 59, 14}},
		{120, 40, 4, false, rect{61, 17, 59, 14}},
		{71, 40, 2, true, rect{0, 1, 71, 31}},
		{40, 12, 4, true, rect{0, 1, 40, 7}},
		{120, 14, 2, true, rect{0, 1, 120, 9}},
	} {
		l := arrangeComparison(c.w, c.h, c.n)
		if len(l.cells) != c.n || l.single != c.single || l.cells[c.n-1] != c.last {
			t.Errorf("%d of %d×%d: %+v, want the last at %+v", c.n, c.w, c.h, l, c.last)
		}
		for i, cell := range l.cells {
			if cell.w != l.cells[0].w || cell.h != l.cells[0].h || l.captions[i].y != cell.bottom() || l.words.y <= l.captions[i].y {
				t.Errorf("%d of %d×%d: %d is %+v with %+v", c.n, c.w, c.h, i, cell, l)
			}
		}
		if l.words.bottom() != c.h-1 {
			t.Errorf("%d×%d: what differs ends at %d", c.w, c.h, l.words.bottom())
		}
	}
}
