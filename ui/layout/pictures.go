package layout

import (
	"math"

	"tintype/ui/cell"
)

// The gap between two pictures in a grid, in cells. A cell is about twice as high as wide, so both look alike.
const (
	gutterColumns = 2
	gutterRows    = 1
)

// Shape is the proportions of a picture: its width and height in any unit, usually pixels. The zero Shape is a square.
type Shape struct{ W, H int }

// columnsPerRow is how many cells a picture is wide for each that it is high. cellAspect is the height of a cell for each unit of its
// width.
func (s Shape) columnsPerRow(cellAspect float64) float64 {
	if s.W <= 0 || s.H <= 0 {
		return cellAspect
	}
	return float64(s.W) / float64(s.H) * cellAspect
}

// fit returns the largest size that the picture has in a box of cells.
func (s Shape) fit(w, h int, cellAspect float64) (fw, fh float64) {
	ratio := s.columnsPerRow(cellAspect)
	if float64(w) <= ratio*float64(h) {
		return float64(w), float64(w) / ratio
	}
	return float64(h) * ratio, float64(h)
}

// Grid is an arrangement of pictures that get equal cells, in the middle of a room.
type Grid struct {
	Columns, Rows int
	count         int
	first         cell.Rect // the cell of the first picture
	under         int       // rows of text under each picture
}

// ArrangePictures places pictures in a room: of all numbers of columns it chooses the one that gives the pictures the largest area, with a
// small gutter between them, which looks the same both ways. under is how many rows of text each picture has under it. cellAspect is the
// height of a cell for each unit of its width.
//
//	░░░░░░░░  ░░░░░░░░  ░░░░░░░░      ░░░░░░░░░░░░░░░  ░░░░░░░░░░░░░░░
//	░░░░░░░░  ░░░░░░░░  ░░░░░░░░      ░░░░░░░░░░░░░░░  ░░░░░░░░░░░░░░░
//	░░░░░░░░  ░░░░░░░░  ░░░░░░░░
//	░░░░░░░░  ░░░░░░░░  ░░░░░░░░      ░░░░░░░░░░░░░░░
//	░░░░░░░░  ░░░░░░░░  ░░░░░░░░      ░░░░░░░░░░░░░░░
func ArrangePictures(room cell.Rect, shapes []Shape, cellAspect float64, under int) Grid {
	var best Grid
	most, holes := -1.0, 0
	for columns := len(shapes); columns > 0; columns-- {
		g, area := gridOf(room, shapes, columns, cellAspect, under)
		empty := g.Columns*g.Rows - g.count
		if area > most*(1+1e-9) || area >= most*(1-1e-9) && empty < holes {
			best, most, holes = g, area, empty
		}
	}
	return best
}

// gridOf places pictures in a number of columns. area is what all of them fill, in cells.
func gridOf(room cell.Rect, shapes []Shape, columns int, cellAspect float64, under int) (g Grid, area float64) {
	n := len(shapes)
	g = Grid{Columns: columns, Rows: (n + columns - 1) / columns, count: n, under: under}
	w := max((room.W-(g.Columns-1)*gutterColumns)/g.Columns, 0)
	h := max((room.H-(g.Rows-1)*gutterRows)/g.Rows-under, 0)
	widest, highest := 0.0, 0.0
	for _, s := range shapes {
		fw, fh := s.fit(w, h, cellAspect)
		area += fw * fh
		widest, highest = max(widest, fw), max(highest, fh)
	}
	g.first.W, g.first.H = min(nearestCells(widest), w), min(nearestCells(highest), h)
	block := g.Cell(columns - 1).Right()
	g.first.X = room.X + max(room.W-block, 0)/2
	g.first.Y = room.Y + max(room.H-g.Cell(n-1).Bottom()-under, 0)/2
	return g, area
}

// nearestCells rounds as package picture does for the size of a picture; a picture that has any room has one cell.
func nearestCells(n float64) int {
	if n <= 0 {
		return 0
	}
	return max(1, int(math.Ceil(n-0.5)))
}

// Cell returns the place of the i-th picture. A picture that is narrower or lower than others is in the middle of it.
func (g Grid) Cell(i int) cell.Rect {
	r := g.first
	r.X += i % max(g.Columns, 1) * (r.W + gutterColumns)
	r.Y += i / max(g.Columns, 1) * (r.H + g.under + gutterRows)
	return r
}

// Under returns the rows of text under the i-th picture, as wide as its cell.
func (g Grid) Under(i int) cell.Rect {
	c := g.Cell(i)
	return cell.Rect{X: c.X, Y: c.Bottom(), W: c.W, H: g.under}
}

// At returns the picture at a cell of the screen, or whose text is there; ok is false where there is none.
func (g Grid) At(x, y int) (i int, ok bool) {
	for i := range g.count {
		c := g.Cell(i)
		c.H += g.under
		if c.Contains(x, y) {
			return i, true
		}
	}
	return 0, false
}
