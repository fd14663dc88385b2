package ui

import (
	"strings"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/picture"
	"tintype/ui/text"
)

// drawGallery draws the sheet: header, thumbnails with their captions, the facts of the one under the cursor, hints.
func (m *Model) drawGallery(c *canvas) {
	l, s := m.layout, m.sheet()
	c.put(l.header, []string{m.galleryHeader(l.header.w)})
	window := m.list.window()
	if len(window) == 0 {
		m.drawWords(c, s.room, m.emptyGallery())
	}
	facts := m.rowsFacts(window)
	for i, t := range m.gallery.thumbs {
		if facts[i] == nil {
			continue // still being read
		}
		var below *rowFacts
		if i+1 < len(facts) {
			below = facts[i+1]
		}
		m.drawThumb(c, t)
		at := s.caption(i)
		c.putLine(at.x, at.y, at.w, thumbCaption(*facts[i], below, m.rowLook(at.w)))
	}
	m.drawGalleryFacts(c, rect{1, s.room.bottom(), l.header.w, 1 + m.sheetLent()})
	m.drawBottom(c)
}

// drawGalleryFacts tells of the prediction under the cursor: in one row, or in the third of the sheet that was lent.
func (m *Model) drawGalleryFacts(c *canvas, r rect) {
	row, ok := m.row(m.list.cursor)
	if !ok || m.gallery.facts == factsOff {
		return
	}
	switch m.gallery.facts {
	case factsBelow:
		facts := text.Truncate(text.Join(m.shortFacts(row.Entry), text.Safe(m.glyphs.joint)), r.w, text.Safe(m.glyphs.ellipsis))
		c.put(r, append(m.factLines(row, min(r.w, factsLongest)), m.styles.soft.Render(string(facts))))
	case factsLog:
		c.put(r, m.logLines(row, r))
	default:
		c.put(r, []string{m.styles.ink.Render(string(m.galleryFacts(r.w)))})
	}
}

// drawThumb draws the pictures of a prediction in its cell, and a plate in the place of one that is not there (yet).
func (m *Model) drawThumb(c *canvas, t thumb) {
	e := m.list.rows[t.key]
	if len(t.tiles) == 0 {
		m.drawThumbPlate(c, t.cell, e, 0)
	}
	for i, tile := range t.tiles {
		frame, ok := m.stage.frames.get(tile.frameKey)
		if !ok {
			m.drawThumbPlate(c, tile.at, e, i)
			continue
		}
		at := centred(tile.at, frame)
		c.putPicture(at, frame.LinesAt(at.y))
	}
}

// centred is where a frame stands in the middle of its room.
func centred(room rect, frame picture.Frame) rect {
	w, h := 0, len(frame.Lines)
	if h > 0 {
		w = width(frame.Lines[0])
	}
	return rect{room.x + (room.w-w)/2, room.y + (room.h-h)/2, w, h}
}

// drawThumbPlate draws the empty shape of the i-th picture of a prediction.
func (m *Model) drawThumbPlate(c *canvas, room rect, e history.Entry, i int) {
	w, h := 1024, 1024
	if i < len(e.Outputs) && e.Outputs[i].Width > 0 && e.Outputs[i].Height > 0 {
		w, h = e.Outputs[i].Width, e.Outputs[i].Height
	} else if mw, mh, ok := model.Find(e.Model).Size(e.Input); ok {
		w, h = mw, mh
	}
	const large = 1024 // plates are never smaller than their room
	size := picture.Fit(w*large, h*large, picture.Cells{W: room.w, H: room.h}, m.terminal.can)
	c.fill(rect{room.x + (room.w-size.W)/2, room.y + (room.h-size.H)/2, size.W, size.H}, plainOn(m.styles.plate))
}

// thumbCaption is what stands under a thumbnail: a row's signs, then what became of it, or what is new about it.
func thumbCaption(row rowFacts, below *rowFacts, look rowLook) string {
	room := look.w - rowLead
	if room <= 0 {
		return rowSigns(row, look)
	}
	if row.armed || row.state != history.Done {
		said, role := stateWord(row, true, look.st)
		cut := text.Truncate(said, room, text.Safe(look.g.ellipsis))
		return rowSigns(row, look) + weigh(role, row).Render(string(cut))
	}
	pieces := fitPieces(captionPieces(row, below, look), room, text.Safe(look.g.ellipsis))
	return rowSigns(row, look) + drawPieces(pieces, row, look.st)
}

