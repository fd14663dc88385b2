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

// The size of a panel. Its entries stand in columns; a blank column is before the first and after the last.
const (
	maxPanelRows = 9
	panelGap     = 2 // between two columns
)

// Panel returns entries in columns above the last row, with the names of their groups, on the background of a dialog; keys are shown in
// the last row. It is at most nine rows high, with a line above them, and as wide as the sidebar.
func (b Bar) Panel(title string, entries []Entry, keys []Key) Status {
	s := b.Line("", keys)
	s.isPanel = true
	st := b.Look.OnDialog().Styles
	lines := []string{st.Rule.Render(strings.Repeat(b.Look.Glyphs.HorizontalRule, max(b.Sidebar, 0)))}
	rows := min(maxPanelRows, b.Above-1)
	if title != "" {
		lines = append(lines, st.Strong.Render(b.Look.Glyphs.Translate(title)))
		rows--
	}
	columns := b.columns(entries, max(rows, 1))
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
				s.hits = append(s.hits, hit{x: x, w: cell.Width(at.text), up: height - y, Target: at.entry.Target})
			}
			line += at.text + st.Dialog.Render(strings.Repeat(" ", c.w-cell.Width(at.text)))
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
	entry *Entry
}

// columns arranges entries in columns of at most most rows: in the fewest rows in which they fit, without splitting a group if that is
// possible at all, else with groups that go on in the next column, else without the names of the groups. What does not fit even then is
// left out from the end.
func (b Bar) columns(entries []Entry, most int) []panelColumn {
	for _, with := range []struct{ names, split bool }{{true, false}, {true, true}, {false, true}} {
		for rows := 1; rows <= most; rows++ {
			if columns := b.arrange(entries, rows, with.names, with.split); columns != nil {
				return columns
			}
		}
	}
	if len(entries) == 0 {
		return nil
	}
	return b.columns(entries[:len(entries)-1], most)
}

// arrange arranges entries in columns of so many rows; nil if they do not fit.
func (b Bar) arrange(entries []Entry, rows int, names, split bool) []panelColumn {
	columns := []panelColumn{{}}
	for from := 0; from < len(entries); {
		to := from
		for to < len(entries) && entries[to].Group == entries[from].Group {
			to++
		}
		cells := b.groupCells(entries[from:to], names)
		last := &columns[len(columns)-1]
		gap := 0
		if len(last.cells) > 0 && names {
			gap = 1
		}
		switch {
		case len(cells) > rows && !split:
			return nil
		case len(last.cells)+gap+len(cells) > rows && !split && len(last.cells) > 0:
			columns = append(columns, panelColumn{cells: cells})
		default:
			columns = appendCells(columns, cells, rows, gap)
		}
		from = to
	}
	width := -panelGap
	for i := range columns {
		for _, c := range columns[i].cells {
			columns[i].w = max(columns[i].w, cell.Width(c.text)+panelGap)
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

// groupCells returns the cells of a group, with its name before them if it has one.
func (b Bar) groupCells(group []Entry, names bool) []panelCell {
	st, g := b.Look.OnDialog().Styles, b.Look.Glyphs
	var cells []panelCell
	if names && group[0].Group != "" {
		cells = append(cells, panelCell{text: st.Muted.Render(g.Translate(group[0].Group))})
	}
	for i := range group {
		key, word := st.Strong, st.Text
		if group[i].Muted {
			key, word = st.Muted, st.Muted
		}
		name := g.Translate(keymap.Label(group[i].Name))
		cells = append(cells, panelCell{key.Render(name) + word.Render(" "+g.Translate(group[i].Word)), &group[i]})
	}
	return cells
}
