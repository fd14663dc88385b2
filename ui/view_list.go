package ui

import (
	"fmt"
	"strings"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/list"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// drawList draws the predictions in sight, with their label.
func (m *Model) drawList(c *cell.Canvas) {
	l := m.layout
	focused := m.focus == onList && !m.dialogs.modal()
	if !l.SettingsLabel.Empty() {
		m.drawListLabel(c, focused)
	}
	window := m.list.Window()
	if len(window) == 0 {
		c.Put(l.List, m.emptyList(l.List.W))
		return
	}
	rows := m.rowsFacts(window)
	look := m.rowLook(l.List.W)
	for i := range min(len(rows), l.List.H) {
		if rows[i] == nil {
			continue // still being read
		}
		var below *list.RowFacts
		if i+1 < len(rows) {
			below = rows[i+1]
		}
		c.PutLine(l.List.X, l.List.Y+i, l.List.W, list.RowText(*rows[i], below, look))
	}
}

// RowLook is what the rows of this frame have in common.
func (m *Model) rowLook(w int) list.RowLook {
	look := list.RowLook{
		W: w, Narrow: m.layout.Narrow, Step: m.step(), Motion: m.motion(), G: m.look.Glyphs, St: m.look.Styles,
	}
	if words := m.filter.line.Value(); strings.TrimSpace(words) != "" {
		query, _ := history.ParseQuery(words, m.now()) // what is wrong with it is said elsewhere
		look.Hits = query.Hits
	}
	return look
}

// step is the spinner's step: one phase for all.
func (m *Model) step() int { return int(m.now().UnixMilli() / (1000 / theme.SpinnerRate)) }

// rowsFacts are the facts of keys; nil where an entry is still being read.
func (m *Model) rowsFacts(keys []string) []*list.RowFacts {
	now := m.now()
	facts := make([]*list.RowFacts, len(keys))
	for i, key := range keys {
		row, ok := m.row(key)
		if !ok {
			continue
		}
		f := list.NewRowFacts(row, now)
		f.Mark, f.Unseen, f.Armed = m.list.Marks[key], m.list.Unseen[key], m.guard.isArmed(key, now)
		f.Cursor = key == m.list.Cursor
		facts[i] = &f
	}
	return facts
}

// drawListLabel draws the list's name, what filters it, and how many there are.
func (m *Model) drawListLabel(c *cell.Canvas, focused bool) {
	r := m.layout.ListLabel
	if m.filter.on() || m.filter.editing {
		if focused {
			c.PutLine(r.X-1, r.Y, 1, m.look.Styles.LabelFocused.Render(m.look.Glyphs.Focus))
		}
		c.PutLine(r.X, r.Y, r.W, m.filterLabel(r.W))
		return
	}
	m.drawLabel(c, r, "Predictions", m.look.Styles.Soft.Render(m.listCount(focused)), focused)
}

// listCount is how many predictions there are: "all 1,204", "1 newer".
func (m *Model) listCount(focused bool) string {
	n := m.list.All.Len()
	if n == 0 {
		return ""
	}
	said := "all " + format.CountText(n)
	if m.list.Newer > 0 {
		said = fmt.Sprintf("%d newer%s%s", m.list.Newer, m.look.Glyphs.Joint, said)
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
	room := w - len(left) - cell.Width(right) - 1
	if room < 4 {
		right, room = "", w-len(left)
	}
	line, _ := m.filter.line.View(max(room, 1), m.look.Styles)
	label := m.look.Styles.LabelFocused.Render(left) + line
	if right == "" {
		return label
	}
	return label + strings.Repeat(" ", max(w-cell.Width(label)-cell.Width(right), 1)) + m.look.Styles.Soft.Render(right)
}

// filterCount says how many of all are found.
func (m *Model) filterCount() string {
	if !m.list.Narrow {
		return "all " + format.CountText(m.list.All.Len())
	}
	found := format.CountText(m.filter.total)
	if m.filter.counting {
		found += "+"
	}
	return found + " of " + format.CountText(m.list.All.Len())
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
	r := m.layout.ListLabel
	w := r.W
	if m.layout.SettingsLabel.Empty() {
		r.X, w = 1, m.smallFilterWidth()
	}
	left := len(m.viewName() + "/ ")
	room := w - left - cell.Width(m.filterCount()) - 1
	if room < 4 {
		room = w - left
	}
	_, at := m.filter.line.View(max(room, 1), m.look.Styles)
	return r.X + left + at, r.Y, true
}

// emptyList says why there is nothing to see.
func (m *Model) emptyList(w int) []string {
	said := ""
	switch {
	case !m.opened || m.filter.stale:
	case m.list.Narrow && m.filter.problem != "":
		said = m.filter.problem
	case m.list.Narrow:
		said = m.nothingFound()
	case m.list.All.Len() == 0:
		said = "Nothing made yet."
	}
	var lines []string
	for _, line := range text.Wrap(text.Safe(said), w-2) {
		lines = append(lines, " "+m.look.Styles.Soft.Render(m.look.Glyphs.Say(string(line))))
	}
	return lines
}

// nothingFound is the sentence of a filter without hits.
func (m *Model) nothingFound() string {
	if words := strings.TrimSpace(m.filter.line.Value()); words != "" {
		return fmt.Sprintf("Nothing in %s matches %q. esc shows all.", format.CountText(m.list.All.Len()), format.Clean(words))
	}
	switch m.filter.view {
	case viewLive:
		return "Nothing is under way. esc shows all."
	case viewStarred:
		return "Nothing is starred yet. esc shows all."
	}
	return "Nothing new. esc shows all."
}
