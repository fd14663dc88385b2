package sheet

import (
	"fmt"

	"tintype/history"
	"tintype/ui/plan"
	"tintype/ui/preview"
	"tintype/ui/text"
	"tintype/ui/theme"
)

type thumb = preview.Thumb

// about returns a row about the cell under the cursor: where it is, and why it is not possible or what became of it; at the right the
// slice.
func (s *Screen) about(w int, look theme.Look) string {
	right := s.sliceText()
	said := text.Safe(look.Glyphs.Translate(s.saying()))
	right = text.Safe(look.Glyphs.Translate(string(right)))
	room := w - text.Width(right) - 2
	line := look.Styles.Text.Render(string(text.PadRight(text.Truncate(said, room, look.Glyphs.Ellipsis), room)))
	return line + "  " + look.Styles.Muted.Render(string(right))
}

// sliceText names the slice in sight: "seed 62182  ‹ 1 of 3 ›"; "" if there is only one.
func (s *Screen) sliceText() text.Safe {
	var parts []text.Safe
	if s.showsList() {
		return "" // which has all cells
	}
	for _, axis := range s.hidden() {
		a := s.plan.Axes[axis]
		parts = append(parts, label(a, a.Values[s.slice[axis]]))
	}
	at, n := s.sliceNumber()
	if n < 2 {
		return text.Join(parts, " · ")
	}
	return text.Join(parts, " · ") + text.Safe(fmt.Sprintf("  ‹ %d of %d ›", at, n))
}

// saying returns the sentence about what is under the cursor.
func (s *Screen) saying() string {
	i := s.current()
	if i < 0 {
		switch {
		case s.row < 0 && s.column < 0:
			return "All cells in sight."
		case s.row < 0:
			return "All cells of " + s.labelText(s.columns, s.column)
		case s.column < 0:
			return "All cells of " + s.labelText(s.rows, s.row)
		}
		return "This cell is not among those that are made."
	}
	c := &s.plan.Cells[i]
	where := s.coordinates(i)
	if c.State == plan.Invalid {
		return where + " · " + string(text.CleanLine(c.Why))
	}
	if row, ok := s.List.Row(s.keyOf(i)); ok && row.State != history.Done {
		if status := s.program.Status(row); status != "" {
			return where + " · " + status
		}
	}
	return where
}

// labelText returns the label of a value of an axis in sight.
func (s *Screen) labelText(axis, value int) string {
	if axis < 0 {
		return "this line"
	}
	a := s.plan.Axes[axis]
	return string(label(a, a.Values[value]))
}

// coordinates returns the labels of a cell.
func (s *Screen) coordinates(i int) string {
	var parts []text.Safe
	for axis, v := range s.plan.Cells[i].At {
		a := s.plan.Axes[axis]
		parts = append(parts, label(a, a.Values[v]))
	}
	return string(text.Join(parts, " · "))
}

// values returns the values of a cell, without the names of their axes.
func (s *Screen) values(i int) string {
	var parts []text.Safe
	for axis, v := range s.plan.Cells[i].At {
		parts = append(parts, text.CleanLine(s.plan.Axes[axis].Values[v].Text))
	}
	return string(text.Join(parts, " · "))
}
