package sheet

import (
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/ui/cell"
	"tintype/ui/plan"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// drawTable draws the labels and the cells in sight.
func (s *Screen) drawTable(c *cell.Canvas, g grid, look theme.Look) {
	if g.flows == 0 {
		s.drawLabels(c, g, look)
	}
	if s.row >= 0 && s.column >= 0 {
		frame := g.frame(s.row, s.column)
		c.Put(frame, look.Frame(frame.W, frame.H, g.edge > 0))
	}
	thumbs := s.thumbs // in the order of the cells
	s.eachInSight(g, func(row, column, i int) {
		d := drawing{screen: s, canvas: c, look: look, grid: g, row: row, column: column, cell: i}
		if r := g.cell(row, column); len(thumbs) > 0 && thumbs[0].Cell == r {
			d.thumb, thumbs = &thumbs[0], thumbs[1:]
		}
		d.draw()
	})
}

// drawLabels draws the labels of the rows and the columns in sight. Those of columns are in the middle, next to the cells.
func (s *Screen) drawLabels(c *cell.Canvas, g grid, look theme.Look) {
	columns, rows := s.labels(s.columns), s.labels(s.rows)
	for i := g.left; i < min(g.left+g.across, len(columns)); i++ {
		r, style := g.columnLabel(i), labelStyle(look, s.column == i, s.row < 0 && (s.column == i || s.column < 0))
		wrapped := fitLabel(columns[i], r.W, r.H, look)
		lines := make([]string, r.H-len(wrapped), r.H)
		for _, line := range wrapped {
			lines = append(lines, centred(style.Render(string(line)), r.W))
		}
		c.Put(r, lines)
	}
	for i := g.top; i < min(g.top+g.downs, len(rows)); i++ {
		r, style := g.rowLabel(i), labelStyle(look, s.row == i, s.column < 0 && (s.row == i || s.row < 0))
		var lines []string
		for _, line := range fitLabel(rows[i], r.W, r.H, look) {
			lines = append(lines, style.Render(string(line)))
		}
		c.Put(r, lines)
	}
}

// labelStyle returns the style of a label: bold if the cursor is in its row or column, and reversed if the cursor is on it.
func labelStyle(look theme.Look, here, on bool) lipgloss.Style {
	switch {
	case on:
		return look.Styles.Alert
	case here:
		return look.Styles.Strong
	}
	return look.Styles.Muted
}

// fitLabel wraps a label for a room. What does not fit ends with an ellipsis; the row about the cell under the cursor has all of it.
func fitLabel(label text.Safe, w, h int, look theme.Look) []text.Safe {
	w, h = max(w, 1), max(h, 1)
	wrapped := text.Wrap(label, w)
	if len(wrapped) > h {
		wrapped[h-1] = text.Truncate(wrapped[h-1]+" "+wrapped[h], w, text.Safe(look.Glyphs.Ellipsis))
		wrapped = wrapped[:h]
	}
	return wrapped
}

// centred returns a line with a text in the middle of w columns.
func centred(said string, w int) string {
	return strings.Repeat(" ", max(0, (w-cell.Width(said))/2)) + said
}

// drawing is a cell that is being drawn.
type drawing struct {
	screen      *Screen
	canvas      *cell.Canvas
	look        theme.Look
	grid        grid
	row, column int
	cell        int    // -1 if it is not made
	thumb       *thumb // nil if it has no picture
}

// draw draws a cell: its picture with a mark below it, or words in its middle; in a flow also its label.
func (d drawing) draw() {
	mark := ""
	if d.thumb != nil {
		d.screen.program.Preview().DrawThumb(d.canvas, *d.thumb, d.look)
		mark = d.mark()
	} else if d.cell >= 0 {
		d.drawWords()
	}
	if d.grid.flows > 0 {
		d.drawLabel(mark)
		return
	}
	if mark == "" {
		return
	}
	d.put(d.grid.caption(d.row, d.column), []string{centred(mark, d.grid.w)})
}

// isSelected reports whether the cursor is on the cell.
func (d drawing) isSelected() bool { return d.row == d.screen.row && d.column == d.screen.column }

// put draws lines beside a picture, within the frame if it is selected.
func (d drawing) put(r cell.Rect, lines []string) {
	if d.isSelected() {
		d.canvas.PutPanel(r, lines, d.look.Styles.Dialog)
		return
	}
	d.canvas.Put(r, lines)
}

// mark returns what stands beside a picture: a tick, a star, or how far it is.
func (d drawing) mark() string {
	words, style := d.screen.words(d.cell, d.look)
	if d.screen.plan.Cells[d.cell].State == plan.Had {
		words = d.screen.hadMark(d.cell, d.look)
	}
	if d.grid.flows > 0 && d.screen.plan.Cells[d.cell].State != plan.Had {
		return "" // the label has no room for more than a sign
	}
	return style.Render(string(text.Truncate(words, d.grid.w, d.look.Glyphs.Ellipsis)))
}

// drawWords draws what a cell without a picture is.
func (d drawing) drawWords() {
	r := d.grid.cell(d.row, d.column)
	words, style := d.screen.words(d.cell, d.look)
	if state := d.screen.plan.Cells[d.cell].State; state == plan.New || state == plan.Coming {
		style = d.look.Styles.OnPlaceholder(style)
		d.canvas.Fill(r, d.look.Styles.Placeholder)
	}
	w := min(text.Width(words), r.W)
	d.canvas.PutLine(r.X+(r.W-w)/2, r.Y+(r.H-1)/2, w, style.Render(string(text.Truncate(words, w, d.look.Glyphs.Ellipsis))))
}

// drawLabel draws the label above a cell of a flow, after the mark of its picture; next to the cell if it has fewer rows than others.
func (d drawing) drawLabel(mark string) {
	r := d.grid.columnLabel(d.column)
	style := labelStyle(d.look, d.isSelected(), d.screen.row < 0)
	if mark != "" {
		mark += " "
	}
	wrapped := fitLabel(d.screen.labels(d.screen.columns)[d.column], r.W-cell.Width(mark), r.H, d.look)
	lines := make([]string, r.H-len(wrapped), r.H)
	for i, line := range wrapped {
		said := style.Render(string(line))
		if i == 0 {
			said = mark + said
		}
		lines = append(lines, centred(said, r.W))
	}
	d.put(r, lines)
}
