package layout

import (
	"math/rand/v2"
	"testing"

	"tintype/ui/cell"
)

func same(n, w, h int) []Shape {
	shapes := make([]Shape, n)
	for i := range shapes {
		shapes[i] = Shape{w, h}
	}
	return shapes
}

// TestArrangePictures: the number of columns follows from the proportions of pictures and room.
func TestArrangePictures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		room          cell.Rect
		shapes        []Shape
		columns, rows int
	}{
		{"three portraits are in a row", cell.Rect{W: 150, H: 38}, same(3, 4, 5), 3, 1},
		{"three landscapes are above each other", cell.Rect{W: 60, H: 46}, same(3, 16, 9), 1, 3},
		{"four squares in a square", cell.Rect{W: 72, H: 36}, same(4, 1, 1), 2, 2},
		{"four squares in a wide room", cell.Rect{W: 160, H: 20}, same(4, 1, 1), 4, 1},
		{"four tall ones", cell.Rect{W: 105, H: 46}, same(4, 9, 16), 2, 2},
		{"one", cell.Rect{W: 80, H: 24}, same(1, 1, 1), 1, 1},
		{"two unknown ones", cell.Rect{W: 80, H: 20}, make([]Shape, 2), 2, 1},
		{"as much area, no empty place", cell.Rect{W: 66, H: 31}, same(4, 1, 1), 2, 2},
	} {
		if g := ArrangePictures(c.room, c.shapes, 2, 0); g.Columns != c.columns || g.Rows != c.rows {
			t.Errorf("%s: %d×%d, want %d×%d", c.name, g.Columns, g.Rows, c.columns, c.rows)
		}
	}
	if g := ArrangePictures(cell.Rect{W: 9, H: 9}, nil, 2, 0); g.Columns != 0 {
		t.Errorf("no picture has %d columns", g.Columns)
	}
}

// TestGridProperties: whatever the room and the pictures, cells are equal, in the room and apart from each other, with the same gutters,
// the block is in the middle, and no other number of columns gives the pictures more area.
func TestGridProperties(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	number := func(from, to int) int { return from + random.IntN(to-from+1) }
	for range 600 {
		room := cell.Rect{X: number(0, 9), Y: number(0, 9), W: number(24, 220), H: number(14, 70)}
		shapes := make([]Shape, number(1, 4))
		for i := range shapes {
			shapes[i] = Shape{number(0, 21), number(0, 21)}
		}
		aspect, under := 1.5+random.Float64(), number(0, 1)
		g := ArrangePictures(room, shapes, aspect, under)
		if again := ArrangePictures(room, shapes, aspect, under); again != g {
			t.Fatalf("%+v, then %+v", g, again)
		}
		checkGrid(t, g, room, len(shapes), under)
		_, most := gridOf(room, shapes, g.Columns, aspect, under)
		for columns := range len(shapes) {
			if _, area := gridOf(room, shapes, columns+1, aspect, under); area > most*(1+1e-6) {
				t.Fatalf("%d columns have the area %g, %d columns %g", g.Columns, most, columns+1, area)
			}
		}
		if area := areaIn(g, shapes, aspect); area < most*(1-1/float64(g.Cell(0).W)-1/float64(g.Cell(0).H)) {
			t.Fatalf("in %+v pictures have the area %g of %g", g.Cell(0), area, most) // whole cells cost less than one each way
		}
	}
}

// checkGrid checks where the cells of a grid are.
func checkGrid(t *testing.T, g Grid, room cell.Rect, n, under int) {
	t.Helper()
	first, last := g.Cell(0), g.Cell(n-1)
	right := g.Cell(g.Columns - 1).Right()
	for i := range n {
		c, text := g.Cell(i), g.Under(i)
		if c.W != first.W || c.H != first.H || c.Empty() || !c.Within(room) {
			t.Fatalf("picture %d has %+v in %+v, the first %+v", i, c, room, first)
		}
		if text.H != under || text.Y != c.Bottom() || text.X != c.X || text.W != c.W || text.Bottom() > room.Bottom() {
			t.Fatalf("the text of picture %d at %+v has %+v", i, c, text)
		}
		if i > 0 && i%g.Columns > 0 && c.X-g.Cell(i-1).Right() != gutterColumns {
			t.Fatalf("picture %d is %d columns from the one before", i, c.X-g.Cell(i-1).Right())
		}
		if i >= g.Columns && c.Y-g.Under(i-g.Columns).Bottom() != gutterRows {
			t.Fatalf("picture %d is %d rows from the one above", i, c.Y-g.Under(i-g.Columns).Bottom())
		}
		for j := range i {
			if other := g.Cell(j); other.Overlaps(c) || other.Overlaps(text) {
				t.Fatalf("pictures %d and %d overlap", i, j)
			}
		}
		if at, ok := g.At(c.X, c.Bottom()-1); !ok || at != i {
			t.Fatalf("a click on picture %d is for %d, %v", i, at, ok)
		}
	}
	if l, r := first.X-room.X, room.Right()-right; r-l < 0 || r-l > 1 {
		t.Fatalf("%d columns are free at the left, %d at the right", l, r)
	}
	if above, below := first.Y-room.Y, room.Bottom()-last.Bottom()-under; below-above < 0 || below-above > 1 {
		t.Fatalf("%d rows are free above, %d below", above, below)
	}
}

// areaIn is what pictures fill in the cells of a grid, in cells.
func areaIn(g Grid, shapes []Shape, aspect float64) (area float64) {
	for i, s := range shapes {
		w, h := s.fit(g.Cell(i).W, g.Cell(i).H, aspect)
		area += w * h
	}
	return area
}
