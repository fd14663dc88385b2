package ui

import (
	"strconv"
	"strings"

	"tintype/history"
	"tintype/ui/runner"
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
	keys := m.fullVoice(l).lines[0]
	room := r.w - width(keys) - fullApart
	said := m.fullLine(row, room)
	line := text.Truncate(text.CleanLine(m.glyphs.say(said)), room, text.Safe(m.glyphs.ellipsis))
	c.putLine(r.x, r.y, r.w, m.styles.ink.Render(string(line)))
	m.putRight(c, r, text.Width(line)+2, keys)
	room -= text.Width(line) + text.Width(text.Safe(m.glyphs.joint))
	if prompt := text.CleanLine(row.Entry.Prompt()); hasPicture(row.Entry) && room > 2*fullApart {
		cut := text.Truncate(prompt, room, text.Safe(m.glyphs.ellipsis))
		c.putLine(r.x+text.Width(line), r.y, r.w, m.styles.soft.Render(m.glyphs.joint+string(cut)))
	}
}

// fullApart are the blank columns before the keys in the last row's end, fullTells the columns from which others than the way
// back are named there.
const fullApart, fullTells = 3, 70

// fullVoice is what stands at the last row's end: the picture's size, unless it is the one that fits, and the keys by which it is
// made larger, or looked at in parts, and the way back.
func (m *Model) fullVoice(l layout) voice {
	size, keys := "", []keyWord{m.fullKey(actBack, "")}
	percent := m.stage.zoom.percent
	if _, why := m.single(); why != "" {
		percent = 0
	} else if l.fullFacts.w >= fullTells {
		keys = append(m.fullSizes(percent), keys...)
	}
	if percent > 0 {
		size = strconv.Itoa(percent) + " %"
	}
	v := m.line(size, keys)
	for i := range v.spots {
		v.spots[i].x += l.fullFacts.w - width(v.lines[0])
	}
	return v
}

// fullSizes are the keys about a picture's size.
func (m *Model) fullSizes(percent int) []keyWord {
	if percent == 0 {
		return []keyWord{m.fullKey(actLarger, "larger")}
	}
	return []keyWord{m.fullKey(actLarger, ""), m.fullKey(actSmaller, ""), {key: m.panKeys()}}
}

func (m *Model) fullKey(act action, word string) keyWord {
	return keyWord{m.keys.first(act, inFull), word, spot{act: act}}
}

// panKeys are the keys of panning in few columns: "shift+←↑↓→", or as they are bound.
func (m *Model) panKeys() string {
	shared, keys := "shift+", ""
	for _, act := range []action{actPanLeft, actPanUp, actPanDown, actPanRight} {
		key, shifted := strings.CutPrefix(m.keys.first(act, inFull), shared)
		if !shifted {
			shared = ""
		}
		keys += keyName(key)
	}
	return shared + keys
}

// fullLine is what the last row says of a picture in so many columns, or of what has none: its prompt once the plate says
// how it ended, else what it is doing.
func (m *Model) fullLine(row runner.Row, w int) string {
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
