package sheet

import (
	"fmt"
	"slices"
	"strings"

	"tintype/history"
	"tintype/ui/params"
	"tintype/ui/plan"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// about returns a row about the cell under the cursor: where it is, and what its prompt is, why it is not possible or what became of it;
// at the right the slice, and the part of a table that is in sight.
func (s *Screen) about(w int, look theme.Look) string {
	right := text.Safe(look.Glyphs.Translate(string(s.sliceText())))
	if part := s.partText(); part != "" && right == "" {
		right = part
	} else if part != "" {
		right = part + "   " + right
	}
	where, more := s.saying()
	room := w - text.Width(right) - 2
	said := text.Truncate(text.Safe(look.Glyphs.Translate(where)), room, look.Glyphs.Ellipsis)
	line, left := look.Styles.Text.Render(string(said)), room-text.Width(said)
	if more != "" && left > leastTemplate {
		said = text.Truncate(text.Safe(look.Glyphs.Translate(more)), left-3, look.Glyphs.Ellipsis)
		line, left = line+"   "+look.Styles.Muted.Render(string(said)), left-3-text.Width(said)
	}
	return line + strings.Repeat(" ", max(left, 0)+2) + look.Styles.Muted.Render(string(right))
}

// partText says which cells are in sight if there are more: "columns 1–8 of 20"; of a flow it counts the cells.
func (s *Screen) partText() text.Safe {
	if s.showsList() || s.flicks {
		return ""
	}
	g := s.grid()
	part := func(what string, first, size, n int) string {
		if size >= n {
			return ""
		}
		return fmt.Sprintf("%s %d–%d of %d", what, first+1, min(first+size, n), n)
	}
	if g.flows > 0 {
		return text.Safe(s.program.Look().Glyphs.Translate(part("cells", g.top*g.across, g.across*g.downs, g.flows)))
	}
	parts := []string{part("rows", g.top, g.downs, s.rowCount()), part("columns", g.left, g.across, s.columnCount())}
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	return text.Safe(s.program.Look().Glyphs.Translate(strings.Join(parts, " · ")))
}

// saying returns what is under the cursor, and more about it.
func (s *Screen) saying() (where, more string) {
	i := s.current()
	if i < 0 {
		switch {
		case s.row < 0 && s.column < 0:
			notes := string(text.CleanLine(strings.Join(s.plan.Notes, " ")))
			if in := s.ofSlice(); in != "" {
				return "All cells" + in + ".", notes
			}
			return "All cells of the plan.", notes
		case s.row < 0:
			return "All cells of " + s.labelText(s.columns, s.column) + s.ofSlice(), ""
		case s.column < 0:
			return "All cells of " + s.labelText(s.rows, s.row) + s.ofSlice(), ""
		}
		return "This cell is not among those that are made.", ""
	}
	c := &s.plan.Cells[i]
	where = s.coordinates(i)
	if c.State == plan.Invalid {
		return where + " · " + string(text.CleanLine(c.Why)), ""
	}
	if s.plan.WhySame(i) != "" {
		return where + " · another file, not another picture", `same_picture = "same-format" buys each`
	}
	if row, ok := s.List.Row(s.keyOf(i)); ok && row.State != history.Done {
		if status := s.program.Status(row); status != "" {
			return where + " · " + status, ""
		}
	}
	prompt, _ := c.Input[params.Prompt].(string)
	if prompt == where || prompt == s.plan.Spec.Prompt {
		prompt = "" // it is on the screen
	}
	if lacks := s.plan.Lacks(i); len(lacks) > 0 {
		where += " · takes no " + string(text.CleanLine(strings.Join(lacks, " and no ")))
	}
	return where, string(text.CleanLine(prompt))
}

// ofSlice says that a label has only the cells of the slice in sight; "" if there is one slice.
func (s *Screen) ofSlice() string {
	if _, n := s.sliceNumber(); n > 1 {
		return " in this slice"
	}
	return ""
}

// labelText returns the label of a value of an axis in sight.
func (s *Screen) labelText(axis, value int) string {
	if axis < 0 {
		return "this line"
	}
	return string(s.label(axis, value))
}

// coordinates returns the labels of a cell.
func (s *Screen) coordinates(i int) string {
	var parts []text.Safe
	for axis, v := range s.plan.Cells[i].At {
		parts = append(parts, s.label(axis, v))
	}
	return string(text.Join(parts, " · "))
}

// values returns the values of a cell, without the names of their axes.
func (s *Screen) values(i int) string {
	var parts []text.Safe
	for axis, v := range s.plan.Cells[i].At {
		a := s.plan.Axes[axis]
		if said := text.CleanLine(a.Values[v].Text); len(a.Of) == 1 && !a.Sets(plan.OfModel) && said != "" {
			parts = append(parts, said)
			continue
		}
		parts = append(parts, label(a, a.Values[v]))
	}
	return string(text.Join(parts, " · "))
}
