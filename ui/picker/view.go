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

// Height returns how many lines show everything: title, filter, all rows with their headings, the text in full, a blank line and the
// hint. It does not depend on what was typed.
func (c *Picker) Height() int {
	all := *c
	all.shown = make([]int, len(c.choices))
	for i := range all.shown {
		all.shown[i] = i
	}
	height := HeadRows + len(all.lines(lowHeight)) + 2
	if c.long || c.hasText {
		height += 1 + usualFullRows
	}
	return height
}

// View draws h lines of exactly w cells. The styles in look are those on the background of a dialog.
func (c *Picker) View(w, h int, look theme.Look) []string {
	st := look.Styles
	typed, _ := c.filter.View(max(w-3, 1), st)
	lines := []string{
		titleLine(c.title, c.countText(), w, look),
		st.Text.Render("  ") + typed + st.Text.Render(" "),
	}
	from, room := c.window(w, h)
	lines = append(lines, c.rows(from, room, w, h, look)...)
	lines = append(lines, c.fullLines(w, c.fullHeight(w, h), look)...)
	if h >= HeadRows+2 {
		lines = append(lines, c.hintLine(w, look))
	}
	if h >= HeadRows+3 && c.footHeight(h) == 2 {
		lines = append(lines[:len(lines)-1], blankLine(w, st), lines[len(lines)-1])
	}
	return lines[:min(max(h, 0), len(lines))]
}

// countText returns where the cursor is among the choices that match the filter: "3 of 14".
func (c *Picker) countText() string {
	if len(c.shown) == 0 {
		return "none"
	}
	return fmt.Sprintf("%s of %s", format.Count(min(c.cursor+1, len(c.shown))), format.Count(len(c.shown)))
}

// rows draws so many lines of rows and headings, from a line on.
func (c *Picker) rows(from, room, w, h int, look theme.Look) []string {
	cols := c.columns(w, look.Glyphs)
	shown := c.lines(h)
	lines := make([]string, 0, room)
	for i := from; i < from+room; i++ {
		switch {
		case i >= len(shown) || shown[i] == blank:
			lines = append(lines, blankLine(w, look.Styles))
		case shown[i] == heading:
			group := c.choices[c.shown[shown[i+1]]].Group.Name
			lines = append(lines, look.Styles.Strong.Render(string(text.Fit(text.CleanLine(" "+look.Glyphs.Translate(group)), w))))
		default:
			lines = append(lines, c.drawRow(shown[i], w, cols, look))
		}
	}
	return lines
}

// fullLines draws the text under the cursor in h lines, the first of them blank.
func (c *Picker) fullLines(w, h int, look theme.Look) []string {
	if h == 0 {
		return nil
	}
	st := look.Styles
	lines := []string{blankLine(w, st)}
	full := c.fullText(w)
	for i := range h - 1 {
		line := text.Safe("")
		if i < len(full) {
			line = full[i]
		}
		if i == h-2 && len(full) > h-1 {
			line = text.Truncate(text.Join([]text.Safe{line, look.Glyphs.Ellipsis}, ""), w-2, look.Glyphs.Ellipsis)
		}
		pad := strings.Repeat(" ", max(w-1-text.Width(line), 0))
		lines = append(lines, st.Text.Render(" ")+c.render(line, st.Text, st)+st.Text.Render(pad))
	}
	return lines
}

// otherRow returns the row of other text; once the typed text is valid the row shows it.
func (c *Picker) otherRow(g theme.Glyphs) Choice {
	if c.other == nil {
		return Choice{}
	}
	typed := strings.TrimSpace(c.filter.Value())
	if typed != "" && c.other.check(typed) == nil {
		return Choice{Text: typed, Right: "as typed"}
	}
	return Choice{Text: g.Translate(c.other.name), Right: g.Translate(c.other.hint)}
}

// columns are the widths of what is beside the text of a row; 0 for a column that is left out.
type columns struct{ lead, middle, right int }

// columns returns the widths over all choices, so that the filter does not move them. A column is left out, the middle one first, when
// less than leastText would remain for the text.
func (c *Picker) columns(w int, g theme.Glyphs) columns {
	var cols columns
	for _, ch := range c.choices {
		cols.lead = max(cols.lead, text.Width(text.CleanLine(g.Translate(ch.Lead))))
		cols.middle = max(cols.middle, text.Width(text.CleanLine(g.Translate(ch.Middle))))
		cols.right = max(cols.right, text.Width(text.CleanLine(ch.Right)))
	}
	const leastText = 12
	for _, col := range []*int{&cols.middle, &cols.right, &cols.lead} {
		if 2+leastText+withGap(cols.lead)+withGap(cols.middle)+withGap(cols.right)+1 > w {
			*col = 0
		}
	}
	return cols
}

