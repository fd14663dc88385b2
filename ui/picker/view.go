package picker

import (
	"fmt"
	"strings"

	"tintype/ui/format"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// HeadRows is how many lines come before the rows: the title and the filter.
const HeadRows = 2

// Height returns how many lines show everything: title, filter, all rows, a blank line and the hint.
func (c *Picker) Height() int {
	rows := len(c.choices)
	if c.other != nil {
		rows++
	}
	return HeadRows + rows + 2
}

// View draws h lines of exactly w cells. The styles in look are those on the background of a dialog.
func (c *Picker) View(w, h int, look theme.Look) []string {
	st := look.Styles
	count := fmt.Sprintf("%s of %s", format.Count(len(c.shown)), format.Count(len(c.choices)))
	typed, _ := c.filter.View(max(w-3, 1), st)
	lines := []string{
		titleLine(c.title, count, w, st),
		st.Text.Render("  ") + typed + st.Text.Render(" "),
	}
	from, room := c.window(h)
	middle, right := c.columns(w)
	for i := from; i < from+room; i++ {
		switch {
		case i < len(c.shown):
			lines = append(lines, drawChoice(c.choices[c.shown[i]], i == c.cursor, w, middle, right, look))
		case i < c.rowCount():
			other := c.otherRow(look.Glyphs)
			lines = append(lines, drawChoice(other, i == c.cursor, w, 0, text.Width(text.CleanLine(other.Right)), look))
		default:
			lines = append(lines, blankLine(w, st))
		}
	}
	if h >= HeadRows+2 {
		lines = append(lines, c.hintLine(w, look))
	}
	if h >= HeadRows+3 {
		lines = append(lines[:len(lines)-1], blankLine(w, st), lines[len(lines)-1])
	}
	return lines[:min(max(h, 0), len(lines))]
}

// window returns the first visible row and how many there is room for, so that the cursor is among them.
func (c *Picker) window(h int) (from, room int) {
	switch room = h - HeadRows; {
	case room >= 3:
		room -= 2 // a blank and the hint
	case room == 2:
		room--
	}
	room = max(room, 0)
	return max(0, c.cursor-room+1), room
}

// otherRow returns the row of other text; once the typed text is valid the row shows it.
func (c *Picker) otherRow(g theme.Glyphs) Choice {
	typed := strings.TrimSpace(c.filter.Value())
	if typed != "" && c.other.check(typed) == nil {
		return Choice{Text: typed, Right: "as typed"}
	}
	return Choice{Text: g.Translate(c.other.name), Right: g.Translate(c.other.hint)}
}

// columns returns the widths of the two right columns over all choices, so that the filter does not move them. A column
// is left out, the middle one first, when less than leastText would remain for the text.
func (c *Picker) columns(w int) (middle, right int) {
	for _, ch := range c.choices {
		middle = max(middle, text.Width(text.CleanLine(ch.Middle)))
		right = max(right, text.Width(text.CleanLine(ch.Right)))
	}
	const leastText = 12
	if 2+leastText+withGap(middle)+withGap(right)+1 > w {
		middle = 0
	}
	if 2+leastText+withGap(right)+1 > w {
		right = 0
	}
	return middle, right
}

// withGap returns the width of a column with the two blanks before it.
func withGap(w int) int {
	if w == 0 {
		return 0
	}
	return w + 2
}

// drawChoice draws one row: the cursor bar, the text, and the columns flush right.
func drawChoice(ch Choice, selected bool, w, middle, right int, look theme.Look) string {
	st, g := look.Styles, look.Glyphs
	bar, role := " ", st.Text
	if selected {
		bar, role = g.Cursor, st.CursorRow
	}
	room := max(w-2-withGap(middle)-withGap(right)-1, 1)
	body := text.Fit(text.Truncate(text.CleanLine(ch.Text), room, g.Ellipsis), room)
	return role.Render(bar+" "+string(body)) + st.Muted.Render(flushRight(g.Translate(ch.Middle), middle)+flushRight(ch.Right, right)+" ")
}

// flushRight returns a column's text after its two blanks; "" for a column that is left out.
func flushRight(s string, w int) string {
	if w == 0 {
		return ""
	}
	cell := text.Truncate(text.CleanLine(s), w, "")
	return strings.Repeat(" ", 2+w-text.Width(cell)) + string(cell)
}

// titleLine draws a bold title, and a dim text flush right.
func titleLine(title, right string, w int, st theme.Styles) string {
	room := max(w-len(right)-2, 1)
	return st.LabelFocused.Render(string(text.Fit(text.Join([]text.Safe{" ", text.CleanLine(title)}, ""), room))) +
		st.Muted.Render(" "+right+" ")
}

// hintLine says why enter did nothing, or what the keys do.
func (c *Picker) hintLine(w int, look theme.Look) string {
	st := look.Styles
	line := func(s string) string {
		return string(text.Fit(text.Truncate(text.CleanLine(" "+s), w, look.Glyphs.Ellipsis), w))
	}
	if c.note != "" {
		return st.Failure.Render(line(c.note))
	}
	hint := "enter " + c.verb
	if c.allowEdit {
		hint += "   tab edit"
	}
	if c.current != "" && !c.allowEdit {
		return st.Muted.Render(line(hint + "   esc keep " + c.current))
	}
	return st.Muted.Render(line(hint + "   esc back"))
}

func blankLine(w int, st theme.Styles) string { return st.Text.Render(strings.Repeat(" ", max(w, 0))) }

// Cursor returns the place of the terminal's cursor in View(w, h).
func (c *Picker) Cursor(w, h int) (x, y int, ok bool) {
	_, x = c.filter.View(max(w-3, 1), theme.Styles{})
	return x + 2, 1, h > 1
}

// Click takes a click on line y of View(w, h): it selects a row, and takes the row that is selected already.
func (c *Picker) Click(y, h int) Result {
	from, room := c.window(h)
	at := from + y - HeadRows
	if y < HeadRows || y >= HeadRows+room || at >= c.rowCount() {
		return Open
	}
	if at == c.cursor {
		return c.finish(Taken)
	}
	c.cursor = at
	return Open
}
