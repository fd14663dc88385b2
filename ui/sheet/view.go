package sheet

import (
	"strconv"
	"strings"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/layout"
	"tintype/ui/plan"
	"tintype/ui/text"
	"tintype/ui/theme"
	"tintype/ui/wording"
)

// A grid is where the cells in sight are.
type grid struct {
	size          int       // of the thumbnails
	rows, columns int       // in sight
	first         cell.Rect // the picture of the first cell
	labels        cell.Rect // of the rows
	heads         cell.Rect // of the columns
	details       cell.Rect // the facts of the cell under the cursor
}

const (
	captionRows  = 1
	gap          = 2 // columns between cells, rows between them is one less
	detailsRows  = 2
	mostLabel    = 24 // columns of the rows' labels
	minThumbRows = 2
)

// grid computes the places for the present screen: thumbnails of the chosen size, or of the largest at which the table fits.
func (s *Screen) grid() grid {
	if s.size != layout.AnySize {
		return s.gridOf(s.size)
	}
	rows, columns := s.table.size()
	for size := len(layout.ThumbnailColumns) - 1; size > 0; size-- {
		if g := s.gridOf(size); g.rows >= rows && g.columns >= columns {
			return g
		}
	}
	return s.gridOf(0)
}

// gridOf computes the places for a size of the thumbnails.
func (s *Screen) gridOf(size int) grid {
	w, h := s.program.Size()
	rows, columns := s.table.size()
	g := grid{size: size}
	label := s.labelWidth()
	width := layout.ThumbnailColumns[size]
	g.columns = min(max((w-2-label-1)/(width+gap), 1), columns)
	width = min(width, w-2-label-1)
	head := s.headHeight(width)
	top := 2 + head
	room := h - top - detailsRows - 1
	height := max(min(width/2, room-captionRows-1), minThumbRows)
	g.rows = min(max((room+1)/(height+captionRows+1), 1), rows)
	g.labels = cell.Rect{X: 1, Y: top, W: label, H: room}
	g.first = cell.Rect{X: 1 + label + gap, Y: top, W: width, H: height}
	if label == 0 {
		g.first.X = 2
	}
	g.heads = cell.Rect{X: g.first.X, Y: top - head, W: width, H: head}
	g.details = cell.Rect{X: 1, Y: h - 1 - detailsRows, W: w - 2, H: detailsRows}
	return g
}

// cell returns the picture's place of a cell in sight.
func (g grid) cell(row, column int) cell.Rect {
	r := g.first
	r.X += column * (r.W + gap)
	r.Y += row * (r.H + captionRows + 1)
	return r
}

// labelWidth returns the width of the rows' labels: of the longest word, and of the longest label if there is room.
func (s *Screen) labelWidth() int {
	rows, _ := s.table.size()
	longest := 0
	if s.table.down >= 0 {
		for row := range rows {
			longest = max(longest, text.Width(text.CleanLine(s.table.label(s.table.down, row))))
		}
	}
	w, _ := s.program.Size()
	return min(longest, mostLabel, w/4)
}

// headHeight returns how many rows the labels of the columns need.
func (s *Screen) headHeight(width int) int {
	if s.table.right < 0 {
		return 0
	}
	_, columns := s.table.size()
	most := 1
	for column := range columns {
		most = max(most, len(wrap(s.table.label(s.table.right, column), width)))
	}
	_, h := s.program.Size()
	return min(most, max(h/4, 1))
}

// wrap wraps a label.
func wrap(label string, width int) []string {
	var lines []string
	for _, line := range text.Wrap(text.Clean(label), max(width, 1)) {
		lines = append(lines, string(line))
	}
	return lines
}

// Draw draws the header, the table or the list, what is under the cursor, and the last row.
func (s *Screen) Draw(c *cell.Canvas) {
	if s.table.plan == nil {
		return
	}
	s.drawHeader(c)
	if s.isList() {
		s.drawList(c)
	} else {
		s.drawTable(c)
	}
	s.program.DrawStatus(c)
}

