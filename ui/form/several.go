package form

import (
	"maps"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/plan"
)

// several has the texts of the rows with several values, as they are shown. A change makes a new one, since copies of the settings share it.
type several map[string]string

// with returns the rows with another row's text.
func (r several) with(row, typed string) several {
	r = maps.Clone(r)
	if r == nil {
		r = several{}
	}
	r[row] = typed
	return r
}

// without returns the rows without one that has its own value only.
func (r several) without(row string) several {
	if r[row] == "" {
		return r
	}
	r = maps.Clone(r)
	delete(r, row)
	return r
}

// restoreSeveral returns several values that were kept. Those that a model cannot use are dropped; the rows have their first values then.
func restoreSeveral(m model.Model, saved map[string]string) several {
	var r several
	for row, typed := range saved {
		if _, err := readSeveral(m, row, typed); err == nil {
			r = r.with(row, typed)
		}
	}
	return r
}

// SetSeveral sets a row to several values, as they are typed: 1:1, 16:9 or 2..4/5, and for seeds also 3 drawn and each. The first of them is the
// row's own value, for a single prediction; of several models it is the present one, if it is among them. The error is a sentence, and then nothing
// has changed.
func (s *Settings) SetSeveral(row, typed string) error {
	values, err := readSeveral(s.model, row, typed)
	if err != nil {
		return err
	}
	if len(values) == 1 && !isDrawn(row, values[0].Text) {
		return s.setFirst(row, values[0].Text)
	}
	isPresent := func(v plan.Value) bool { return model.Find(v.Text).Reference() == s.ModelID() }
	if row != RowModel || !slices.ContainsFunc(values, isPresent) { // others may not take the settings of the present model
		if err := s.setFirst(row, values[0].Text); err != nil {
			return err
		}
	}
	s.several = s.several.with(row, joinValues(typed, values))
	return nil
}

// setFirst sets a row to the first of several values, or to the only one. A seed that is drawn is none yet.
func (s *Settings) setFirst(row, value string) error {
	switch {
	case row == RowModel:
		return s.LoadOne(row, value)
	case isDrawn(row, value):
		s.Set(row, nil)
		return nil
	}
	p, _ := s.model.Parameter(row)
	v, err := parseTyped(p, value)
	if err == nil {
		s.Set(row, v)
	}
	return err
}

// Several returns the text of a row's several values; "" if it has one value, or no effect now.
func (s *Settings) Several(row string) string {
	if row != RowModel && (!s.hasEffect(row) || !takesSeveral(s.model, row)) {
		return ""
	}
	return s.several[row]
}

// Axes returns an axis for each row with several values, in the order of the rows, and those that were loaded with a plan.
func (s *Settings) Axes() []plan.Axis {
	var axes []plan.Axis
	for _, row := range append(append([]string{RowModel}, s.visibleNames()...), s.extraNames()...) {
		typed := s.Several(row)
		if typed == "" {
			continue
		}
		if values, err := readSeveral(s.model, row, typed); err == nil {
			axes = append(axes, plan.Axis{Of: []string{row}, Values: values})
		}
	}
	return s.carried.addTo(axes)
}

// Base returns the input without the prompt, and without what the axes set.
func (s *Settings) Base() map[string]any {
	base := s.Values()
	for _, a := range s.Axes() {
		for _, name := range a.Of {
			delete(base, name)
		}
	}
	return base
}

// severalText returns the text of a row's several values as it is drawn.
func (s *Settings) severalText(row string) string {
	if row != RowModel {
		return s.several[row]
	}
	names := s.severalTexts(row)
	for i, id := range names {
		names[i] = strings.TrimPrefix(model.Find(id).Label(), "flux-")
	}
	return strings.Join(names, ", ")
}

// severalTexts returns the several values of a row; nil if it has one.
func (s *Settings) severalTexts(row string) []string {
	values, err := readSeveral(s.model, row, s.Several(row))
	if s.Several(row) == "" || err != nil {
		return nil
	}
	return textsOf(values)
}
