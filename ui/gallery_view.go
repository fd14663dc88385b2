package ui

import (
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/params"
	"tintype/ui/preview"
	"tintype/ui/text"
)

// drawGallery draws the sheet: header, thumbnails with their captions, the facts of the one under the cursor, hints.
func (m *Model) drawGallery(c *cell.Canvas) {
	l, s := m.layout, m.sheet()
	title, _ := m.galleryTitle(l.Header.W)
	c.Put(l.Header, []string{m.header().Beside(title, l.Header.W, m.look)})
	window := m.list.Window()
	if len(window) == 0 {
		preview.DrawSentence(c, s.Room, m.list.EmptyText("No pictures yet. esc goes back."), m.look)
	}
	for i, caption := range m.list.Captions(m.listOptions(s.Caption(0).W)) {
		if caption != "" { // else its entry is being read
			m.preview.DrawThumb(c, m.gallery.thumbs[i], m.look)
			c.Put(s.Caption(i), []string{caption})
		}
	}
	m.drawGalleryFacts(c, cell.Rect{X: 1, Y: s.Room.Bottom(), W: l.Header.W, H: 1 + m.sheetLent()})
	m.drawStatus(c)
}

// drawGalleryFacts tells of the prediction under the cursor: in one row, or in the third of the sheet that was lent.
func (m *Model) drawGalleryFacts(c *cell.Canvas, r cell.Rect) {
	row, ok := m.list.Row(m.list.Cursor())
	if !ok || m.gallery.facts == preview.DetailsOff {
		return
	}
	switch m.gallery.facts {
	case preview.DetailsBelow:
		facts := text.Truncate(text.Join(m.shortFacts(row.Entry), m.look.Glyphs.Joint), r.W, m.look.Glyphs.Ellipsis)
		c.Put(r, append(m.preview.DetailLines(row, r.W, m.look), m.look.Styles.Soft.Render(string(facts))))
	case preview.DetailsLog:
		c.Put(r, preview.LogLines(row, r.W, r.H, m.look))
	default:
		c.Put(r, []string{m.look.Styles.Ink.Render(string(m.galleryFacts(r.W)))})
	}
}

// galleryTitle is the left of the header; x is where the cursor stands in the filter under edit.
func (m *Model) galleryTitle(w int) (title string, x int) {
	title = m.look.Styles.Strong.Render("Gallery")
	if trouble := m.trouble(); trouble != "" && !m.list.IsEditingFilter() {
		title += "  " + m.look.Styles.Bad.Render(m.look.Glyphs.Say(trouble))
	}
	if !m.list.ShowsFilter() {
		return title + "   " + m.look.Styles.Soft.Render(m.list.CountText(false, m.look.Glyphs)), 0
	}
	filter, at := m.list.FilterTitle(w-cell.Width(title), m.look)
	return title + filter, cell.Width(title) + at
}

// galleryCursor is where the cursor stands in the filter under edit.
func (m *Model) galleryCursor() (x, y int, ok bool) {
	r := m.layout.Header
	_, x = m.galleryTitle(r.W)
	return r.X + x, r.Y, true
}

// galleryFacts is the prompt under the cursor, cut to make room for its facts: shape, seed, time, cost; or what became of
// one that has no picture.
func (m *Model) galleryFacts(w int) text.Safe {
	row, ok := m.list.Row(m.list.Cursor())
	if !ok {
		return ""
	}
	prompt, facts := text.CleanLine(row.Entry.Prompt()), m.shortFacts(row.Entry)
	if said := m.statusLine(row); said != "" && row.State != history.Done {
		prompt, facts = text.CleanLine(m.look.Glyphs.Say(said)), nil
	}
	joint := m.look.Glyphs.Joint
	for len(facts) > 0 {
		rest := joint + text.Join(facts, joint)
		if room := w - text.Width(rest); room >= min(text.Width(prompt), w/3) {
			return text.Truncate(prompt, room, m.look.Glyphs.Ellipsis) + rest
		}
		facts = facts[1:]
	}
	return text.Truncate(prompt, w, m.look.Glyphs.Ellipsis)
}

// shortFacts are a picture's facts beside its prompt.
func (m *Model) shortFacts(e history.Entry) []text.Safe {
	shape := ""
	if v, ok := valueIn(e, params.Shape); ok {
		shape = string(params.Text(params.Shape, v))
	}
	var facts []text.Safe
	for _, said := range append([]string{shape}, m.preview.ShortFacts(e)...) {
		if said != "" {
			facts = append(facts, text.CleanLine(m.look.Glyphs.Say(said)))
		}
	}
	return facts
}