// drawHeader draws the size of the plan, its counts and its price.
func (s *Screen) drawHeader(c *cell.Canvas) {
	header, look := s.program.HeaderRow(), s.program.Look()
	said := func(sentence string) string { return look.Glyphs.Translate(string(text.CleanLine(sentence))) }
	size, counts := said(wording.PlanSize(s.table.plan)), said(wording.PlanCounts(s.table.plan.Totals(), s.program.IsFree()))
	if status := s.program.PlanStatus(s.table.plan); status != "" {
		counts = said(status)
	}
	title := look.Styles.Strong.Render("Plan")
	if text.Width(text.Safe("Plan  "+size+"   "+counts)) <= header.W {
		title += "  " + look.Styles.Muted.Render(size)
	}
	c.Put(header, []string{title + "   " + look.Styles.Text.Render(counts)})
}

// drawTable draws the labels and the cells in sight.
func (s *Screen) drawTable(c *cell.Canvas) {
	g := s.grid()
	s.drawSlice(c)
	for column := range g.columns {
		r := g.cell(0, column)
		s.drawLabel(c, cell.Rect{X: r.X, Y: g.heads.Y, W: r.W, H: g.heads.H}, s.table.label(s.table.right, s.from.column+column), cursor{-1, s.from.column + column})
	}
	for row := range g.rows {
		r := g.cell(row, 0)
		s.drawLabel(c, cell.Rect{X: g.labels.X, Y: r.Y, W: g.labels.W, H: r.H + captionRows}, s.table.label(s.table.down, s.from.row+row), cursor{s.from.row + row, -1})
		for column := range g.columns {
			s.drawCell(c, g, row, column)
		}
	}
	s.drawDetails(c, g.details)
}

// drawSlice draws the names of the axes, and which slice is in sight.
func (s *Screen) drawSlice(c *cell.Canvas) {
	look, w := s.program.Look(), s.program.HeaderRow().W
	var names []string
	for _, axis := range []int{s.table.down, s.table.right} {
		if axis >= 0 {
			names = append(names, s.table.name(axis))
		}
	}
	g := s.grid()
	y := g.heads.Y - 1
	c.Put(cell.Rect{X: 1, Y: y, W: w, H: 1}, []string{look.Styles.Muted.Render(string(text.CleanLine(look.Glyphs.Translate(strings.Join(names, " × ")))))})
	number, total := s.table.sliceNumber()
	if total < 2 {
		return
	}
	var parts []string
	for _, axis := range s.table.slices() {
		parts = append(parts, s.table.name(axis)+" "+s.table.label(axis, s.table.fixed[axis]))
	}
	said := strings.Join(parts, " · ") + "  ‹ " + strconv.Itoa(number+1) + " of " + strconv.Itoa(total) + " ›"
	c.PutRight(cell.Rect{X: 1, Y: y, W: w, H: 1}, 0, look.Styles.Text.Render(string(text.CleanLine(look.Glyphs.Translate(said)))))
}

// drawLabel draws the label of a row or a column.
func (s *Screen) drawLabel(c *cell.Canvas, r cell.Rect, label string, at cursor) {
	look := s.program.Look()
	style := look.Styles.Label
	if s.cursor == at {
		style = look.Styles.OnDialog().Strong
	}
	var lines []string
	for _, line := range wrap(label, r.W) {
		lines = append(lines, style.Render(line))
	}
	c.Put(r, lines)
}