// withGap returns the width of a column with the two blanks beside it.
func withGap(w int) int {
	if w == 0 {
		return 0
	}
	return w + 2
}

// drawRow draws one row: the cursor bar, the column before the text, the text, and the columns after it. The text takes the room of
// columns that are empty, and a name that would be cut that of the middle one.
func (c *Picker) drawRow(i, w int, cols columns, look theme.Look) string {
	st, g := look.Styles, look.Glyphs
	bar, role := " ", st.Text
	if i == c.cursor {
		bar, role = g.Cursor, st.CursorRow
	}
	ch := c.otherRow(g)
	if i < len(c.shown) {
		ch = c.choices[c.shown[i]]
		if ch.Middle == "" && ch.Right == "" {
			cols.middle, cols.right = 0, 0
		}
	} else { // its right column may be wider
		cols.middle, cols.right = 0, text.Width(text.CleanLine(ch.Right))
	}
	if ch.Lead == "" {
		cols.lead = 0
	}
	said := text.CleanLine(ch.Text)
	room := max(w-2-withGap(cols.lead)-withGap(cols.middle)-withGap(cols.right)-1, 1)
	if text.Width(said) > room && !c.long { // a name is cut only after what is beside it was left out or is as narrow as it can be
		cols.middle, cols.right = 0, min(cols.right, text.Width(text.CleanLine(ch.Right)))
		room = max(w-2-withGap(cols.lead)-withGap(cols.right)-1, 1)
	}
	if i < len(c.shown) {
		said = c.excerpt(i, room, g.Ellipsis)
	}
	said = text.Truncate(said, room, g.Ellipsis)
	pad := strings.Repeat(" ", max(room-text.Width(said), 0))
	lead := ""
	if cols.lead > 0 {
		lead = string(text.Fit(text.CleanLine(g.Translate(ch.Lead)), cols.lead)) + "  "
	}
	return role.Render(bar+c.markSign(i, g)) + st.Strong.Render(lead) + c.render(said, role, st) + role.Render(pad) +
		st.Muted.Render(flushRight(g.Translate(ch.Middle), cols.middle)+flushRight(ch.Right, cols.right)+" ")
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
func titleLine(title, right string, w int, look theme.Look) string {
	st, room := look.Styles, max(w-len(right)-2, 1)
	title = string(text.Truncate(text.Join([]text.Safe{" ", text.CleanLine(title)}, ""), room, look.Glyphs.Ellipsis))
	return st.LabelFocused.Render(string(text.Fit(text.Safe(title), room))) + st.Muted.Render(" "+right+" ")
}

// spaceHint is the hint of the key that marks, where it has room.
const spaceHint = "space mark   "

// hintLine says why enter did nothing, or what the keys do.
func (c *Picker) hintLine(w int, look theme.Look) string {
	st := look.Styles
	line := func(s string) string {
		return string(text.Fit(text.Truncate(text.CleanLine(" "+s), w, look.Glyphs.Ellipsis), w))
	}
	if c.note != "" {
		return st.Failure.Render(line(c.note))
	}
	return st.Muted.Render(line(c.keysHint(w - 1)))
}

// keysHint says what the keys do, in w columns: what esc keeps is named, and the key that marks, where they have room.
func (c *Picker) keysHint(w int) string {
	before, leave, named := "", "esc back", "esc back"
	if c.current != "" {
		leave, named = "esc keep", "esc keep "+c.current
	}
	if c.cursor < c.rowCount() {
		before = c.enterHint() + "   "
	}
	if c.completion.allowed {
		before = "tab complete   " + before
	}
	if c.several {
		for _, hint := range []string{before + spaceHint + named, before + spaceHint + leave} {
			if text.Width(text.CleanLine(hint)) <= w {
				return hint
			}
		}
	}
	return before + named
}

func blankLine(w int, st theme.Styles) string { return st.Text.Render(strings.Repeat(" ", max(w, 0))) }

// Cursor returns the place of the terminal's cursor in View(w, h).
func (c *Picker) Cursor(w, h int) (x, y int, ok bool) {
	_, x = c.filter.View(max(w-3, 1), theme.Styles{})
	return x + 2, 1, h > 1
}

// Click takes a click on line y of View(w, h): it selects a row, and takes the row that is selected already.
func (c *Picker) Click(y, w, h int) Result {
	from, room := c.window(w, h)
	lines, at := c.lines(h), from+y-HeadRows
	switch {
	case y < HeadRows || y >= HeadRows+room || at >= len(lines) || lines[at] < 0:
		return Open
	case lines[at] == c.cursor:
		return c.finish()
	}
	c.cursor = lines[at]
	return Open
}
