package sheet

import "tintype/ui/cell"

// grid is where the cells of a table are: under the labels of the columns, and at the right of those of the rows. Each cell has a caption
// of one row below it, and room for a frame around both.
//
// The cells of a single axis flow: they go on in the next row, and each has its label above it, with its caption in the label.
type grid struct {
	room           cell.Rect // of labels and cells
	labelW, labelH int
	flows          int // how many cells flow; 0 in a table
	shiftX, shiftY int // so that the table is in the middle
	w, h           int // of a cell without its caption
	edge           int // rows of a frame above and below; neighbours share them
	across, downs  int // cells in sight
	top, left      int // the first ones
}

// flowing reports whether there is one axis in sight.
func (s *Screen) flowing() bool { return s.rows < 0 && s.columns >= 0 }

// layout is what a grid depends on beside the first cells in sight.
type layout struct {
	key           string // of the plan
	rows, columns int
	w, h, zoom    int
}

// grid returns the layout of the table: as large as fits, and in the middle.
func (s *Screen) grid() grid {
	w, h := s.program.Size()
	now := layout{rows: s.rows, columns: s.columns, w: w, h: h, zoom: s.zoom}
	if s.plan != nil {
		now.key = s.plan.Key
	}
	if now != s.laidFor {
		s.laid, s.laidFor = s.newGrid(w, h), now
	}
	g := s.laid
	g.top, g.left = s.top, s.left
	return g
}

// newGrid computes the layout.
func (s *Screen) newGrid(w, h int) grid {
	g := grid{room: cell.Rect{X: 1, Y: 1, W: w - 2, H: max(h-3, 2)}, labelH: 1, across: 1, downs: 1}
	if s.plan == nil {
		return g
	}
	if g.room.H >= 12 {
		g.edge = 1
	}
	if s.flowing() {
		g.fitFlow(s.labels(s.columns), s.zoom)
	} else {
		g.fitTable(s.labels(s.rows), s.labels(s.columns), s.zoom)
	}
	g.shiftX = max(0, (g.room.W-g.firstX()-g.across*(g.w+gap)+gap)/2)
	g.shiftY = max(0, (g.room.H-g.labelH-g.edge-g.downs*g.pitch()+g.rowOver()+1)/2) // one row to spare is below the header
	return g
}

// rowOver is how many rows of the last pitch a flow does not use: those of the next labels.
func (g grid) rowOver() int {
	if g.flows > 0 {
		return g.labelH
	}
	return 0
}

// pitch is how many rows one row of cells is from the next.
func (g grid) pitch() int {
	if g.flows > 0 {
		return g.h + g.edge + g.labelH
	}
	return g.h + g.edge + 1
}

// firstX is the first column of the cells in the room.
func (g grid) firstX() int {
	if g.labelW == 0 {
		return 0
	}
	return g.labelW + gap
}

// lines returns how many rows of cells there are, of a table with so many rows.
func (g grid) lines(rows int) int {
	if g.flows > 0 {
		return (g.flows + g.across - 1) / g.across
	}
	return rows
}

// onScreen returns the row and the column of a cell as they are drawn.
func (g grid) onScreen(row, column int) (line, at int) {
	if g.flows > 0 && column >= 0 {
		return column / g.across, column % g.across
	}
	return row, column
}

// cell returns the room of a cell without its caption.
func (g grid) cell(row, column int) cell.Rect {
	row, column = g.onScreen(row, column)
	return cell.Rect{
		X: g.room.X + g.shiftX + g.firstX() + (column-g.left)*(g.w+gap),
		Y: g.room.Y + g.shiftY + g.labelH + g.edge + (row-g.top)*g.pitch(), W: g.w, H: g.h,
	}
}

// caption returns the row below a cell of a table, and frame the edge around both; in a flow around the label and the cell.
func (g grid) caption(row, column int) cell.Rect {
	r := g.cell(row, column)
	return cell.Rect{X: r.X, Y: r.Bottom(), W: r.W, H: 1}
}

func (g grid) frame(row, column int) cell.Rect {
	r := g.cell(row, column)
	if g.flows > 0 {
		return cell.Rect{X: r.X - 1, Y: r.Y - g.labelH - g.edge, W: r.W + 2, H: r.H + g.labelH + 2*g.edge}
	}
	return cell.Rect{X: r.X - 1, Y: r.Y - g.edge, W: r.W + 2, H: r.H + 1 + 2*g.edge}
}

// rowLabel and columnLabel return the rooms of labels.
func (g grid) rowLabel(row int) cell.Rect {
	r := g.cell(row, g.left)
	return cell.Rect{X: g.room.X + g.shiftX, Y: r.Y, W: g.labelW, H: r.H + 1}
}

func (g grid) columnLabel(column int) cell.Rect {
	if g.flows > 0 {
		r := g.cell(0, column)
		return cell.Rect{X: r.X, Y: r.Y - g.labelH, W: r.W, H: g.labelH}
	}
	r := g.cell(g.top, column)
	return cell.Rect{X: r.X, Y: g.room.Y + g.shiftY, W: r.W, H: g.labelH}
}

// at returns the cell, or the label (-1), at a place of the screen.
func (g grid) at(x, y int) (row, column int, ok bool) {
	row, column = -1, -1
	firstX, firstY := g.room.X+g.shiftX+g.firstX(), g.room.Y+g.shiftY+g.labelH+g.edge
	if g.flows > 0 {
		firstY -= g.labelH
	}
	if x >= firstX {
		column = g.left + (x-firstX)/(g.w+gap)
	}
	if y >= firstY {
		row = g.top + (y-firstY)/g.pitch()
	}
	if !g.room.Contains(x, y) || row >= g.top+g.downs || column >= g.left+g.across {
		return row, column, false
	}
	if g.flows == 0 {
		return row, column, true
	}
	column += row * g.across
	return 0, column, row >= 0 && column >= row*g.across && column < g.flows
}

// scrolled returns the first of n that is in sight so that the cursor is among the size that are.
func scrolled(first, cursor, size, n int) int {
	if cursor >= 0 {
		first = max(min(first, cursor), cursor-size+1)
	}
	return max(0, min(first, n-size))
}

// paged is like scrolled, and goes on by a page when the cursor leaves it.
func paged(first, cursor, size, n int) int {
	switch {
	case cursor >= first+size:
		first = cursor
	case cursor >= 0 && cursor < first:
		first = cursor - size + 1
	}
	return max(0, min(first, n-size))
}

// eachInSight calls do for each cell in sight; i is -1 for one that is not made.
func (s *Screen) eachInSight(g grid, do func(row, column, i int)) {
	for row := g.top; row < g.top+g.downs; row++ {
		for column := g.left; column < g.left+g.across; column++ {
			switch value := row*g.across + column; {
			case g.flows == 0:
				do(row, column, s.at(row, column))
			case value < g.flows:
				do(0, value, s.at(0, value))
			}
		}
	}
}
