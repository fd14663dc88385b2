package sheet

import (
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/api/model"
	"tintype/ui/cell"
	"tintype/ui/plan"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// painter draws the table of one frame.
type painter struct {
	screen *Screen
	canvas *cell.Canvas
	look   theme.Look
	grid   grid
	marks  map[text.Safe]mark // by their words: most of a sheet's are equal
}

// mark is what is beside a picture.
type mark struct {
	styled string
	width  int
}

// drawTable draws the labels and the cells in sight.
func (s *Screen) drawTable(c *cell.Canvas, g grid, look theme.Look) {
	p := &painter{s, c, look, g, map[text.Safe]mark{}}
	if g.flows == 0 {
		s.drawLabels(c, g, look)
	}
	if s.row >= 0 && s.column >= 0 {
		frame := g.frame(s.row, s.column)
		c.Put(frame, look.Frame(frame.W, frame.H, g.edge > 0))
	}
	thumbs := s.thumbs // in the order of the cells
	s.eachInSight(g, func(row, column, i int) {
		var own *thumb
		if len(thumbs) > 0 && thumbs[0].Cell == g.cell(row, column) {
			own, thumbs = &thumbs[0], thumbs[1:]
		}
		p.drawCell(row, column, i, own)
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
		wrapped[h-1] = text.Truncate(wrapped[h-1]+" "+wrapped[h], w, look.Glyphs.Ellipsis)
		wrapped = wrapped[:h]
	}
	return wrapped
}

// centred returns a line with a text in the middle of w columns.
func centred(said string, w int) string {
	return strings.Repeat(" ", max(0, (w-cell.Width(said))/2)) + said
}

// drawCell draws a cell: its picture with a mark below it, or words in its middle; in a flow also its label. i is -1 for one that is not
// made, and own is nil for one without a picture.
func (p *painter) drawCell(row, column, i int, own *thumb) {
	var m mark
	if own != nil {
		p.screen.program.Preview().DrawThumb(p.canvas, *own, p.look)
		m = p.mark(i)
	} else if i >= 0 {
		p.drawWords(p.grid.cell(row, column), i)
	}
	isSelected := row == p.screen.row && column == p.screen.column
	switch {
	case p.grid.flows > 0:
		p.drawLabel(column, m, isSelected)
	case m.width > 0:
		p.put(p.grid.caption(row, column), []string{strings.Repeat(" ", (p.grid.w-m.width)/2) + m.styled}, isSelected)
	}
}

// put draws lines beside a picture, within the frame if it is selected.
func (p *painter) put(r cell.Rect, lines []string, isSelected bool) {
	if isSelected {
		p.canvas.PutPanel(r, lines, p.look.Styles.Dialog)
		return
	}
	p.canvas.Put(r, lines)
}

// mark returns what is beside a picture: a tick, a star, or how far it is. The label of a flow has no room for more than a sign, and
// the picture itself says that it is coming.
func (p *painter) mark(i int) mark {
	words, style := p.screen.words(i, &p.look)
	switch {
	case p.screen.plan.Cells[i].State == plan.Had:
		words = p.screen.hadMark(i, &p.look)
	case p.grid.flows > 0, words == comingWord:
		return mark{}
	}
	m, ok := p.marks[words]
	if !ok {
		said := text.Truncate(words, p.grid.w, p.look.Glyphs.Ellipsis)
		m = mark{style.Render(string(said)), text.Width(said)}
		p.marks[words] = m
	}
	return m
}

// drawWords draws what a cell without a picture is.
func (p *painter) drawWords(r cell.Rect, i int) {
	words, style := p.screen.words(i, &p.look)
	if state := p.screen.plan.Cells[i].State; state == plan.New || state == plan.Coming {
		style = p.look.Styles.OnPlaceholder(style)
		if plate := p.screen.plate(r, i); fits(words, plate) {
			r = plate
		}
		p.canvas.Fill(r, p.look.Styles.Placeholder)
	}
	lines := text.Wrap(words, r.W)
	if len(lines) > r.H {
		lines = []text.Safe{text.Truncate(words, r.W, p.look.Glyphs.Ellipsis)}
	}
	for n, line := range lines {
		w := text.Width(line)
		p.canvas.PutLine(r.X+(r.W-w)/2, r.Y+(r.H-len(lines))/2+n, w, style.Render(string(line)))
	}
}

// plate is where the picture of a cell will be in its room.
func (s *Screen) plate(r cell.Rect, i int) cell.Rect {
	c := &s.plan.Cells[i]
	w, h, _ := model.Find(c.Model).Size(c.Input)
	return s.program.Preview().PlateAt(r, w, h)
}

// fits reports whether words have room in a plate without a word being broken.
func fits(words text.Safe, r cell.Rect) bool {
	if r.H < len(text.Wrap(words, max(r.W, 1))) {
		return false
	}
	for word := range strings.FieldsSeq(string(words)) {
		if text.Width(text.Safe(word)) > r.W {
			return false
		}
	}
	return true
}

// drawLabel draws the label above a cell of a flow, after the mark of its picture; next to the cell if it has fewer rows than others.
func (p *painter) drawLabel(column int, m mark, isSelected bool) {
	r := p.grid.columnLabel(column)
	style := labelStyle(p.look, isSelected, p.screen.row < 0)
	if m.width > 0 {
		m = mark{m.styled + " ", m.width + 1}
	}
	wrapped := fitLabel(p.screen.labels(p.screen.columns)[column], r.W-m.width, r.H, p.look)
	lines := make([]string, r.H-len(wrapped), r.H)
	for i, line := range wrapped {
		said := style.Render(string(line))
		if i == 0 {
			said = m.styled + said
		}
		lines = append(lines, centred(said, r.W))
	}
	p.put(r, lines, isSelected)
}
