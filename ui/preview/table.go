package preview

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/params"
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

// tableRows returns the rows that a prediction has, in order, without its prompt.
func (p *Preview) tableRows(row runner.Row) []tableRow {
	e := row.Entry
	rows := []tableRow{{label: "model", value: modelName(e), rank: rankModel}}
	add := func(r tableRow) {
		if r.value != "" {
			rows = append(rows, r)
		}
	}
	add(shapeRow(e))
	if e.Seed != nil {
		add(tableRow{label: params.Label(params.Seed), value: fmt.Sprint(*e.Seed), rank: rankSeed})
	}
	rows = append(rows, parameterRows(e)...)
	if n := len(e.Outputs); n > 1 {
		label, value := params.Label(params.Outputs), fmt.Sprint(n)
		if output := p.shownOutput(e); output > 0 {
			label, value = "output", fmt.Sprintf("%d of %d", output, n)
		}
		add(tableRow{label: label, value: value, rank: rankTime})
	}
	add(tableRow{label: "time", value: durationFact(e), rank: rankTime})
	if isOver(row) {
		add(tableRow{label: "cost", value: p.source.Cost(e), rank: rankCost})
	}
	add(tableRow{label: "made", value: p.source.Made(e), rank: rankMade})
	add(p.fileRow(e))
	rows = append(rows, p.parentRows(e)...)
	add(tableRow{label: "provider", value: p.source.Provider(e), rank: rankID})
	if isOver(row) {
		add(tableRow{label: "id", value: format.Clean(e.ID), rank: rankID})
	}
	return rows
}

// modelName is the short name of a prediction's model.
func modelName(e history.Entry) string { return format.Clean(model.Find(e.Model).Name()) }

// shapeRow is the shape and the size in pixels.
func shapeRow(e history.Entry) tableRow {
	m := model.Find(e.Model)
	r := tableRow{label: params.Label(params.Shape), rank: rankShape}
	w, h := pictureSize(e)
	if w <= 0 {
		w, h, _ = m.Size(e.Input)
	}
	size := ""
	if w > 0 {
		size = fmt.Sprintf("%d×%d", w, h)
	}
	shape, ok := m.ValueIn(e.Input, params.Shape)
	if !ok {
		r.value = size
		return r
	}
	r.value, r.soft = joinFacts(string(params.Bare(params.Shape, shape)), size), isDefault(m, params.Shape, shape)
	return r
}

// ownRows are the parameters that have a row of their own kind in the table.
var ownRows = []string{params.Shape, params.Outputs, params.Prompt, params.Seed}

// shownRows are the parameters that have a row even if their value is the model's default.
var shownRows = []string{"num_inference_steps", "steps", "guidance", params.Format, params.Quality}

// parameterRows are the steps, the guidance and the format, and every other parameter that is not the model's default.
func parameterRows(e history.Entry) []tableRow {
	m, names := model.Find(e.Model), slices.Clone(shownRows)
	for _, v := range params.Of(e.Input) {
		if !slices.Contains(names, v.Name) && !slices.Contains(ownRows, v.Name) && !params.IsImage(e.Input[v.Name]) {
			names = append(names, v.Name)
		}
	}
	var rows []tableRow
	for _, name := range names {
		v, ok := m.ValueIn(e.Input, name)
		soft := isDefault(m, name, v)
		if !ok || soft && !slices.Contains(shownRows, name) {
			continue
		}
		rank := rankChosen
		if soft {
			rank = rankDefault
		}
		rows = append(rows, tableRow{label: params.Label(name), value: string(params.Bare(name, v)), rank: rank, soft: soft})
	}
	return rows
}

// isDefault reports whether a value is what the model takes by itself.
func isDefault(m model.Model, name string, v any) bool {
	known, ok := m.Parameter(name)
	return ok && known.Default != nil && params.Plain(known.Default) == params.Plain(v)
}

// shownOutput is which of several pictures of an entry is shown, from 1; 0 for all of them.
func (p *Preview) shownOutput(e history.Entry) int {
	if e.Key != p.shown.Key {
		return 0
	}
	return min(p.shown.Output, len(e.Outputs))
}

// fileRow is the file of the picture that is shown, or of the first, and its size on the disk.
func (p *Preview) fileRow(e history.Entry) tableRow {
	at := max(p.shownOutput(e)-1, slices.IndexFunc(e.Outputs, func(o history.Output) bool { return o.Path != "" }))
	if at < 0 || e.Outputs[at].Path == "" {
		return tableRow{}
	}
	o := e.Outputs[at]
	r := tableRow{label: "file", value: format.Clean(o.Path), rank: rankFile, path: true}
	if o.Bytes > 0 {
		r.after = " · " + format.Bytes(o.Bytes)
	}
	return r
}

// parentRows are the input images, by their file names, and the prediction that this one was made from.
func (p *Preview) parentRows(e history.Entry) []tableRow {
	var rows []tableRow
	for _, v := range params.Of(e.Input) {
		if value := e.Input[v.Name]; params.IsImage(value) {
			rows = append(rows, tableRow{label: params.Label(v.Name), value: imageNames(value), rank: rankImages})
		}
	}
	if parent, ok := p.list.Entry(e.Parent); ok && e.Parent != "" {
		rows = append(rows, tableRow{label: "from", value: format.Clean(parent.Prompt()), rank: rankImages})
	}
	return rows
}

// imageNames names input images: files and addresses by their last part.
func imageNames(v any) string {
	switch v := v.(type) {
	case string:
		switch {
		case strings.HasPrefix(v, "data:"):
			return "sent as data"
		case strings.Contains(v, "://"):
			v, _, _ = strings.Cut(v, "?")
			return format.Clean(path.Base(v))
		}
		return format.Clean(filepath.Base(v))
	case []any:
		names := make([]string, len(v))
		for i, one := range v {
			names[i] = imageNames(one)
		}
		return strings.Join(names, ", ")
	case []string:
		names := make([]string, len(v))
		for i, one := range v {
			names[i] = imageNames(one)
		}
		return strings.Join(names, ", ")
	}
	return string(params.Short(params.Plain(v)))
}
