package sheet

import (
	"math"
	"slices"

	"tintype/ui/cell"
	"tintype/ui/plan"
	"tintype/ui/preview"
	"tintype/ui/screen"
	"tintype/ui/text"
)

// grid is where the cells of a table are: under the labels of the columns, and at the right of those of the rows. Each cell has a caption
// of one row below it, and room for a frame around both.
type grid struct {
	room           cell.Rect // of labels and cells
	labelW, labelH int
	shift          int // columns before the labels of the rows
	w, h           int // of a cell without its caption
	edge           int // rows of a frame above and below; neighbours share them
	across, downs  int // cells in sight
	top, left      int // the first ones
}

const (
	leastHeight = 3  // rows of a cell
	mostHeight  = 24 // rows
	leastWidth  = 12 // columns, for the words in a cell
	gap         = 2  // columns between cells, for the sides of a frame
)

// layout is what a grid depends on beside the first cells in sight.
type layout struct {
	plan          *plan.Plan
	rows, columns int
	w, h, zoom    int
}

// grid returns the layout of the table: as large as fits, and in the middle.
func (s *Screen) grid() grid {
	w, h := s.program.Size()
	if now := (layout{s.plan, s.rows, s.columns, w, h, s.zoom}); now != s.laidFor {
		s.laid, s.laidFor = s.newGrid(w, h), now
	}
	g := s.laid
	g.top, g.left = s.top, s.left
	return g
}

// newGrid computes the layout. A column of labels that are too long for their rows becomes wider.
func (s *Screen) newGrid(w, h int) grid {
	g := grid{room: cell.Rect{X: 1, Y: 1, W: w - 2, H: max(h-3, 2)}, labelH: 1}
	if s.plan == nil {
		return g
	}
	if g.room.H >= 12 {
		g.edge = 1
	}
	rows, columns := s.labels(s.rows), s.labels(s.columns)
	for _, label := range rows {
		g.labelW = max(g.labelW, text.Width(label))
	}
	g.labelW = min(g.labelW, max(g.room.W/6, 10))
	for s.fit(&g, columns); tallest(rows, g.labelW) > g.h+1 && g.labelW < g.room.W/2; s.fit(&g, columns) {
		g.labelW += 4
	}
	used := g.labelW + gap + g.across*(g.w+gap)
	g.shift = max(0, (g.room.W-used)/2)
	return g
}

// fit sets the size of the cells, the height of the labels of columns, and how many cells are in sight.
func (s *Screen) fit(g *grid, labels []text.Safe) {
	columns, rows := s.columnCount(), s.rowCount()
	fitWidth := (g.room.W-g.labelW-gap)/columns - gap
	g.labelH = 1
	for {
		fitHeight := (g.room.H-g.labelH-g.edge)/rows - 1 - g.edge
		g.h = max(leastHeight, min(fitHeight, fitWidth/2, mostHeight))
		g.h = max(leastHeight, int(math.Round(float64(g.h)*math.Pow(1.3, float64(s.zoom)))))
		g.h = max(min(g.h, g.room.H-g.labelH-1-2*g.edge, (g.room.W-g.labelW-2*gap)/2), 1)
		g.w = max(2*g.h, leastWidth)
		most := max(1, g.room.H-leastHeight-1-2*g.edge)
		need := min(tallest(labels, g.w), most)
		if need <= g.labelH {
			break
		}
		g.labelH = need
	}
	g.across = max(1, min(columns, (g.room.W-g.labelW-gap)/(g.w+gap)))
	g.downs = max(1, min(rows, (g.room.H-g.labelH-g.edge)/g.pitch()))
}

// mostMeasured is how many labels of an axis are measured, so that an axis of thousands costs no time.
const mostMeasured = 500

// tallest returns how many rows the labels have at most in w columns.
func tallest(labels []text.Safe, w int) (rows int) {
	for _, label := range labels[:min(len(labels), mostMeasured)] {
		rows = max(rows, len(text.Wrap(label, max(w, 1))))
	}
	return rows
}

func (g grid) pitch() int { return g.h + 1 + g.edge }

// counts returns the rows of a cell, and how many cells are across and down.
func (g grid) counts() (rows, across, down int) { return g.h, g.across, max(g.downs, 1) }

// cell returns the room of a cell without its caption.
func (g grid) cell(row, column int) cell.Rect {
	return cell.Rect{
		X: g.room.X + g.shift + g.labelW + gap + (column-g.left)*(g.w+gap), Y: g.room.Y + g.labelH + g.edge + (row-g.top)*g.pitch(), W: g.w, H: g.h,
	}
}

// caption returns the row below a cell, and frame the edge around both.
func (g grid) caption(row, column int) cell.Rect {
	r := g.cell(row, column)
	return cell.Rect{X: r.X, Y: r.Bottom(), W: r.W, H: 1}
}

