package statusbar

import (
	"strings"

	"tintype/ui/cell"
	"tintype/ui/keymap"
)

// Entry is an entry of a panel: a key with a word, in a group. One that would do nothing now is muted.
type Entry struct {
	Key
	Group string
	Muted bool
}

// The size of a panel. Its entries are in columns; a blank column is before the first and after the last.
const (
	maxPanelRows = 9
	panelGap     = 2 // between two columns
)

// Panel returns entries in columns above the last row, with the names of their groups, on the background of a dialog; keys are shown in
// the last row. It is as wide as the sidebar, and at most nine rows high, with a line above them, unless that leaves entries out.
func (b Bar) Panel(title string, entries []Entry, keys []Key) Status {
	s := b.Line("", keys)
	s.isPanel = true
	st := b.Look.OnDialog().Styles
	lines := []string{st.Rule.Render(strings.Repeat(b.Look.Glyphs.HorizontalRule, max(b.Sidebar, 0)))}
	rows := b.Above - 1
	if title != "" {
		lines = append(lines, st.Strong.Render(b.Look.Glyphs.Translate(title)))
		rows--
	}
	columns := b.columns(entries, max(min(rows, maxPanelRows), 1))
	if columns == nil {
		columns = b.columns(entries, max(rows, 1))
	}
	for columns == nil && len(entries) > 0 {
		entries = entries[:len(entries)-1]
		columns = b.columns(entries, max(rows, 1))
	}
	height := 0
	for _, c := range columns {
		height = max(height, len(c.cells))
	}
	for y := range height {
		line, x := "", 0
		for _, c := range columns {
			var at panelCell
			if y < len(c.cells) {
				at = c.cells[y]
			}
			if at.entry != nil {
				s.hits = append(s.hits, hit{x: x, w: at.w, up: height - y, Target: at.entry.Target})
			}
			line += at.text + st.Dialog.Render(strings.Repeat(" ", c.w-at.w))
			x += c.w
		}
		lines = append(lines, line)
	}
	s.Lines = append(lines, s.Lines...)
	return s
}

// panelColumn is a column of a panel, with the gap after it.
type panelColumn struct {
	cells []panelCell
	w     int
}

// panelCell is an entry, or a group's name or a blank line without one.
type panelCell struct {
	text  string
	w     int
	entry *Entry
}

// splitting is which groups may go on in the next column.
type splitting int

const (
	splitNone splitting = iota
	splitHigh           // those that are higher than a column
	splitAny
)

// columns arranges entries in columns of at most most rows: in the fewest rows in which they fit, without splitting a group if that is
// possible at all, else with few groups that go on in the next column, else without blank rows between groups, else without the names of the
// groups; nil if they do not fit.
func (b Bar) columns(entries []Entry, most int) []panelColumn {
	named, bare := b.groups(entries, true), b.groups(entries, false)
	for _, way := range []struct {
		groups [][]panelCell
		gap    int
		split  splitting
	}{{named, 1, splitNone}, {named, 1, splitHigh}, {named, 1, splitAny}, {named, 0, splitAny}, {bare, 0, splitAny}} {
		if len(entries) > 0 && entries[0].Group == "" && way.split != splitAny {
			continue
		}
		for rows := 1; rows <= most; rows++ {
			if columns := b.arrange(way.groups, rows, way.gap, way.split); columns != nil {
				return columns
			}
		}
	}
	return nil
}

// arrange arranges groups in columns of so many rows, with blank rows between two groups; nil if they do not fit.
func (b Bar) arrange(groups [][]panelCell, rows, gap int, split splitting) []panelColumn {
	columns := []panelColumn{{}}
	for _, cells := range groups {
		last := &columns[len(columns)-1]
		before := gap
		if len(last.cells) == 0 {
			before = 0
		}
		switch {
		case len(cells) > rows && split == splitNone:
			return nil
		case len(last.cells)+before+len(cells) > rows && split != splitAny && len(last.cells) > 0:
			columns = appendCells(append(columns, panelColumn{}), cells, rows, 0)
		default:
			columns = appendCells(columns, cells, rows, before)
		}
	}
	width := -panelGap
	for i := range columns {
		for _, c := range columns[i].cells {
			columns[i].w = max(columns[i].w, c.w+panelGap)
		}
		width += columns[i].w
	}
	if width > b.Sidebar {
		return nil
	}
	columns[len(columns)-1].w -= panelGap
	return columns
}

// appendCells adds the cells of a group after a gap, and goes on in a new column when one is full. A group's name is never alone at the
// end of a column.
func appendCells(columns []panelColumn, cells []panelCell, rows, gap int) []panelColumn {
	for i, c := range cells {
		last := &columns[len(columns)-1]
		need := 1
		if i == 0 {
			need += gap
			if c.entry == nil {
				need++
			}
		}
		if len(last.cells)+need > rows && len(last.cells) > 0 {
			columns = append(columns, panelColumn{})
			last = &columns[len(columns)-1]
			gap = 0
		}
		if i == 0 && gap > 0 {
			last.cells = append(last.cells, panelCell{})
		}
		last.cells = append(last.cells, c)
	}
	return columns
}

// groups returns the cells of each group, with its name before them if it has one and names are shown.
func (b Bar) groups(entries []Entry, names bool) (groups [][]panelCell) {
	st, g := b.Look.OnDialog().Styles, b.Look.Glyphs
	for i := range entries {
		e := &entries[i]
		if i == 0 || e.Group != entries[i-1].Group {
			groups = append(groups, nil)
			if names && e.Group != "" {
				groups[len(groups)-1] = []panelCell{newPanelCell(st.Muted.Render(g.Translate(e.Group)), nil)}
			}
		}
		key, word := st.Strong, st.Text
		if e.Muted {
			key, word = st.Muted, st.Muted
		}
		said := key.Render(g.Translate(keymap.Label(e.Name))) + word.Render(" "+g.Translate(e.Word))
		last := &groups[len(groups)-1]
		*last = append(*last, newPanelCell(said, e))
	}
	return groups
}

func newPanelCell(text string, e *Entry) panelCell { return panelCell{text, cell.Width(text), e} }
