package ui

import (
	"tintype/history"
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
	said := m.statusLine(row)
	if said == "" || row.State == history.Done {
		said = m.factsLine(row.Entry)
	}
	if row.Star {
		said = m.glyphs.star + " " + said
	}
	r := l.fullFacts
	line := text.Truncate(text.Line(m.glyphs.say(said)), r.w-6, text.Safe(m.glyphs.ellipsis))
	c.putLine(r.x, r.y, r.w, m.styles.ink.Render(string(line)))
	m.putRight(c, r, text.Width(line)+2, m.styles.key.Render("esc"))
	if prompt := text.Line(row.Entry.Prompt()); text.Width(line)+12 < r.w {
		room := r.w - text.Width(line) - 3 - 6
		cut := text.Truncate(prompt, room, text.Safe(m.glyphs.ellipsis))
		c.putLine(r.x+text.Width(line), r.y, room+3, m.styles.soft.Render(m.glyphs.joint+string(cut)))
	}
}