// drawCell draws a cell: its picture or an empty plate, its caption, and the frame of the cursor.
func (s *Screen) drawCell(c *cell.Canvas, g grid, row, column int) {
	at := cursor{s.from.row + row, s.from.column + column}
	i, ok := s.table.at(at.row, at.column)
	if !ok || !s.inTable(at.row, at.column) {
		return
	}
	look, r := s.program.Look(), g.cell(row, column)
	isCurrent := s.cursor == at || s.cursor == cursor{at.row, -1} || s.cursor == cursor{-1, at.column}
	caption := cell.Rect{X: r.X, Y: r.Bottom(), W: r.W, H: captionRows}
	if key := s.shownKey(i); key != "" {
		for _, thumb := range s.thumbs {
			if thumb.Key == key {
				s.program.Preview().DrawThumb(c, thumb, look)
			}
		}
	} else {
		c.Fill(r, look.Styles.Placeholder)
		s.drawPlate(c, r, i)
	}
	word, style := s.caption(i)
	line := style.Render(string(text.Truncate(text.CleanLine(look.Glyphs.Translate(word)), r.W, look.Glyphs.Ellipsis)))
	if isCurrent {
		c.PutPanel(caption, []string{line}, look.Styles.Dialog)
		return
	}
	c.Put(caption, []string{line})
}

// drawPlate draws what is in an empty plate: the progress of a running cell.
func (s *Screen) drawPlate(c *cell.Canvas, r cell.Rect, i int) {
	look := s.program.Look()
	row, ok := s.List.Row(s.table.plan.Cells[i].Job)
	if !ok || row.Live == nil || s.table.plan.Cells[i].State != plan.Coming || row.Live.Progress <= 0 || r.H < minThumbRows {
		return
	}
	done, rest := look.Glyphs.Bar(row.Live.Progress, max(r.W-4, 1))
	c.Put(cell.Rect{X: r.X + 2, Y: r.Y + r.H/2, W: r.W - 4, H: 1}, []string{
		look.Styles.OnPlaceholder(look.Styles.Running).Render(done) + look.Styles.OnPlaceholder(look.Styles.Muted).Render(rest),
	})
}

// caption returns the word under a cell, and its role.
func (s *Screen) caption(i int) (word string, style interface{ Render(...string) string }) {
	look, p := s.program.Look(), s.table.plan
	st := look.Styles
	c := &p.Cells[i]
	switch c.State {
	case plan.Had:
		return "had", st.Muted
	case plan.Same:
		return "= " + s.direction(i, c.SameAs), st.Muted
	case plan.LeftOut:
		return "left out", st.Muted
	case plan.Invalid:
		return "not possible", st.Muted
	case plan.Coming:
		return s.progress(c), st.Running
	}
	if row, ok := s.List.Row(c.Job); ok && c.Job != "" {
		return s.failure(row.Entry), st.Failure
	}
	return "new " + s.price(c), st.Text
}

// failure returns the word for how the prediction of a cell ended without a picture.
func (s *Screen) failure(e history.Entry) string {
	switch e.State {
	case history.Stopped:
		return "cancelled"
	case history.Lost:
		return "lost"
	}
	return "failed"
}

// price returns the price of a new cell.
func (s *Screen) price(c *plan.Cell) string {
	switch {
	case s.program.IsFree():
		return ""
	case c.Estimate == nil:
		return "price unknown"
	case c.Estimate.Price.Guess:
		return format.Guess(c.Estimate.USD)
	}
	return format.Dollars(c.Estimate.USD)
}

// progress returns how far a running cell is.
func (s *Screen) progress(c *plan.Cell) string {
	key := c.Job
	if key == "" && len(c.Entries) > 0 {
		key = c.Entries[0]
	}
	row, ok := s.List.Row(key)
	switch {
	case !ok:
		return "coming"
	case row.State == history.Unconfirmed:
		return "unconfirmed"
	case row.Live != nil && row.Live.Progress > 0:
		return s.program.Look().Glyphs.Progress(row.Live.Progress) + " " + strconv.Itoa(format.Percent(row.Live.Progress)) + "%"
	case row.State == history.Saving:
		return "saving"
	case row.State == history.Creating:
		return "sending"
	}
	return "developing"
}

