package ui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/list"
	"tintype/ui/params"
	"tintype/ui/preview"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// difference is what predictions share and what they do not.
type difference struct {
	prompts []string // empty where all are the same
	same    []string // few words each
	format  bool     // the last of these is the format
	rows    []differenceRow
}

// differenceRow is one parameter with the value of each.
type differenceRow struct {
	label  string
	values []string // by prediction; "" for a model that does not take it, or chance
}

// differ sets predictions beside each other.
func differ(entries []history.Entry) difference {
	var d difference
	d.comparePrompts(entries)
	models := make([]string, len(entries))
	for i, e := range entries {
		models[i] = format.Clean(model.Find(e.Model).Name())
	}
	d.take("model", models, models[0])
	for _, name := range parameterNames(entries) {
		d.compareParameter(name, entries)
	}
	seeds := make([]string, len(entries))
	for i, e := range entries {
		if e.Seed != nil {
			seeds[i] = strconv.FormatInt(*e.Seed, 10)
		}
	}
	d.take("seed", seeds, "seed "+seeds[0])
	return d
}

// comparePrompts keeps the prompts if they differ.
func (d *difference) comparePrompts(entries []history.Entry) {
	first := entries[0].Prompt()
	if !slices.ContainsFunc(entries, func(e history.Entry) bool { return e.Prompt() != first }) {
		return
	}
	for _, e := range entries {
		d.prompts = append(d.prompts, e.Prompt())
	}
}

// take sorts a value of each under what is the same or what differs. A value that nobody has is neither.
func (d *difference) take(label string, values []string, said string) {
	switch {
	case slices.ContainsFunc(values, func(v string) bool { return v != values[0] }):
		d.rows = append(d.rows, differenceRow{label, values})
	case values[0] != "" && said != "":
		d.same = append(d.same, said)
	}
}

// parameterNames are the parameters that any of the predictions has, in the order in which they are told.
func parameterNames(entries []history.Entry) []string {
	names := []string{params.Shape, params.Format, params.Quality}
	for _, e := range entries {
		for _, f := range params.Of(e.Input) {
			if !slices.Contains(names, f.Name) {
				names = append(names, f.Name)
			}
		}
	}
	slices.SortFunc(names, params.Compare)
	return names
}

// compareParameter takes one parameter. One that is the same everywhere is only worth a word if it is seen in the picture's
// file or is no default.
func (d *difference) compareParameter(name string, entries []history.Entry) {
	values, compared := make([]string, len(entries)), make([]string, len(entries))
	said, chosen := "", false
	for i, e := range entries {
		v, ok := valueIn(e, name)
		if !ok {
			continue
		}
		compared[i], said = params.Plain(v), string(params.Text(name, v))
		values[i] = string(params.Short(compared[i]))
		if params.IsImage(v) {
			values[i] = "an image"
		}
		chosen = chosen || !isDefault(e, name, v)
	}
	switch {
	case !slices.ContainsFunc(compared, func(v string) bool { return v != compared[0] }):
		d.takeSame(name, said, values[0], chosen)
	case chosen: // else it is only that the models begin with another value
		d.rows = append(d.rows, differenceRow{params.Label(name), values})
	}
}

// valueIn is a parameter's value in a prediction: as sent, else the model's default.
func valueIn(e history.Entry, name string) (any, bool) {
	if v, ok := e.Input[name]; ok && v != nil {
		return v, true
	}
	p, ok := model.Find(e.Model).Parameter(name)
	return p.Default, ok && p.Default != nil
}

// isDefault tells whether a value is what the model takes by itself.
func isDefault(e history.Entry, name string, v any) bool {
	p, ok := model.Find(e.Model).Parameter(name)
	return ok && p.Default != nil && params.Plain(p.Default) == params.Plain(v)
}

// takeSame takes a parameter that is the same everywhere: the quality goes with the format.
func (d *difference) takeSame(name, said, value string, chosen bool) {
	switch {
	case name == params.Quality && d.format:
		d.same[len(d.same)-1] += " " + value
	case name == params.Shape || name == params.Format || chosen:
		d.same = append(d.same, said)
	}
	d.format = name == params.Format
}

// differenceLabel is the width of the column of labels, differenceGap stands between values.
const (
	differenceLabel = 9
	differenceGap   = 5
)

