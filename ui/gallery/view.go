package gallery

import (
	"tintype/api/model"
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/layout"
	"tintype/ui/params"
	"tintype/ui/preview"
	"tintype/ui/text"
	"tintype/ui/wording"
)

// Draw draws the header, the thumbnails with their captions, the details of the selected one, and the last row.
func (s *Screen) Draw(c *cell.Canvas) {
	header, sheet, look := s.program.HeaderRow(), s.sheet(), s.program.Look()
	title, _ := s.title(header.W)
	right := s.program.Header()
	right.Marked = "" // the title has it
	c.Put(header, []string{right.Beside(title, header.W, look)})
	if len(s.List.Window()) == 0 {
		preview.DrawSentence(c, sheet.Room, s.program.NameKeys(s.List.EmptyText("No pictures yet. "+wording.Key(keymap.ActBack)+" goes back.")), look)
	}
	for i, caption := range s.List.Captions(s.program.ListOptions(sheet.Caption(0).W)) {
		if i < len(s.thumbs) && caption != "" { // otherwise its entry is being read
			s.drawThumb(c, sheet, i, caption)
		}
	}
	s.drawDetails(c, cell.Rect{X: 1, Y: sheet.Room.Bottom(), W: header.W, H: 1 + s.detailsHeight()})
	s.program.DrawStatus(c)
}

// drawThumb draws the i-th thumbnail with its caption, in a frame if it is the selected one.
func (s *Screen) drawThumb(c *cell.Canvas, sheet layout.Gallery, i int, caption string) {
	look, isSelected := s.program.Look(), s.thumbs[i].Key == s.List.Cursor()
	if isSelected {
		frame := sheet.Frame(i)
		c.Put(frame, look.Frame(frame.W, frame.H, sheet.HasFrameEnds()))
	}
	s.program.Preview().DrawThumb(c, s.thumbs[i], look)
	if isSelected {
		c.PutPanel(sheet.Caption(i), []string{caption}, look.Styles.Dialog)
		return
	}
	c.Put(sheet.Caption(i), []string{caption})
}

// drawDetails draws the details of the selected prediction in one row, or in the rows that they take from the thumbnails.
func (s *Screen) drawDetails(c *cell.Canvas, r cell.Rect) {
	row, ok := s.List.Row(s.List.Cursor())
	if !ok || s.details == preview.DetailsOff {
		return
	}
	look := s.program.Look()
	switch s.details {
	case preview.DetailsBelow:
		c.Put(r, s.program.Preview().FactLines(row, r.W, r.H, look))
	case preview.DetailsLog:
		c.Put(r, s.program.Preview().LogLines(row, r.W, r.H, look))
	default:
		c.Put(r, []string{look.Styles.Text.Render(string(s.factsLine(r.W)))})
	}
}

// title returns the left part of the header; x is the column of the cursor in a filter that is edited.
func (s *Screen) title(w int) (title string, x int) {
	look := s.program.Look()
	title = look.Styles.Strong.Render("Gallery")
	if trouble := s.program.Header().Trouble; trouble != "" && !s.List.IsEditingFilter() {
		title += "  " + look.Styles.Failure.Render(look.Glyphs.Translate(trouble))
	}
	if !s.List.ShowsFilter() {
		return title + "   " + look.Styles.Muted.Render(s.List.CountText(look.Glyphs)), 0
	}
	filter, at := s.List.FilterTitle(w-cell.Width(title), look)
	return title + filter, cell.Width(title) + at
}

// Cursor returns the cursor of the filter while it is edited.
func (s *Screen) Cursor() (x, y int, ok bool) {
	if !s.List.IsEditingFilter() {
		return 0, 0, false
	}
	r := s.program.HeaderRow()
	_, x = s.title(r.W)
	return r.X + x, r.Y, true
}

// factsLine returns the prompt of the selected prediction, truncated so that its facts fit, or the status of one without a picture.
func (s *Screen) factsLine(w int) text.Safe {
	row, ok := s.List.Row(s.List.Cursor())
	if !ok {
		return ""
	}
	glyphs := s.program.Look().Glyphs
	prompt, facts := text.CleanLine(row.Entry.Prompt()), s.facts(row.Entry)
	if status := s.program.Status(row); status != "" && row.State != history.Done {
		prompt, facts = text.CleanLine(glyphs.Translate(status)), nil
	}
	for len(facts) > 0 {
		rest := glyphs.Separator + text.Join(facts, glyphs.Separator)
		if room := w - text.Width(rest); room >= min(text.Width(prompt), w/3) {
			return text.Truncate(prompt, room, glyphs.Ellipsis) + rest
		}
		facts = facts[1:]
	}
	return text.Truncate(prompt, w, glyphs.Ellipsis)
}

// facts returns the shape, seed, duration and cost of a prediction.
func (s *Screen) facts(e history.Entry) []text.Safe {
	shape := ""
	if v, ok := model.Find(e.Model).ValueIn(e.Input, params.Shape); ok {
		shape = string(params.Text(params.Shape, v))
	}
	var facts []text.Safe
	for _, fact := range append([]string{shape}, s.program.Preview().ShortFacts(e)...) {
		if fact != "" {
			facts = append(facts, text.CleanLine(s.program.Look().Glyphs.Translate(fact)))
		}
	}
	return facts
}
