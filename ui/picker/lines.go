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

// lowHeight is the height below which there is no room for everything: groups of choices with sentences have no headings, and no blank
// line is before the hint if texts are shown in full.
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
	room := h - HeadRows - c.fullHeight(w, h)
	return max(room-min(c.footHeight(h), max(room-1, 0)), 0)
}

// footHeight returns how many lines the hint takes, with a blank line before it; on a low screen without one if texts are shown in full.
func (c *Picker) footHeight(h int) int {
	if c.long && h < lowHeight {
		return 1
	}
	return 2
}

// The room of the text in full. It takes more from the rows only for a text that needs more.
const (
	usualFullRows = 4
	leastRows     = 2 // of the list above it
)

// fullHeight returns how many lines the text under the cursor takes, with a blank line before it: on a low screen fewer than it needs.
func (c *Picker) fullHeight(w, h int) int {
	most := h - HeadRows - leastRows - c.footHeight(h)
	switch {
	case most < 2 || len(c.choices) == 0:
		return 0
	case c.hasText:
		return min(1+min(c.aboutRows(w), max(h/5, 1)), most)
	case c.long:
		return min(1+max(min(usualFullRows, h/6), len(c.fullText(w))), most)
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

// excerpt returns the part of a long text that a row shows in room columns: from shortly before what differs from the text of a
// neighbour that begins like it, or from shortly before what was typed.
func (c *Picker) excerpt(row, room int, ellipsis text.Safe) text.Safe {
	s := text.CleanLine(c.choices[c.shown[row]].Text)
	if !c.long || text.Width(s) <= room {
		return s
	}
	from, hidden := c.difference(row, s), func(at int) bool { return text.Width(s[:at])+room/4 > room }
	if hit := slices.Index(c.hits(s), true); hit > 0 && hidden(hit) && (!hidden(from) || hit > from && text.Width(s[from:hit]) > room/2) {
		from = hit
	}
	switch {
	case !hidden(from):
		return s
	case text.Width(s[from:]) < room-room/3:
		return endOf(s, room, ellipsis)
	}
	return text.Join([]text.Safe{endOf(s[:from], room/3, ellipsis), s[from:]}, "")
}

// endOf returns as many of a text's last words as fit in w columns, after an ellipsis.
func endOf(s text.Safe, w int, ellipsis text.Safe) text.Safe {
	cut := text.TruncateLeft(s, w, ellipsis)
	if space := strings.IndexByte(string(cut), ' '); space > 0 && cut != s {
		return text.Join([]text.Safe{ellipsis, cut[space:]}, "")
	}
	return cut
}

// difference returns the index of the first byte of the word by which a row's text differs from the neighbour that begins most like it.
func (c *Picker) difference(row int, s text.Safe) int {
	from := 0
	for _, next := range []int{row - 1, row + 1} {
		if next >= 0 && next < len(c.shown) {
			from = max(from, firstDifference(s, text.CleanLine(c.choices[c.shown[next]].Text)))
		}
	}
	return from
}

// firstDifference returns the index of the first byte of the first word of s that below does not have at the same place.
func firstDifference(s, below text.Safe) int {
	i := 0
	for i < len(s) && i < len(below) && s[i] == below[i] {
		i++
	}
	return strings.LastIndexByte(string(s[:i]), ' ') + 1
}
