package plan

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"tintype/api/model"
)

// fileSpec is a Spec as its file has it.
type fileSpec struct {
	Prompt    string           `toml:"prompt,multiline"`
	AsWritten bool             `toml:"as_written,omitempty"`
	Model     string           `toml:"model,omitempty"`
	KeepModel bool             `toml:"keep_model,omitempty"`
	How       any              `toml:"how,omitempty"`
	LabSeed   uint64           `toml:"lab_seed,omitempty"`
	Parent    string           `toml:"parent,omitempty"`
	LeftOut   [][]string       `toml:"left_out,omitempty"` // the texts of values, in the order of the axes
	Base      map[string]any   `toml:"base,omitempty"`
	Axis      []fileAxis       `toml:"axis,omitempty"`
	Skip      []map[string]any `toml:"skip,omitempty"`
	Row       []fileRow        `toml:"row,omitempty"`
}

type fileAxis struct {
	Of     string           `toml:"of"`
	Label  string           `toml:"label,omitempty"`
	Values any              `toml:"values"`        // a text as it is typed, or a list of values
	Set    []map[string]any `toml:"set,omitempty"` // what each value sets; nothing for one that is read from its text
}

type fileRow struct {
	Line     int            `toml:"line"`
	Name     string         `toml:"name,omitempty"`
	Model    string         `toml:"model,omitempty"`
	Prompt   string         `toml:"prompt,multiline"`
	Template string         `toml:"template,multiline,omitempty"`
	Input    map[string]any `toml:"input,omitempty"`
	Parent   string         `toml:"parent,omitempty"`
}

// Encode writes a spec as TOML, in the form that Decode reads. It fails only for values that TOML does not have.
func Encode(s Spec) ([]byte, error) {
	f := fileSpec{Prompt: s.Prompt, AsWritten: s.AsWritten, Model: s.Model, KeepModel: s.KeepModel, LabSeed: s.LabSeed, Parent: s.Parent, LeftOut: s.LeftOut, Base: plain(s.Base)}
	if s.How != "" {
		f.How = string(s.How)
	}
	if checkParent(s.Parent) != nil {
		f.Parent = "" // an odd key, which would make the file one that cannot be read
	}
	for _, a := range s.Axes {
		f.Axis = append(f.Axis, encodeAxis(a))
	}
	for _, skip := range s.Skips {
		f.Skip = append(f.Skip, encodeSkip(skip))
	}
	for _, r := range s.Rows {
		r.Input = plain(r.Input)
		if checkParent(r.Parent) != nil {
			r.Parent = ""
		}
		f.Row = append(f.Row, fileRow(r))
	}
	return toml.Marshal(f)
}

// Decode reads a spec from TOML. name is the file's, for errors, which are sentences with file and line. models are those that the spec may be
// given beside its own: one that is not in the catalogue takes settings of any name.
func Decode(data []byte, name string, models ...string) (Spec, error) {
	var f fileSpec
	d := toml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return Spec{}, fileError(name, err)
	}
	s := Spec{Prompt: f.Prompt, AsWritten: f.AsWritten, Model: f.Model, KeepModel: f.KeepModel, LabSeed: f.LabSeed, Parent: f.Parent, LeftOut: f.LeftOut}
	wrong := func(err error) (Spec, error) { return Spec{}, fmt.Errorf("%s: %w", name, err) }
	if err := f.checkKeys(); err != nil {
		return wrong(err)
	}
	if f.Model != "" {
		s.Model = model.Find(f.Model).Reference()
	}
	var err error
	if s.How, err = decodeHow(f.How); err != nil {
		return wrong(err)
	}
	takesAny := f.mayTakeAny(models)
	if s.Base, err = decodeSettings(f.Base, s.Model, takesAny); err != nil {
		return wrong(err)
	}
	for i, a := range f.Axis {
		axis, err := decodeAxis(a, takesAny)
		if err != nil {
			return Spec{}, tableError(name, data, "axis", i, fmt.Errorf("axis %d: %w", i+1, err))
		}
		s.Axes = append(s.Axes, axis)
	}
	for i, conditions := range f.Skip {
		if len(conditions) == 0 {
			return Spec{}, tableError(name, data, "skip", i, fmt.Errorf("skip %d needs a condition, such as guidance = \">2\".", i+1))
		}
		s.Skips = append(s.Skips, decodeSkip(conditions))
	}
	for i, r := range f.Row {
		row, err := decodeRow(Row(r), s.Model)
		if err != nil {
			return Spec{}, tableError(name, data, "row", i, fmt.Errorf("row %d: %w", i+1, err))
		}
		s.Rows = append(s.Rows, row)
	}
	return s, nil
}

// checkKeys returns an error for what can be neither the model nor the parent of a plan.
func (f *fileSpec) checkKeys() error {
	if f.Model != "" {
		if err := model.CheckID(f.Model); err != nil {
			return err
		}
	}
	return checkParent(f.Parent)
}

// decodeSettings reads [base], which holds settings alone.
func decodeSettings(base map[string]any, modelID string, takesAny bool) (map[string]any, error) {
	for _, key := range []string{OfPrompt, OfModel, OfPreset, OfReplace} {
		if base[key] != nil {
			return nil, fmt.Errorf("[base] has settings, and %s is none. %s", key, placeOf[key])
		}
	}
	return decodeBase(base, modelID, takesAny)
}

// decodeRow reads a row of a plan whose model is modelID where the row names none.
func decodeRow(row Row, modelID string) (Row, error) {
	if row.Model != "" {
		if err := model.CheckID(row.Model); err != nil {
			return row, err
		}
	}
	err := checkParent(row.Parent)
	if err != nil {
		return row, err
	}
	of := cmp.Or(row.Model, modelID)
	row.Input, err = decodeBase(row.Input, of, !model.Find(of).Known)
	return row, err
}

func decodeHow(v any) (How, error) {
	how := How(strings.TrimSpace(fmt.Sprint(v)))
	if v == nil {
		return "", nil
	}
	if n, err := strconv.Atoi(string(how)); err == nil && n > 0 || slices.Contains([]How{All, EachValue, EachPair}, how) {
		return how, nil
	}
	return "", fmt.Errorf("how is all, each-value, each-pair or a number of cells at random, and %q is not.", string(how))
}

// decodeBase reads the shared settings. Texts are read as a person would type them. takesAny: names that no model of the catalogue has are
// allowed.
func decodeBase(base map[string]any, modelID string, takesAny bool) (map[string]any, error) {
	m := model.Find(modelID)
	for name, v := range base {
		if err := checkName(name); err != nil && !takesAny {
			return nil, err
		}
		p, ok := m.Parameter(name)
		text, isText := v.(string)
		if !ok || !isText {
			continue
		}
		parsed, err := p.Parse(text)
		if err != nil {
			return nil, err
		}
		base[name] = parsed
	}
	return base, nil
}
