package plan

import (
	"cmp"
	"fmt"
	"maps"
	"strconv"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/picturekey"
)

// OfLine is the name of the axis of a plan of rows.
const OfLine = "line"

// A Row is one cell of a plan that is given as a list, such as a line of a batch file.
type Row struct {
	Line     int            // its number in the file, from 1; rows of the same line are told apart by their order
	Name     string         `json:"-"` // what it is called instead of by its line, different for each row; "" for none. Plan.Key does not depend on it
	Model    string         // owner/name, or owner/name:version; "" for the spec's
	Prompt   string         // as it is sent
	Template string         // what the prompt was made of; "" if it was written as it is sent
	Input    map[string]any // its settings, in the types of package model, before those of the spec's base
	Parent   string         `json:"-"` // key of the prediction that it is made from; "" for the spec's. It is in no key: it changes no picture
}

// setRows makes the plan's only axis of the spec's rows.
func (b *builder) setRows() error {
	if len(b.spec.Rows) > Limit {
		return fmt.Errorf("This makes %s cells, and a plan has at most %s. Make several files of it.", format.Count(len(b.spec.Rows)), format.Count(Limit))
	}
	if len(b.spec.Axes) > 0 {
		return fmt.Errorf("A plan has rows or axes, not both.")
	}
	b.plan.Axes = []Axis{rowAxis(b.spec.Rows)}
	b.rowSeeds = make([]int64, len(b.spec.Rows))
	equal := map[string]int{}
	for i, r := range b.spec.Rows {
		name := b.rowName(r)
		equal[name]++
		b.rowSeeds[i] = draw(b.labSeed, fmt.Sprint("row ", equal[name], " ", name))
	}
	return nil
}

// rowAxis returns the axis of rows. Its values are the numbers of the lines, or names: "3", and "3 (2)" for the second row of the line.
func rowAxis(rows []Row) Axis {
	a := Axis{Of: []string{OfLine}, Values: make([]Value, len(rows))}
	seen := map[int]int{}
	for i, r := range rows {
		text := strconv.Itoa(r.Line)
		if seen[r.Line]++; seen[r.Line] > 1 {
			text += fmt.Sprintf(" (%d)", seen[r.Line])
		}
		text = cmp.Or(r.Name, text)
		a.Values[i].Text = text
	}
	return a
}

// rowName names what a row asks for, without its place in the list and the format of its file: a line that moves keeps its picture. fmt
// sorts the keys of maps.
func (b *builder) rowName(r Row) string {
	settings := maps.Clone(b.spec.Base)
	if settings == nil {
		settings = map[string]any{}
	}
	maps.Copy(settings, r.Input)
	delete(settings, params.Format)
	delete(settings, params.Quality)
	return fmt.Sprintf("%q %q %v", b.rowModel(r), r.Prompt, settings)
}

// rowModel returns a row's model, with its version if it has one.
func (b *builder) rowModel(r Row) string {
	if r.Model == "" {
		return model.Find(b.spec.Model).Reference()
	}
	return model.Find(r.Model).Reference()
}

// row makes the cell of a row. Equal rows without a seed have different ones, drawn from the lab seed: each wants a picture of its own, and
// planning again finds it.
func (b *builder) row(i int) Cell {
	r := b.spec.Rows[i]
	c := Cell{At: []int{i}, State: New}
	m := model.Find(b.rowModel(r))
	d := draft{model: m, input: b.base(m), prompt: r.Prompt}
	maps.Copy(d.input, r.Input)
	if p, takes := m.Parameter(params.Seed); takes && d.input[params.Seed] == nil {
		d.input[p.Name] = b.rowSeeds[i]
	}
	c.Model, c.Version, c.Parent = m.ID, m.Version, cmp.Or(r.Parent, b.spec.Parent)
	b.finish(&c, d)
	return c
}

// TemplateOf returns the template that a cell's prompt was made of; "" if it was written as it is sent.
func (p *Plan) TemplateOf(cell int) string {
	switch {
	case len(p.Spec.Rows) > 0:
		return p.Spec.Rows[p.Cells[cell].At[0]].Template
	case p.Spec.AsWritten:
		return ""
	}
	return p.Spec.Prompt
}

// wantsItsOwn reports whether a cell wants a picture of its own, though another one asks for the same: a row without a seed.
func (p *Plan) wantsItsOwn(c *Cell) bool {
	return len(p.Spec.Rows) > 0 && !picturekey.HasSeed(c.Model, c.Input)
}

// keyRows returns the rows of a spec in the one way in which a plan's key has them.
func keyRows(s Spec) []Row {
	rows := make([]Row, len(s.Rows))
	for i, r := range s.Rows {
		if r.Model != "" {
			r.Model = model.Find(r.Model).Reference()
		}
		if len(r.Input) == 0 {
			r.Input = nil
		}
		rows[i] = r
	}
	return rows
}
