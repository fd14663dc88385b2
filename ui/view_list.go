package ui

import (
	"tintype/ui/cell"
	"tintype/ui/list"
	"tintype/ui/text"
)

// drawList draws the predictions in sight, with their label.
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

// listOptions is how rows of the list are drawn now, w columns wide.
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

// filterCursor returns where the cursor is in the filter under edit.
func (m *Model) filterCursor() (x, y int, ok bool) {
	r := m.layout.ListLabel
	if m.layout.SettingsLabel.Empty() {
		r.X, r.W = 1, m.smallFilterWidth()
	}
	_, x = m.list.FilterLabel(r.W, m.look)
	return r.X + x, r.Y, true
}
