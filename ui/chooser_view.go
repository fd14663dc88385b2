package ui

import (
	"fmt"
	"strings"

	"tintype/ui/text"
)

// chooserHead is the title's and the filter's row.
const chooserHead = 2

// height is how many lines it would like: title, filter, each row, a blank and the hint.
func (c *chooser) height() int {
	rows := len(c.choices)
	if c.offered != nil {
		rows++
	}
	return chooserHead + rows + 2
}

// view is h lines of exactly w cells; st are the roles on a dialog's ground. The rules round it are the caller's.
func (c *chooser) view(w, h int, st styles, g glyphs) []string {
	count := fmt.Sprintf("%s of %s", countText(len(c.shown)), countText(len(c.choices)))
	typed, _ := c.filter.view(max(w-3, 1), st)
	lines := []string{
		titleLine(c.title, count, w, st),
		st.ink.Render("  ") + typed + st.ink.Render(" "),
	}
	from, room := c.window(h)
	middle, right := c.columns(w)
	for i := from; i < from+room; i++ {
		switch {
		case i < len(c.shown):
			lines = append(lines, drawChoice(c.choices[c.shown[i]], i == c.at, w, middle, right, st, g))
		case i < c.rows():
			free := c.freeRow(g)
			lines = append(lines, drawChoice(free, i == c.at, w, 0, text.Width(text.CleanLine(free.right)), st, g))
		default:
			lines = append(lines, blankLine(w, st))
		}
	}
	if h >= chooserHead+2 {
		lines = append(lines, c.lastLine(w, st, g))
	}
	if h >= chooserHead+3 {
		lines = append(lines[:len(lines)-1], blankLine(w, st), lines[len(lines)-1])
	}
	return lines[:min(max(h, 0), len(lines))]
}

// window is the first row in sight and how many there is room for, so that the cursor is among them.
func (c *chooser) window(h int) (from, room int) {
	switch room = h - chooserHead; {
	case room >= 3:
		room -= 2 // a blank and the hint
	case room == 2:
		room--
	}
	room = max(room, 0)
	return max(0, c.at-room+1), room
}

// freeRow is the free choice as a row: its hint becomes the typed text once that would do.
func (c *chooser) freeRow(g glyphs) choice {
	typed := strings.TrimSpace(c.filter.value())
	if typed != "" && c.offered.check(typed) == nil {
		return choice{text: typed, right: "as typed"}
	}
	return choice{text: g.say(c.offered.name), right: g.say(c.offered.hint)}
}

// columns are the widths of the two right columns over all choices, so that a filter moves nothing; what has no room
// beside 12 columns of text is left out, the middle first.
func (c *chooser) columns(w int) (middle, right int) {
	for _, ch := range c.choices {
		middle = max(middle, text.Width(text.CleanLine(ch.middle)))
		right = max(right, text.Width(text.CleanLine(ch.right)))
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
func drawChoice(ch choice, under bool, w, middle, right int, st styles, g glyphs) string {
	bar, role := " ", st.ink
	if under {
		bar, role = g.cursor, st.cursorRow
	}
	room := max(w-2-gapped(middle)-gapped(right)-1, 1)
	body := exactly(text.Truncate(text.CleanLine(ch.text), room, text.Safe(g.ellipsis)), room)
	return role.Render(bar+" "+string(body)) + st.soft.Render(flushRight(g.say(ch.middle), middle)+flushRight(ch.right, right)+" ")
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
func titleLine(title, right string, w int, st styles) string {
	room := max(w-len(right)-2, 1)
	return st.labelFocused.Render(string(exactly(text.Join([]text.Safe{" ", text.CleanLine(title)}, ""), room))) +
		st.soft.Render(" "+right+" ")
}

// lastLine says why enter did nothing, else what the keys do.
func (c *chooser) lastLine(w int, st styles, g glyphs) string {
	line := func(s string) string {
		return string(exactly(text.Truncate(text.CleanLine(" "+s), w, text.Safe(g.ellipsis)), w))
	}
	if c.said != "" {
		return st.bad.Render(line(c.said))
	}
	hint := "enter " + c.verb
	if c.tabEdits {
		hint += "   tab edit"
	}
	if c.kept != "" && !c.tabEdits {
		return st.soft.Render(line(hint + "   esc keep " + c.kept))
	}
	return st.soft.Render(line(hint + "   esc back"))
}

func blankLine(w int, st styles) string { return st.ink.Render(strings.Repeat(" ", max(w, 0))) }

// cursor is where the terminal's cursor stands in view(w, h).
func (c *chooser) cursor(w, h int) (x, y int, ok bool) {
	_, x = c.filter.view(max(w-3, 1), styles{})
	return x + 2, 1, h > 1
}

// click is a click on line y of view(w, h): a row is selected, clicked again it is taken.
func (c *chooser) click(y, h int) chooserEnd {
	from, room := c.window(h)
	at := from + y - chooserHead
	if y < chooserHead || y >= chooserHead+room || at >= c.rows() {
		return chooserOpen
	}
	if at == c.at {
		return c.take(chooserTaken)
	}
	c.at = at
	return chooserOpen
}
