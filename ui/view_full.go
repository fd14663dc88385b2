package ui

import (
	"strconv"
	"strings"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/layout"
	"tintype/ui/runner"
	"tintype/ui/statusbar"
	"tintype/ui/text"
)

// drawFull draws one picture on the whole screen, its facts in the last row.
func (m *Model) drawFull(c *cell.Canvas) {
	l := m.layout
	m.drawScene(c)
	if m.dialogs.Speaks() {
		m.drawStatus(c)
		return
	}
	row, ok := m.list.Row(m.list.Cursor())
	if !ok {
		return
	}
	r := l.FullFacts
	keys := m.fullStatus(l).Lines[0]
	room := r.W - cell.Width(keys) - fullApart
	said := m.fullLine(row, room)
	line := text.Truncate(text.CleanLine(m.look.Glyphs.Say(said)), room, m.look.Glyphs.Ellipsis)
	c.PutLine(r.X, r.Y, r.W, m.look.Styles.Ink.Render(string(line)))
	m.putRight(c, r, text.Width(line)+2, keys)
	room -= text.Width(line) + text.Width(m.look.Glyphs.Joint)
	if prompt := text.CleanLine(row.Entry.Prompt()); hasPicture(row.Entry) && room > 2*fullApart {
		cut := text.Truncate(prompt, room, m.look.Glyphs.Ellipsis)
		c.PutLine(r.X+text.Width(line), r.Y, r.W, m.look.Styles.Soft.Render(string(m.look.Glyphs.Joint+cut)))
	}
}

// fullApart are the blank columns before the keys in the last row's end, fullTells the columns from which others than the way
// back are named there.
const fullApart, fullTells = 3, 70

// fullStatus is what stands at the last row's end: the picture's size, unless it is the one that fits, and the keys by which it is
// made larger, or looked at in parts, and the way back.
func (m *Model) fullStatus(l layout.Layout) statusbar.Status {
	size, keys := "", []statusbar.Key{m.fullKey(keymap.ActBack, "")}
	percent := m.preview.Zoom.Percent
	if _, why := m.zoomable(); why != "" {
		percent = 0
	} else if l.FullFacts.W >= fullTells {
		keys = append(m.fullSizes(percent), keys...)
	}
	if percent > 0 {
		size = strconv.Itoa(percent) + " %"
	}
	return m.bar(l).Line(size, keys).FlushRight(l.FullFacts.W)
}

// fullSizes are the keys about a picture's size.
func (m *Model) fullSizes(percent int) []statusbar.Key {
	if percent == 0 {
		return []statusbar.Key{m.fullKey(keymap.ActLarger, "larger")}
	}
	return []statusbar.Key{m.fullKey(keymap.ActLarger, ""), m.fullKey(keymap.ActSmaller, ""), {Name: m.panKeys()}}
}

func (m *Model) fullKey(act keymap.Action, word string) statusbar.Key {
	return statusbar.Key{Name: m.keys.First(act, keymap.InFull), Word: word, Target: statusbar.Target{Action: act}}
}

// panKeys are the keys of panning in few columns: "shift+←↑↓→", or as they are bound.
func (m *Model) panKeys() string {
	shared, keys := "shift+", ""
	for _, act := range []keymap.Action{keymap.ActPanLeft, keymap.ActPanUp, keymap.ActPanDown, keymap.ActPanRight} {
		key, shifted := strings.CutPrefix(m.keys.First(act, keymap.InFull), shared)
		if !shifted {
			shared = ""
		}
		keys += keymap.Label(key)
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
	case cell.Width(said)+2 > w:
		said = m.factsBrief(row.Entry)
	}
	if row.Star {
		return m.look.Glyphs.Star + " " + said
	}
	return said
}
