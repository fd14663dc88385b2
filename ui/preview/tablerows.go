package preview

import (
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/runner"
)

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

// modelName is the short name of a prediction's model, with the beginning of its version if one was asked for.
func modelName(e history.Entry) string {
	return format.Clean(model.Find(model.Reference(e.Model, e.Version)).Label())
}

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
	if copies := sentCopies(e); copies != "" {
		rows = append(rows, tableRow{label: "sent as", value: copies, rank: rankImages})
	}
	if parent, ok := p.list.Entry(e.Parent); ok && e.Parent != "" {
		rows = append(rows, tableRow{label: "from", value: format.Clean(parent.Prompt()), rank: rankImages})
	}
	return rows
}

// sentCopies says what was sent of the input images that were not sent as they are: "JPEG 1024×1024, 141 kB".
func sentCopies(e history.Entry) string {
	var copies []string
	for _, path := range slices.Sorted(maps.Keys(e.SentImages)) {
		if s := e.SentImages[path]; s.Copy {
			const kilo = 1000
			copies = append(copies, fmt.Sprintf("%s %d×%d, %d kB", strings.ToUpper(format.Clean(s.Format)), s.Width, s.Height, (s.Bytes+kilo-1)/kilo))
		}
	}
	return strings.Join(copies, "; ")
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
