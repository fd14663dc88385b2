package picker

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/ui/text"
	"tintype/ui/theme"
)

// What a line between the title and the hint shows, if it is not a row of that number.
const (
	blank   = -1
	heading = -2 // of the row in the line below it
)

// lowHeight is the height below which groups of choices with sentences have no headings, since there is no room for both.
const lowHeight = 12

// lines returns what each line of the rows shows in a view of a height: the rows that match the filter, with a blank line and a heading
// before each group.
func (c *Picker) lines(h int) []int {
	var lines []int
	var group Group
	for i := range c.rowCount() {
		if i < len(c.shown) && (h >= lowHeight || !c.hasText) {
			next := c.choices[c.shown[i]].Group
			if next != group && len(lines) > 0 {
				lines = append(lines, blank)
			}
			if next.Name != group.Name && next.Name != "" {
				lines = append(lines, heading)
			}
			group = next
		}
		lines = append(lines, i)
	}
	return lines
}

// window returns the first visible line and how many there is room for, so that the cursor is among them.
func (c *Picker) window(w, h int) (from, room int) {
	room = c.rowsRoom(w, h)
	at := max(slices.Index(c.lines(h), c.cursor), 0)
	return max(0, at-room+1), room
}

// rowsRoom returns how many lines the rows have: what the title, the filter, the text in full and the hint leave.
func (c *Picker) rowsRoom(w, h int) int {
	switch room := h - HeadRows - c.fullHeight(w, h); {
	case room >= 3:
		return room - 2 // a blank and the hint
	case room == 2:
		return room - 1
	default:
		return max(room, 0)
	}
}

// The room of the text in full. It takes more from the rows only for a text that needs more.
const (
	usualFullRows = 4
	leastRows     = 2 // of the list above it
)

// fullHeight returns how many lines the text under the cursor takes, with a blank line before it: on a low screen fewer than it needs.
func (c *Picker) fullHeight(w, h int) int {
	most := h - HeadRows - leastRows - 2
	switch {
	case most < 2 || len(c.choices) == 0:
		return 0
	case c.hasText:
		return min(1+min(c.aboutRows(w), max(h/6, 1)), most)
	case c.long:
		return min(1+max(min(usualFullRows, h/4), len(c.fullText(w))), most)
	}
	return 0
}

// aboutRows returns how many lines the longest text about a choice needs, so that nothing moves with the cursor.
func (c *Picker) aboutRows(w int) int {
	most := 0
	for _, ch := range c.choices {
		most = max(most, len(text.Wrap(text.Clean(ch.About), max(w-2, 1))))
	}
	return most
}

// fullText returns the text under the cursor, with what leads it, wrapped.
func (c *Picker) fullText(w int) []text.Safe {
	if c.cursor >= len(c.shown) {
		return nil
	}
	ch := c.choices[c.shown[c.cursor]]
	if c.hasText {
		return text.Wrap(text.Clean(ch.About), max(w-2, 1))
	}
	said := text.Clean(ch.Text)
	if ch.Lead != "" {
		said = text.Join([]text.Safe{text.CleanLine(ch.Lead), said}, "  ")
	}
	return text.Wrap(said, max(w-2, 1))
}

// hits tells for each byte of a text whether it was typed into the filter.
func (c *Picker) hits(in text.Safe) []bool {
	hit, folded := make([]bool, len(in)), strings.ToLower(string(in))
	if len(folded) != len(in) {
		return hit // the bytes of the folded text are others
	}
	for _, word := range strings.Fields(strings.ToLower(c.filter.Value())) {
		for from := 0; ; {
			at := strings.Index(folded[from:], word)
			if at < 0 {
				break
			}
			from += at + len(word)
			for i := from - len(word); i < from; i++ {
				hit[i] = true
			}
		}
	}
	return hit
}

// render draws a text in a role, what was typed underlined.
func (c *Picker) render(s text.Safe, role lipgloss.Style, st theme.Styles) string {
	hit := c.hits(s)
	var b strings.Builder
	for from := 0; from < len(s); {
		to := from + 1
		for to < len(s) && hit[to] == hit[from] {
			to++
		}
		if part := string(s[from:to]); hit[from] {
			b.WriteString(st.Match(part, role.GetBold()))
		} else {
			b.WriteString(role.Render(part))
		}
		from = to
	}
	return b.String()
}

// excerpt returns the part of a long text that a row shows in room columns: from shortly before what was typed, or else from shortly
// before what differs from the text of the row below.
func (c *Picker) excerpt(row, room int, ellipsis text.Safe) text.Safe {
	s := text.CleanLine(c.choices[c.shown[row]].Text)
	if !c.long || text.Width(s) <= room {
		return s
	}
	from := max(slices.Index(c.hits(s), true), 0)
	if from == 0 && row+1 < len(c.shown) {
		from = firstDifference(s, text.CleanLine(c.choices[c.shown[row+1]].Text))
	}
	if text.Width(s[:from])+room/3 <= room {
		return s
	}
	before := text.TruncateLeft(s[:from], room/3, ellipsis)
	return text.Join([]text.Safe{before, s[from:]}, "")
}

// firstDifference returns the index of the first byte of the first word of s that below does not have at the same place.
func firstDifference(s, below text.Safe) int {
	i := 0
	for i < len(s) && i < len(below) && s[i] == below[i] {
		i++
	}
	return strings.LastIndexByte(string(s[:i]), ' ') + 1
}