// direction says where the cell is that one is the same as.
func (s *Screen) direction(i, same int) string {
	p := s.table.plan
	var differ []int
	for axis := range p.Axes {
		if p.Cells[i].At[axis] != p.Cells[same].At[axis] {
			differ = append(differ, axis)
		}
	}
	if len(differ) == 1 {
		switch differ[0] {
		case s.table.right:
			return "left"
		case s.table.down:
			return "up"
		}
	}
	var values []string
	for _, axis := range differ {
		values = append(values, s.table.label(axis, p.Cells[same].At[axis]))
	}
	return strings.Join(values, ", ")
}

// drawDetails draws the facts of the cell under the cursor: why it is not possible, or its prompt and settings.
func (s *Screen) drawDetails(c *cell.Canvas, r cell.Rect) {
	look := s.program.Look()
	i, ok := s.cell()
	if !ok {
		note := strings.Join(s.table.plan.Notes, " ")
		c.Put(r, render(wrap(look.Glyphs.Translate(note), r.W), look.Styles.Muted))
		return
	}
	item := &s.table.plan.Cells[i]
	if item.Why != "" {
		c.Put(r, render(wrap(item.Why+".", r.W), look.Styles.Failure))
		return
	}
	prompt, _ := item.Input["prompt"].(string)
	first := text.Truncate(text.CleanLine(prompt), r.W, look.Glyphs.Ellipsis)
	c.Put(r, []string{look.Styles.Text.Render(string(first)), look.Styles.Muted.Render(string(text.Truncate(text.CleanLine(look.Glyphs.Translate(s.facts(i))), r.W, look.Glyphs.Ellipsis)))})
}

// facts returns the values of a cell on each axis.
func (s *Screen) facts(i int) string {
	p := s.table.plan
	var facts []string
	for axis, a := range p.Axes {
		facts = append(facts, a.Name()+" "+a.Values[p.Cells[i].At[axis]].Text)
	}
	word, _ := s.caption(i)
	return strings.Join(append(facts, word), " · ")
}

// render draws lines in a role.
func render(lines []string, style interface{ Render(...string) string }) []string {
	for i := range lines {
		lines[i] = style.Render(lines[i])
	}
	return lines
}

// listRows returns how many rows of the list are in sight.
func (s *Screen) listRows() int {
	_, h := s.program.Size()
	return max(h-2-detailsRows-1, 1)
}

// drawList draws the cells as rows: what is known of each, and its values.
func (s *Screen) drawList(c *cell.Canvas) {
	look, p := s.program.Look(), s.table.plan
	w := s.program.HeaderRow().W
	for n := range s.listRows() {
		i := s.from.row + n
		if i >= len(p.Cells) {
			break
		}
		word, style := s.caption(i)
		var values []string
		for axis, a := range p.Axes {
			values = append(values, a.Values[p.Cells[i].At[axis]].Text)
		}
		const wordWidth = 14
		state := cell.Pad(style.Render(look.Glyphs.Translate(word)), wordWidth)
		rest := text.Truncate(text.CleanLine(strings.Join(values, " · ")), max(w-wordWidth-3, 1), look.Glyphs.Ellipsis)
		r := cell.Rect{X: 1, Y: 2 + n, W: w, H: 1}
		if i == s.cursor.row {
			st := look.OnDialog().Styles
			c.PutPanel(r, []string{s.selected(look) + state + st.CursorRow.Render(look.Glyphs.Translate(string(rest)))}, st.Dialog)
			continue
		}
		c.Put(r, []string{"  " + state + look.Styles.Text.Render(look.Glyphs.Translate(string(rest)))})
	}
	_, h := s.program.Size()
	s.drawDetails(c, cell.Rect{X: 1, Y: h - 1 - detailsRows, W: w, H: detailsRows})
}

// selected is the sign of the row under the cursor.
func (s *Screen) selected(look theme.Look) string { return look.Glyphs.Translate("▸ ") }
