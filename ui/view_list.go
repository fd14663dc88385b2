package ui

import (
	"fmt"
	"strings"

	"tintype/history"
	"tintype/ui/text"
)

// drawList draws the predictions in sight, with their label.
func (m *Model) drawList(c *canvas) {
	l := m.layout
	focused := m.focus == onList && !m.over.modal()
	if !l.settingsLabel.empty() {
		m.drawListLabel(c, focused)
	}
	window := m.list.window()
	if len(window) == 0 {
		c.put(l.list, m.emptyList(l.list.w))
		return
	}
	rows := m.rowsFacts(window)
	look := m.rowLook(l.list.w)
	for i := range min(len(rows), l.list.h) {
		if rows[i] == nil {
			continue // still being read
		}
		var below *rowFacts
		if i+1 < len(rows) {
			below = rows[i+1]
		}
		c.putLine(l.list.x, l.list.y+i, l.list.w, rowText(*rows[i], below, look))
	}
}

// rowLook is what the rows of this frame have in common.
func (m *Model) rowLook(w int) rowLook {
	look := rowLook{
		w: w, narrow: m.layout.narrow, step: m.step(), motion: m.motion(), g: m.glyphs, st: m.styles,
	}
	if words := m.filter.line.value(); strings.TrimSpace(words) != "" {
		query, _ := history.ParseQuery(words, m.now()) // what is wrong with it is said elsewhere
		look.hits = query.Hits
	}
	return look
}

// step is the spinner's step: one phase for all.
func (m *Model) step() int { return int(m.now().UnixMilli() / (1000 / spinnerRate)) }

// rowsFacts are the facts of keys; nil where an entry is still being read.
func (m *Model) rowsFacts(keys []string) []*rowFacts {
	now := m.now()
	facts := make([]*rowFacts, len(keys))
	for i, key := range keys {
		row, ok := m.row(key)
		if !ok {
			continue
		}
		f := newRowFacts(row, now)
		f.mark, f.unseen, f.armed = m.list.marks[key], m.list.unseen[key], m.hand.isArmed(key, now)
		f.cursor = key == m.list.cursor
		facts[i] = &f
	}
	return facts
}

// drawListLabel draws the list's name, what filters it, and how many there are.
func (m *Model) drawListLabel(c *canvas, focused bool) {
	r := m.layout.listLabel
	if m.filter.on() || m.filter.editing {
		if focused {
			c.putLine(r.x-1, r.y, 1, m.styles.labelFocused.Render(m.glyphs.focus))
		}
		c.putLine(r.x, r.y, r.w, m.filterLabel(r.w))
		return
	}
	m.drawLabel(c, r, "Predictions", m.styles.soft.Render(m.listCount(focused)), focused)
}

// listCount is how many predictions there are: "all 1,204", "1 newer".
func (m *Model) listCount(focused bool) string {
	n := m.list.all.Len()
	if n == 0 {
		return ""
	}
	said := "all " + countText(n)
	if m.list.newer > 0 {
		said = fmt.Sprintf("%d newer%s%s", m.list.newer, m.glyphs.joint, said)
	}
	if focused {
		said = "/ " + said
	}
	return said
}

// filterLabel is the filter under edit, or as it stands, with how many it finds.
func (m *Model) filterLabel(w int) string {
	right := m.filterCount()
	left := m.viewName() + "/ "
	room := w - len(left) - width(right) - 1
	if room < 4 {
		right, room = "", w-len(left)
	}
	line, _ := m.filter.line.view(max(room, 1), m.styles)
	label := m.styles.labelFocused.Render(left) + line
	if right == "" {
		return label
	}
	return label + strings.Repeat(" ", max(w-width(label)-width(right), 1)) + m.styles.soft.Render(right)
}

// filterCount says how many of all are found.
func (m *Model) filterCount() string {
	if !m.list.narrow {
		return "all " + countText(m.list.all.Len())
	}
	found := countText(m.filter.total)
	if m.filter.counting {
		found += "+"
	}
	return found + " of " + countText(m.list.all.Len())
}

// viewName is the name of a view that is not all.
func (m *Model) viewName() string {
	switch m.filter.view {
	case viewLive:
		return "live "
	case viewStarred:
		return "starred "
	case viewNew:
		return "new "
	}
	return ""
}

// filterCursor is where the cursor stands in the filter under edit.
func (m *Model) filterCursor() (x, y int, ok bool) {
	r := m.layout.listLabel
	w := r.w
	if m.layout.settingsLabel.empty() {
		r.x, w = 1, m.smallFilterWidth()
	}
	left := len(m.viewName() + "/ ")
	room := w - left - width(m.filterCount()) - 1
	if room < 4 {
		room = w - left
	}
	_, at := m.filter.line.view(max(room, 1), m.styles)
	return r.x + left + at, r.y, true
}

// emptyList says why there is nothing to see.
func (m *Model) emptyList(w int) []string {
	said := ""
	switch {
	case !m.opened || m.filter.stale:
	case m.list.narrow && m.filter.problem != "":
		said = m.filter.problem
	case m.list.narrow:
		said = m.nothingFound()
	case m.list.all.Len() == 0:
		said = "Nothing made yet."
	}
	var lines []string
	for _, line := range text.Wrap(text.Safe(said), w-2) {
		lines = append(lines, " "+m.styles.soft.Render(m.glyphs.say(string(line))))
	}
	return lines
}

// nothingFound is the sentence of a filter without hits.
func (m *Model) nothingFound() string {
	if words := strings.TrimSpace(m.filter.line.value()); words != "" {
		return fmt.Sprintf("Nothing in %s matches %q. esc shows all.", countText(m.list.all.Len()), clean(words))
	}
	switch m.filter.view {
	case viewLive:
		return "Nothing is under way. esc shows all."
	case viewStarred:
		return "Nothing is starred yet. esc shows all."
	}
	return "Nothing new. esc shows all."
}
