package ui

import (
	"strconv"
	"strings"

	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/layout"
	"tintype/ui/statusbar"
)

// fullApart are the blank columns before the keys at the end of the last row. From fullKeysWidth columns on others than the way back are
// named there.
const fullApart, fullKeysWidth = 3, 70

// drawFull draws one picture on the whole screen, its facts in the last row.
func (m *Model) drawFull(c *cell.Canvas) {
	l := m.layout
	m.preview.DrawScene(c, m.look)
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
	facts := r
	facts.W -= cell.Width(keys) + fullApart
	taken := m.preview.DrawFullLine(c, facts, row, m.look)
	c.PutRight(r, taken+2, keys)
}

// fullStatus is what stands at the last row's end: the picture's size, unless it is the one that fits, and the keys by which it is
// made larger, or looked at in parts, and the way back.
func (m *Model) fullStatus(l layout.Layout) statusbar.Status {
	size, keys := "", []statusbar.Key{m.fullKey(keymap.ActBack, "")}
	percent, canZoom := m.preview.ZoomPercent()
	if canZoom && l.FullFacts.W >= fullKeysWidth {
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
