package preview

import (
	"slices"
	"strings"

	"tintype/ui/cell"
	"tintype/ui/runner"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// tableRow is one fact of a prediction in the table of facts.
type tableRow struct {
	label string
	value string
	after string // follows the value, and is not cut: the size of a file
	rank  int    // the rows with the highest are left out where there is no room
	soft  bool   // the value is the model's default
	path  bool   // it is a path, whose end matters most
}

// The ranks of rows, the most important first. Rows of one rank are left out from the last to the first.
const (
	rankModel = iota
	rankShape
	rankSeed
	rankCost
	rankTime
	rankMade
	rankChosen // values that are not the model's defaults
	rankImages
	rankFile
	rankDefault
	rankID
)

// The bounds of the column of labels. The least is that of the settings.
const minLabelWidth, maxLabelWidth = 8, 16

// FactLines returns the facts of a prediction and its prompt in a table of two columns, w columns wide, of at most h lines. Where there
// is less room than that, the most important are there.
func (p *Preview) FactLines(row runner.Row, w, h int, look theme.Look) []string {
	return p.table(row, cell.Rect{W: w, H: h}, true, look)
}

// table returns the facts of a prediction in a table that fits a room; the prompt is its last row, if it should have it.
func (p *Preview) table(row runner.Row, room cell.Rect, withPrompt bool, look theme.Look) []string {
	rows := p.tableRows(row)
	var prompt []text.Safe
	if withPrompt {
		prompt = text.Wrap(text.Clean(row.Entry.Prompt()), min(room.W, maxTextWidth))
		prompt = cutLines(prompt, max(1, room.H-min(len(rows), rankMade)), min(room.W, maxTextWidth), look.Glyphs.Ellipsis)
	}
	var lines []string
	for _, line := range prompt {
		lines = append(lines, look.Styles.Text.Render(string(line)))
	}
	if left := room.H - len(prompt); withPrompt && left > len(rows) {
		lines = append(lines, "")
	}
	return append(lines, drawTables(rows, room.W, room.H-len(lines), look)...)
}

// minTableWidth is the least width of each of two tables side by side.
const minTableWidth = 44

// drawTables draws rows in a table of at most h lines, or in two side by side if there are more of them and they have the width.
func drawTables(rows []tableRow, w, h int, look theme.Look) []string {
	half := (w - 2) / 2
	if len(rows) <= h || half < minTableWidth {
		return drawTable(mostImportant(rows, h), w, look)
	}
	rows = mostImportant(rows, 2*h)
	n := (len(rows) + 1) / 2
	lines := drawTable(rows[:n], half, look)
	for i, line := range drawTable(rows[n:], half, look) {
		lines[i] += strings.Repeat(" ", half+2-cell.Width(lines[i])) + line
	}
	return lines
}

// mostImportant returns n of some rows in their order, those with the lowest ranks.
func mostImportant(rows []tableRow, n int) []tableRow {
	for len(rows) > max(n, 0) {
		least := 0
		for i, r := range rows {
			if r.rank >= rows[least].rank {
				least = i
			}
		}
		rows = slices.Delete(rows, least, least+1)
	}
	return rows
}

// drawTable draws labels and values in two columns.
func drawTable(rows []tableRow, w int, look theme.Look) []string {
	column := minLabelWidth
	for _, r := range rows {
		column = max(column, min(text.Width(text.CleanLine(r.label)), maxLabelWidth))
	}
	lines := make([]string, 0, len(rows))
	for _, r := range rows {
		label := text.PadRight(text.Truncate(text.CleanLine(r.label), column, look.Glyphs.Ellipsis), column+2)
		style := look.Styles.Text
		if r.soft {
			style = look.Styles.Muted
		}
		after := text.CleanLine(look.Glyphs.Translate(r.after))
		room := max(w-column-2-text.Width(after), 0)
		value := text.CleanLine(look.Glyphs.Translate(r.value))
		if r.path {
			value = shortPath(value, room, look.Glyphs.Ellipsis)
		}
		value = text.Truncate(value, room, look.Glyphs.Ellipsis)
		lines = append(lines, look.Styles.Muted.Render(string(label))+style.Render(string(value))+look.Styles.Muted.Render(string(after)))
	}
	return lines
}

// shortPath cuts a path to w columns. Its end stays, from the beginning of a folder or file name if possible.
func shortPath(s text.Safe, w int, ellipsis text.Safe) text.Safe {
	if text.Width(s) <= w {
		return s
	}
	rest := string(s)
	for {
		_, after, found := strings.Cut(strings.TrimPrefix(rest, "/"), "/")
		if !found {
			return text.TruncateLeft(s, w, ellipsis)
		}
		rest = "/" + after
		if short := ellipsis + text.Safe(rest); text.Width(short) <= w {
			return short
		}
	}
}
