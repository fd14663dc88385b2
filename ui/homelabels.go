package ui

import (
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/ui/cell"
)

// drawLabel draws the name of a part, with a text at the right end. That of the part that has the keys is raised, and marked.
func (h *homeScreen) drawLabel(c *cell.Canvas, r cell.Rect, name, right string, focused bool) {
	label := h.labelStyle(focused).Render(name)
	if gap := r.W - cell.Width(label) - cell.Width(right); gap > 0 {
		label += h.labelGap(gap, focused, right != "") + right
	}
	h.putLabel(c, r, label, focused)
}

// labelGap returns what is between a label and the text at its right: a rule for the focused one where no background can show it.
func (h *homeScreen) labelGap(w int, focused, hasRight bool) string {
	look := h.m.look
	if !focused || look.Styles.HasSurfaces() || w < 3 {
		return strings.Repeat(" ", w)
	}
	end := ""
	if hasRight {
		end = " "
	}
	return " " + look.Styles.LabelFocused.Render(strings.Repeat(look.Glyphs.HorizontalRule, w-1-len(end))) + end
}

// putLabel draws a label that was made already.
func (h *homeScreen) putLabel(c *cell.Canvas, r cell.Rect, label string, focused bool) {
	switch look := h.m.look; {
	case r.Empty():
	case focused:
		mark := look.Styles.LabelFocused.Render(look.Glyphs.Focus)
		c.PutPanel(cell.Rect{X: r.X - 1, Y: r.Y, W: r.W + 2, H: 1}, []string{mark + label}, look.Styles.Dialog)
	default:
		c.PutLine(r.X, r.Y, r.W, label)
	}
}

func (h *homeScreen) labelStyle(focused bool) lipgloss.Style {
	if focused {
		return h.m.look.Styles.LabelFocused
	}
	return h.m.look.Styles.Label
}

// drawListLabel draws the list's name, or the filter, and the position in the list.
func (h *homeScreen) drawListLabel(c *cell.Canvas, focused bool) {
	m, r := h.m, h.m.layout.ListLabel
	if !m.list.ShowsFilter() {
		h.drawLabel(c, r, "Pictures", m.look.Styles.Muted.Render(m.list.CountText(m.look.Glyphs)), focused)
		return
	}
	label, _ := m.list.FilterLabel(r.W, h.labelStyle(focused), m.look)
	h.putLabel(c, r, label, focused)
}

// drawListRule draws the line that replaces the list's label on a small screen.
func (h *homeScreen) drawListRule(c *cell.Canvas, price string) {
	m, r := h.m, h.m.layout.ListLabel
	c.PutLine(0, r.Y, r.W+1, m.look.Styles.Rule.Render(strings.Repeat(m.look.Glyphs.HorizontalRule, max(r.W+1-cell.Width(price)-2, 0))))
	if m.list.ShowsFilter() {
		c.Clear(r)
		label, _ := m.list.FilterLabel(h.smallFilterWidth(), m.look.Styles.LabelFocused, m.look)
		c.PutLine(1, r.Y, r.W, label)
	}
	if h.hasKeys(focusList) {
		c.PutLine(0, r.Y, 1, m.look.Styles.LabelFocused.Render(m.look.Glyphs.Focus))
	}
	c.PutRight(r, 0, price)
}

// smallFilterWidth returns the width of the filter on a small screen: what the focus mark and the price leave of the rule.
func (h *homeScreen) smallFilterWidth() int {
	return h.m.layout.ListLabel.W - cell.Width(h.nextPrice()) - 3
}

// filterCursor returns the cursor of the filter that is edited.
func (h *homeScreen) filterCursor() (x, y int, ok bool) {
	m, r := h.m, h.m.layout.ListLabel
	if m.layout.SettingsLabel.Empty() {
		r.X, r.W = 1, h.smallFilterWidth()
	}
	_, x = m.list.FilterLabel(r.W, m.look.Styles.Label, m.look)
	return r.X + x, r.Y, true
}
