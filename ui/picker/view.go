package picker

import (
	"fmt"
	"strings"

	"tintype/ui/format"
	"tintype/ui/text"
	"tintype/ui/textedit"
	"tintype/ui/theme"
)

// ChooserHead is the title's and the filter's row.
const ChooserHead = 2

// Height is how many lines it would like: title, filter, each row, a blank and the hint.
func (c *Picker) Height() int {
	rows := len(c.Choices)
	if c.offered != nil {
		rows++
	}
	return ChooserHead + rows + 2
}

// View is h lines of exactly w cells; st are the roles on a dialog's ground. The rules round it are the caller's.
func (c *Picker) View(w, h int, st theme.Styles, g theme.Glyphs) []string {
	count := fmt.Sprintf("%s of %s", format.Count(len(c.shown)), format.Count(len(c.Choices)))
	typed, _ := c.filter.View(max(w-3, 1), st)
	lines := []string{
		titleLine(c.title, count, w, st),
		st.Ink.Render("  ") + typed + st.Ink.Render(" "),
	}
	from, room := c.window(h)
	middle, right := c.columns(w)
	for i := from; i < from+room; i++ {
		switch {
		case i < len(c.shown):
			lines = append(lines, drawChoice(c.Choices[c.shown[i]], i == c.at, w, middle, right, st, g))
		case i < c.rows():
			free := c.freeRow(g)
			lines = append(lines, drawChoice(free, i == c.at, w, 0, text.Width(text.CleanLine(free.Right)), st, g))
		default:
			lines = append(lines, blankLine(w, st))
		}
	}
	if h >= ChooserHead+2 {
		lines = append(lines, c.lastLine(w, st, g))
	}
	if h >= ChooserHead+3 {
		lines = append(lines[:len(lines)-1], blankLine(w, st), lines[len(lines)-1])
	}
	return lines[:min(max(h, 0), len(lines))]
}

// window is the first row in sight and how many there is room for, so that the cursor is among them.
func (c *Picker) window(h int) (from, room int) {
	switch room = h - ChooserHead; {
	case room >= 3:
		room -= 2 // a blank and the hint
	case room == 2:
		room--
	}
	room = max(room, 0)
	return max(0, c.at-room+1), room
}

// freeRow is the free choice as a row: its hint becomes the typed text once that would do.
func (c *Picker) freeRow(g theme.Glyphs) Choice {
	typed := strings.TrimSpace(c.filter.Value())
	if typed != "" && c.offered.check(typed) == nil {
		return Choice{Text: typed, Right: "as typed"}
	}
	return Choice{Text: g.Say(c.offered.name), Right: g.Say(c.offered.hint)}
}

// columns are the widths of the two right columns over all choices, so that a filter moves nothing; what has no room
// beside 12 columns of text is left out, the middle first.
func (c *Picker) columns(w int) (middle, right int) {
	for _, ch := range c.Choices {
		middle = max(middle, text.Width(text.CleanLine(ch.Middle)))
		right = max(right, text.Width(text.CleanLine(ch.Right)))
	}
	const leastText = 12
	if 2+leastText+gapped(middle)+gapped(right)+1 > w {
		middle = 0
	}
	if 2+leastText+gapped(right)+1 > w {
		right = 0
	}
	return middle, right
}

// gapped is a column with the two blanks before it.
func gapped(w int) int {
	if w == 0 {
		return 0
	}
	return w + 2
}

// drawChoice draws one row: the bar, the text, and the columns flush right.
func drawChoice(ch Choice, under bool, w, middle, right int, st theme.Styles, g theme.Glyphs) string {
	bar, role := " ", st.Ink
	if under {
		bar, role = g.Cursor, st.CursorRow
	}
	room := max(w-2-gapped(middle)-gapped(right)-1, 1)
	body := textedit.Exactly(text.Truncate(text.CleanLine(ch.Text), room, g.Ellipsis), room)
	return role.Render(bar+" "+string(body)) + st.Soft.Render(flushRight(g.Say(ch.Middle), middle)+flushRight(ch.Right, right)+" ")
}

// flushRight is a column's text behind its two blanks; nothing for a column that is left out.
func flushRight(s string, w int) string {
	if w == 0 {
		return ""
	}
	cell := text.Truncate(text.CleanLine(s), w, "")
	return strings.Repeat(" ", 2+w-text.Width(cell)) + string(cell)
}

// titleLine is a bold title, and a soft word flush right.
func titleLine(title, right string, w int, st theme.Styles) string {
	room := max(w-len(right)-2, 1)
	return st.LabelFocused.Render(string(textedit.Exactly(text.Join([]text.Safe{" ", text.CleanLine(title)}, ""), room))) +
		st.Soft.Render(" "+right+" ")
}

// lastLine says why enter did nothing, else what the keys do.
func (c *Picker) lastLine(w int, st theme.Styles, g theme.Glyphs) string {
	line := func(s string) string {
		return string(textedit.Exactly(text.Truncate(text.CleanLine(" "+s), w, g.Ellipsis), w))
	}
	if c.said != "" {
		return st.Bad.Render(line(c.said))
	}
	hint := "enter " + c.Verb
	if c.tabEdits {
		hint += "   tab edit"
	}
	if c.kept != "" && !c.tabEdits {
		return st.Soft.Render(line(hint + "   esc keep " + c.kept))
	}
	return st.Soft.Render(line(hint + "   esc back"))
}

func blankLine(w int, st theme.Styles) string { return st.Ink.Render(strings.Repeat(" ", max(w, 0))) }

// Cursor is where the terminal's cursor stands in view(w, h).
func (c *Picker) Cursor(w, h int) (x, y int, ok bool) {
	_, x = c.filter.View(max(w-3, 1), theme.Styles{})
	return x + 2, 1, h > 1
}

// Click is a click on line y of view(w, h): a row is selected, clicked again it is taken.
func (c *Picker) Click(y, h int) Result {
	from, room := c.window(h)
	at := from + y - ChooserHead
	if y < ChooserHead || y >= ChooserHead+room || at >= c.rows() {
		return ChooserOpen
	}
	if at == c.at {
		return c.take(Taken)
	}
	c.at = at
	return ChooserOpen
}
