package compare

import (
	"cmp"
	"strings"

	"tintype/ui/cell"
	"tintype/ui/layout"
	"tintype/ui/promptdiff"
	"tintype/ui/text"
	"tintype/ui/theme"
)

const (
	labelWidth  = 9 // the width of the column of labels
	captionText = 4 // columns of a caption before its text: the bar, the letter, the star, a blank
	valueGap    = 3 // blank columns between values that are not under their pictures
	maxPrompt   = 2 // lines of a prompt
)

// nothingDiffers is said of pictures of the same input.
const nothingDiffers = "Nothing differs but chance."

// letter returns the name of the i-th of those compared: "A", "B", …
func letter(i int) string { return string(rune('A' + i)) }

// height returns how many rows the text about a difference has at least.
func (d difference) height() int { return max(len(d.prompts)+len(d.rows), 1) }

// lines returns what differs as the lines of a layout: each prompt in lines of its own, then a row for each parameter with the values in
// columns, under their pictures where these are in one row. What has no room is left out from the end. shown is the one in sight where
// only one is.
func (d difference) lines(l layout.Compare, shown int, look theme.Look) []string {
	w, h := l.Differences.W, l.Differences.H
	var lines []string
	switch {
	case h < 1:
		return nil
	case len(d.prompts) == 0 && len(d.rows) == 0:
		return []string{" " + look.Styles.Muted.Render(nothingDiffers)}
	case l.Single:
		lines = d.linesOf(shown, w-2, h, look)
	default:
		columns, header := d.columns(l)
		rows := len(d.rows)
		if header && rows > 0 {
			rows++
		}
		lines = d.promptLines(w, h-rows, look)
		lines = append(lines, d.rowLines(columns, header, look)...)
	}
	return lines[:min(len(lines), h)]
}

// promptLines returns the prompts in about h lines, each behind its letter.
func (d difference) promptLines(w, h int, look theme.Look) (lines []string) {
	if len(d.prompts) == 0 {
		return nil
	}
	const letterWidth = 3
	label := "prompt"
	most := max(1, min(h/len(d.prompts), maxPrompt))
	for i, prompt := range promptdiff.Lines(d.prompts, w-2-labelWidth-letterWidth, most, look) {
		name := letter(i)
		for _, line := range prompt {
			lines = append(lines, " "+look.Styles.Muted.Render(cell.Pad(label, labelWidth)+cell.Pad(name, letterWidth))+line)
			label, name = "", ""
		}
	}
	return lines
}

// column is where the values of one of those compared are.
type column struct{ x, w int }

// columns returns the columns of values: under the pictures if these are side by side, else as wide as the values need, below a header
// with their letters.
func (d difference) columns(l layout.Compare) (columns []column, header bool) {
	x := 1 + labelWidth
	if l.Columns {
		for _, caption := range l.Captions {
			left := max(caption.X+captionText, x)
			columns = append(columns, column{left, max(caption.Right()-left, 1)})
			x = caption.Right() + 1
		}
		return columns, false
	}
	n := len(l.Captions)
	widest := 0
	for _, row := range d.rows {
		for _, value := range row.values {
			widest = max(widest, cell.Width(value))
		}
	}
	each := max(1, min(widest, (l.Differences.W-1-x)/n-valueGap))
	for i := range n {
		columns = append(columns, column{x + i*(each+valueGap), each})
	}
	return columns, true
}

// rowLines returns a line for each parameter that differs.
func (d difference) rowLines(columns []column, header bool, look theme.Look) (lines []string) {
	if header && len(d.rows) > 0 {
		var names []string
		for i := range columns {
			names = append(names, look.Styles.Muted.Render(letter(i)))
		}
		lines = append(lines, inColumns("", names, columns, look))
	}
	for _, row := range d.rows {
		var values []string
		for i, value := range row.values {
			said := text.Truncate(text.Safe(cmp.Or(value, "–")), columns[i].w, look.Glyphs.Ellipsis)
			values = append(values, look.Styles.Changed.Render(string(said)))
		}
		lines = append(lines, inColumns(row.label, values, columns, look))
	}
	return lines
}

// inColumns writes a label and styled values in their columns.
func inColumns(label string, values []string, columns []column, look theme.Look) string {
	label = string(text.Truncate(text.CleanLine(label), labelWidth-1, ""))
	line := " " + look.Styles.Muted.Render(label)
	for i, value := range values {
		line += strings.Repeat(" ", max(columns[i].x-cell.Width(line), 1)) + value
	}
	return line
}

// linesOf returns what is particular about one of those compared: its prompt, and then its values.
func (d difference) linesOf(i, w, h int, look theme.Look) (lines []string) {
	rows := min(len(d.rows), 1)
	if len(d.prompts) > 0 {
		for _, line := range promptdiff.Lines(d.prompts, w, max(h-rows, 1), look)[i] {
			lines = append(lines, " "+line)
		}
	}
	var values []text.Safe
	for _, row := range d.rows {
		values = append(values, text.Safe(row.label+" "+cmp.Or(row.values[i], "–")))
	}
	if rows > 0 {
		line := text.Truncate(text.Join(values, look.Glyphs.Separator), w, look.Glyphs.Ellipsis)
		lines = append(lines, " "+look.Styles.Changed.Render(string(line)))
	}
	return lines
}