// captionPieces is what is new about a prediction beside the one made before it: there is no room for what they share.
func captionPieces(row rowFacts, below *rowFacts, look rowLook) []piece {
	if below == nil {
		return []piece{{text: row.prompt}}
	}
	if row.prompt == below.prompt && row.whole == below.whole {
		if said := differences(row, *below); len(said) > 0 {
			return []piece{{text: text.Join(said, text.Safe(look.g.joint))}}
		}
		return []piece{{text: text.Safe(look.g.same)}}
	}
	if c := compare(row.prompt, below.prompt); c.alike && c.last() >= c.first {
		return c.between()
	}
	return []piece{{text: row.prompt}}
}

// galleryHeader is the top row: what is shown of how many at the left; what goes on at the right. Lack of room drops
// "today", what is new, and then all of the right.
func (m *Model) galleryHeader(w int) string {
	left, _ := m.galleryTitle(w)
	for _, right := range []string{m.headerRight(true, true), m.headerRight(false, true), m.headerRight(false, false)} {
		if gap := w - width(left) - width(right); gap >= 2 {
			return left + strings.Repeat(" ", gap) + right
		}
	}
	return left
}

// galleryTitle is the left of the header; x is where the cursor stands in the filter under edit.
func (m *Model) galleryTitle(w int) (title string, x int) {
	title = m.styles.strong.Render("Gallery")
	if trouble := m.trouble(); trouble != "" && !m.filter.editing {
		title += "  " + m.styles.bad.Render(m.glyphs.say(trouble))
	}
	if !m.filter.on() && !m.filter.editing {
		return title + "   " + m.styles.soft.Render(m.listCount(false)), 0
	}
	label := "   " + m.viewName() + "/ "
	count := "  " + m.filterCount() // after the blank that is left for the cursor
	room := max(w-width(title)-len(label)-width(count), 1)
	words := m.filter.line.value()
	need := text.Width(text.CleanLine(words)) + 1
	line, at := m.filter.line.view(min(room, need), m.styles)
	x = width(title) + len(label) + at
	return title + m.styles.label.Render(label) + strings.TrimRight(line, " ") + m.styles.soft.Render(count), x
}

// galleryCursor is where the cursor stands in the filter under edit.
func (m *Model) galleryCursor() (x, y int, ok bool) {
	r := m.layout.header
	_, x = m.galleryTitle(r.w)
	return r.x + x, r.y, true
}

// emptyGallery says why there is nothing to see.
func (m *Model) emptyGallery() string {
	switch {
	case !m.opened || m.filter.stale:
		return ""
	case m.list.narrow && m.filter.problem != "":
		return m.filter.problem
	case m.list.narrow:
		return m.nothingFound()
	}
	return "No pictures yet. esc goes back."
}

// galleryFacts is the prompt under the cursor, cut to make room for its facts: shape, seed, time, cost; or what became of
// one that has no picture.
func (m *Model) galleryFacts(w int) text.Safe {
	row, ok := m.row(m.list.cursor)
	if !ok {
		return ""
	}
	prompt, facts := text.CleanLine(row.Entry.Prompt()), m.shortFacts(row.Entry)
	if said := m.statusLine(row); said != "" && row.State != history.Done {
		prompt, facts = text.CleanLine(m.glyphs.say(said)), nil
	}
	joint := text.Safe(m.glyphs.joint)
	for len(facts) > 0 {
		rest := joint + text.Join(facts, joint)
		if room := w - text.Width(rest); room >= min(text.Width(prompt), w/3) {
			return text.Truncate(prompt, room, text.Safe(m.glyphs.ellipsis)) + rest
		}
		facts = facts[1:]
	}
	return text.Truncate(prompt, w, text.Safe(m.glyphs.ellipsis))
}

// shortFacts are a picture's facts beside its prompt.
func (m *Model) shortFacts(e history.Entry) []text.Safe {
	shape := ""
	if v, ok := valueIn(e, shapeName); ok {
		shape = string(parameterSays(shapeName, v))
	}
	var facts []text.Safe
	for _, said := range []string{shape, m.severalFact(e), seedFact(e), tookFact(e), m.costOf(e)} {
		if said != "" {
			facts = append(facts, text.CleanLine(m.glyphs.say(said)))
		}
	}
	return facts
}
