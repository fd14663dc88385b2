package compare

import (
	"slices"
	"strconv"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/params"
)

// difference is what predictions share and what they do not.
type difference struct {
	prompts      []string // empty if all are the same
	same         []string // a few words each
	formatIsLast bool     // the last of same is the format, and the quality is added to it
	rows         []differenceRow
}

// differenceRow is a parameter with its value in each prediction.
type differenceRow struct {
	label  string
	values []string // by prediction; "" if the model does not take it, or for a random seed
}

// newDifference compares predictions.
func newDifference(entries []history.Entry) difference {
	var d difference
	d.addPrompts(entries)
	models := make([]string, len(entries))
	for i, e := range entries {
		models[i] = format.Clean(model.Find(model.Reference(e.Model, e.Version)).Label())
	}
	d.add("model", models, models[0])
	for _, name := range parameterNames(entries) {
		d.addParameter(name, entries)
	}
	seeds := make([]string, len(entries))
	for i, e := range entries {
		if e.Seed != nil {
			seeds[i] = strconv.FormatInt(*e.Seed, 10)
		}
	}
	d.add("seed", seeds, "seed "+seeds[0])
	return d
}

// addPrompts adds the prompts if they differ.
func (d *difference) addPrompts(entries []history.Entry) {
	first := entries[0].Prompt()
	if !slices.ContainsFunc(entries, func(e history.Entry) bool { return e.Prompt() != first }) {
		return
	}
	for _, e := range entries {
		d.prompts = append(d.prompts, e.Prompt())
	}
}

// add adds a value of each prediction to what is the same or to what differs. A value that none has is neither.
func (d *difference) add(label string, values []string, said string) {
	switch {
	case slices.ContainsFunc(values, func(v string) bool { return v != values[0] }):
		d.rows = append(d.rows, differenceRow{label, values})
	case values[0] != "" && said != "":
		d.same = append(d.same, said)
	}
}

// hasRow reports whether a value differs.
func (d *difference) hasRow(label string) bool {
	return slices.ContainsFunc(d.rows, func(r differenceRow) bool { return r.label == label })
}

// parameterNames returns the parameters that any of the predictions has, in the order in which they are shown.
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

// addParameter adds a parameter. One that is the same in all is only shown if it is visible in the picture's file or is not the default.
func (d *difference) addParameter(name string, entries []history.Entry) {
	values, compared := make([]string, len(entries)), make([]string, len(entries))
	said, chosen := "", false
	for i, e := range entries {
		v, ok := model.Find(e.Model).ValueIn(e.Input, name)
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
		d.addSame(name, said, values[0], chosen)
	case chosen: // otherwise only the models' defaults differ
		d.rows = append(d.rows, differenceRow{params.Label(name), values})
	}
}

// isDefault reports whether a value is the model's default.
func isDefault(e history.Entry, name string, v any) bool {
	p, ok := model.Find(e.Model).Parameter(name)
	return ok && p.Default != nil && params.Plain(p.Default) == params.Plain(v)
}

// addSame adds a parameter that is the same in all. The quality is written behind the format.
func (d *difference) addSame(name, said, value string, chosen bool) {
	switch {
	case name == params.Quality && d.formatIsLast:
		d.same[len(d.same)-1] += " " + value
	case name == params.Shape || name == params.Format || chosen:
		d.same = append(d.same, said)
	}
	d.formatIsLast = name == params.Format
}