// differenceLines writes what differs in at most h lines: the prompts first, which get what the parameters leave.
func (m *Model) differenceLines(d difference, w, h int) []string {
	if len(d.prompts) == 0 && len(d.rows) == 0 {
		return []string{" " + m.look.Styles.Soft.Render("Nothing differs but chance.")}
	}
	var lines []string
	if len(d.prompts) > 0 {
		room := max(h-len(d.rows), 1)
		lines = labelled("prompt", list.DiffLines(d.prompts, w-1-differenceLabel-1, room, m.look), m.look.Styles)
	}
	for _, row := range d.rows {
		lines = append(lines, labelled(row.label, []string{m.valuesLine(row, w-1-differenceLabel-1)}, m.look.Styles)...)
	}
	return lines[:min(len(lines), h)]
}

// labelled puts a label before the first of some lines, and the others under it.
func labelled(label string, lines []string, st theme.Styles) []string {
	label = string(text.Truncate(text.CleanLine(label), differenceLabel-1, ""))
	for i, line := range lines {
		lines[i] = " " + st.Soft.Render(padTo(label, differenceLabel)) + line
		label = ""
	}
	return lines
}

// valuesLine is a parameter's values behind their letters; those of one value share it.
func (m *Model) valuesLine(row differenceRow, w int) string {
	var said []string
	told := make([]bool, len(row.values))
	for i, v := range row.values {
		if told[i] {
			continue
		}
		letters := ""
		for j := i; j < len(row.values); j++ {
			if row.values[j] == v {
				told[j] = true
				letters += list.Letter(j) + " "
			}
		}
		said = append(said, m.look.Styles.Soft.Render(letters)+m.look.Styles.Changed.Render(cmp.Or(v, "–")))
	}
	for gap := differenceGap; gap > 1; gap-- {
		if line := strings.Join(said, strings.Repeat(" ", gap)); cell.Width(line) <= w {
			return line
		}
	}
	return strings.Join(said, "  ")
}

// drawCompare draws a comparison.
func (m *Model) drawCompare(c *cell.Canvas) {
	l, placed := m.layout, m.compare.placed
	title := m.look.Styles.Strong.Render("Compare " + strconv.Itoa(len(m.compare.keys)))
	c.Put(l.Header, []string{title})
	same := text.Truncate(text.Safe(m.sameText()), max(l.Header.W-cell.Width(title)-2, 0), m.look.Glyphs.Ellipsis)
	c.PutRight(l.Header, cell.Width(title)+2, m.look.Styles.Soft.Render(string(same)))
	for i, t := range m.compare.cells {
		if placed.Single && i != m.compare.shown {
			continue
		}
		m.preview.DrawThumb(c, t, m.look)
		c.Put(placed.Captions[i], []string{m.comparedCaption(i, t.Key, placed.Captions[i].W)})
	}
	if !m.compare.quiet {
		c.Put(placed.Words, m.compare.lines)
	}
	m.drawStatus(c)
}

// comparedCaption is what stands under one of those compared: its letter, its model, what it took and cost.
func (m *Model) comparedCaption(i int, key string, w int) string {
	row, ok := m.list.Row(key)
	if !ok {
		return ""
	}
	bar, star, style := " ", " ", m.look.Styles.Ink
	if i == m.chosen() {
		bar, style = m.look.Styles.CursorRow.Render(m.look.Glyphs.Cursor), m.look.Styles.Strong
	}
	if row.Star {
		star = m.look.Glyphs.Star
	}
	said := []text.Safe{text.CleanLine(model.Find(row.Model).Name())}
	if status := m.statusLine(row); status != "" && row.State != history.Done {
		said = append(said, text.CleanLine(m.look.Glyphs.Say(status)))
	} else {
		if took := preview.Duration(row.Entry); took > 0 {
			said = append(said, text.Safe(format.TookText(took)))
		}
		said = append(said, text.CleanLine(format.CostText(row.Entry.Cost, false, m.isFree(row.Entry))))
	}
	line := text.Truncate(text.Join(said, m.look.Glyphs.Joint), max(w-4, 0), m.look.Glyphs.Ellipsis)
	return bar + style.Render(list.Letter(i)+star+" "+string(line))
}
