package ui

import (
	"tintype/history"
	"tintype/ui/studio"
	"tintype/ui/text"
)

// drawFull draws one picture on the whole screen, its facts in the last row.
func (m *Model) drawFull(c *canvas) {
	l := m.layout
	m.drawScene(c)
	if m.over.question != nil || m.over.menu != nil || m.over.note.text != "" {
		m.drawBottom(c)
		return
	}
	row, ok := m.row(m.list.cursor)
	if !ok {
		return
	}
	r := l.fullFacts
	said := m.fullLine(row, r.w-fullEsc)
	line := text.Truncate(text.Line(m.glyphs.say(said)), r.w-fullEsc, text.Safe(m.glyphs.ellipsis))
	c.putLine(r.x, r.y, r.w, m.styles.ink.Render(string(line)))
	m.putRight(c, r, text.Width(line)+2, m.styles.key.Render("esc"))
	if prompt := text.Line(row.Entry.Prompt()); hasPicture(row.Entry) && text.Width(line)+2*fullEsc < r.w {
		room := r.w - text.Width(line) - 3 - fullEsc
		cut := text.Truncate(prompt, room, text.Safe(m.glyphs.ellipsis))
		c.putLine(r.x+text.Width(line), r.y, room+3, m.styles.soft.Render(m.glyphs.joint+string(cut)))
	}
}

// fullEsc is the room of the way back, in the last row's end.
const fullEsc = 6

// fullLine is what the last row says of a picture in so many columns, or of what has none: its prompt once the plate says
// how it ended, else what it is doing.
func (m *Model) fullLine(row studio.Row, w int) string {
	said := m.factsLine(row.Entry)
	switch {
	case over(row) && !hasPicture(row.Entry):
		said = row.Entry.Prompt()
	case row.State != history.Done && m.statusLine(row) != "":
		said = m.statusLine(row)
	case width(said)+2 > w:
		said = m.factsBrief(row.Entry)
	}
	if row.Star {
		return m.glyphs.star + " " + said
	}
	return said
}