func (g grid) frame(row, column int) cell.Rect {
	r := g.cell(row, column)
	return cell.Rect{X: r.X - 1, Y: r.Y - g.edge, W: r.W + 2, H: r.H + 1 + 2*g.edge}
}

// rowLabel and columnLabel return the rooms of labels.
func (g grid) rowLabel(row int) cell.Rect {
	r := g.cell(row, g.left)
	return cell.Rect{X: g.room.X + g.shift, Y: r.Y, W: g.labelW, H: r.H + 1}
}

func (g grid) columnLabel(column int) cell.Rect {
	r := g.cell(g.top, column)
	return cell.Rect{X: r.X, Y: g.room.Y, W: r.W, H: g.labelH}
}

// at returns the cell, or the label (-1), at a place of the screen.
func (g grid) at(x, y int) (row, column int, ok bool) {
	row, column = -1, -1
	first := g.cell(g.top, g.left)
	if x >= first.X {
		column = g.left + (x-first.X)/(g.w+gap)
	}
	if y >= first.Y {
		row = g.top + (y-first.Y)/g.pitch()
	}
	return row, column, g.room.Contains(x, y) && row < g.top+g.downs && column < g.left+g.across
}

// Arrange brings the cursor in sight and places the pictures.
func (s *Screen) Arrange() {
	s.thumbs, s.ahead = nil, nil
	if s.plan == nil {
		return
	}
	if s.showsList() && !s.flicks {
		s.scrollList()
		return
	}
	g := s.grid()
	if s.flicks {
		if key := s.keyOf(s.current()); key != "" {
			s.thumbs = append(s.thumbs, s.program.Preview().Thumb(key, g.room))
		}
		return
	}
	s.top, s.left = scrolled(s.top, s.row, g.downs, s.rowCount()), scrolled(s.left, s.column, g.across, s.columnCount())
	g.top, g.left = s.top, s.left
	s.thumbs = s.thumbsOf(g, s.thumbs)
	next := g
	if next.top = min(g.top+g.downs, s.rowCount()-g.downs); next.top > g.top {
		s.ahead = s.thumbsOf(next, s.ahead)
	}
}

// thumbsOf adds the thumbnails of the cells in sight of a grid.
func (s *Screen) thumbsOf(g grid, thumbs []thumb) []thumb {
	s.eachInSight(g, func(row, column, i int) {
		if key := s.keyOf(i); key != "" && s.plan.Cells[i].State != plan.Same {
			thumbs = append(thumbs, s.program.Preview().Thumb(key, g.cell(row, column)))
		}
	})
	return thumbs
}

// scrolled returns the first of n that is in sight so that the cursor is among the size that are.
func scrolled(first, cursor, size, n int) int {
	if cursor >= 0 {
		first = max(min(first, cursor), cursor-size+1)
	}
	return max(0, min(first, n-size))
}

// eachInSight calls do for each cell in sight; i is -1 for one that is not made.
func (s *Screen) eachInSight(g grid, do func(row, column, i int)) {
	for row := g.top; row < g.top+g.downs; row++ {
		for column := g.left; column < g.left+g.across; column++ {
			do(row, column, s.at(row, column))
		}
	}
}

// Pictures returns the thumbnails.
func (s *Screen) Pictures() screen.Pictures {
	thumbs := s.thumbs
	if thumbs == nil {
		thumbs = []preview.Thumb{}
	}
	return screen.Pictures{Thumbs: thumbs, FromThumbnails: !s.flicks}
}

// NextPicture returns the next picture to render: that under the cursor, then those in sight, then those of the next page.
func (s *Screen) NextPicture() (preview.FrameKey, bool) {
	under := s.keyOf(s.current())
	for _, t := range s.thumbs {
		if t.Key == under {
			if want, missing := s.program.Preview().FirstMissing(t.Tiles); missing {
				return want, true
			}
		}
	}
	for _, thumbs := range [][]thumb{s.thumbs, s.ahead} {
		for _, t := range thumbs {
			if want, missing := s.program.Preview().FirstMissing(t.Tiles); missing {
				return want, true
			}
		}
	}
	return preview.FrameKey{}, false
}

// Missing returns the predictions in sight.
func (s *Screen) Missing() []string {
	keys := make([]string, 0, len(s.thumbs))
	for _, t := range s.thumbs {
		keys = append(keys, t.Key)
	}
	if s.plan == nil {
		return keys
	}
	if s.showsList() {
		for i := s.top; i < min(s.top+s.listHeight(), len(s.plan.Cells)); i++ {
			keys = append(keys, s.keyOf(i))
		}
	}
	for _, t := range s.ahead {
		keys = append(keys, t.Key)
	}
	keys = append(keys, s.keyOf(s.current()))
	return slices.DeleteFunc(keys, func(key string) bool { return key == "" })
}
