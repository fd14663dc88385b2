package ui

import (
	"strings"
	"tintype/ui/cell"
	"tintype/ui/list"
	"tintype/ui/text"
)

// drawList draws the window of the list with its label, or why it is empty.
func (m *Model) drawList(c *cell.Canvas) {
	l := m.layout
	if !l.SettingsLabel.Empty() {
		m.drawListLabel(c, m.focus == focusList && !m.dialogs.IsModal())
	}
	if said := m.list.EmptyText("Nothing made yet."); len(m.list.Window()) == 0 {
		for i, line := range text.Wrap(text.Safe(said), l.List.W-2) {
			c.PutLine(l.List.X, l.List.Y+i, l.List.W, " "+m.look.Styles.Soft.Render(m.look.Glyphs.Say(string(line))))
		}
		return
	}
	c.Put(l.List, m.list.Lines(m.listOptions(l.List.W)))
}

// listOptions returns how rows of the list are drawn now, w columns wide.
func (m *Model) listOptions(w int) list.DrawOptions {
	return list.DrawOptions{
		Look: m.look, Width: w, Brief: m.layout.Narrow, Now: m.now(), Motion: m.motion(), Armed: m.guard.IsArmed,
	}
}

// drawListLabel draws the list's name and how many predictions there are, or the filter.
func (m *Model) drawListLabel(c *cell.Canvas, focused bool) {
	r, st := m.layout.ListLabel, m.look.Styles
	if !m.list.ShowsFilter() {
		m.drawLabel(c, r, "Predictions", st.Soft.Render(m.list.CountText(focused, m.look.Glyphs)), focused)
		return
	}
	if focused {
		c.PutLine(r.X-1, r.Y, 1, st.LabelFocused.Render(m.look.Glyphs.Focus))
	}
	label, _ := m.list.FilterLabel(r.W, m.look)
	c.PutLine(r.X, r.Y, r.W, label)
}

// drawListRule draws the line that is the list's label on a small screen: the filter at its left end, the price at its right end.
func (m *Model) drawListRule(c *cell.Canvas, price string) {
	r, st := m.layout.ListLabel, m.look.Styles
	c.PutLine(0, r.Y, r.W+1, st.Rule.Render(strings.Repeat(m.look.Glyphs.Across, max(r.W+1-cell.Width(price)-2, 0))))
	if m.list.ShowsFilter() {
		c.Fill(r, cell.Plain)
		label, _ := m.list.FilterLabel(m.smallFilterWidth(), m.look)
		c.PutLine(1, r.Y, r.W, label)
	}
	if m.focus == focusList && !m.dialogs.IsModal() {
		c.PutLine(0, r.Y, 1, st.LabelFocused.Render(m.look.Glyphs.Focus))
	}
	c.PutRight(r, 0, price)
}

// smallFilterWidth returns the width of the filter on a small screen: what focus and price leave of the line.
func (m *Model) smallFilterWidth() int { return m.layout.ListLabel.W - cell.Width(m.nextPrice()) - 3 }

// filterCursor returns where the cursor is in the filter under edit.
func (m *Model) filterCursor() (x, y int, ok bool) {
	r := m.layout.ListLabel
	if m.layout.SettingsLabel.Empty() {
		r.X, r.W = 1, m.smallFilterWidth()
	}
	_, x = m.list.FilterLabel(r.W, m.look)
	return r.X + x, r.Y, true
}
