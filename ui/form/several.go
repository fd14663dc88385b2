package form

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/params"
	"tintype/ui/plan"
)

// SetSeveral sets a row to several values, as they are typed: 1:1, 16:9 or 2..4/5, and for seeds also 3 drawn and each. The first of them
// is the row's own value, for a single prediction; of several models it is the present one, if it is among them. The error is a sentence, and then nothing has changed.
func (s *Settings) SetSeveral(row, typed string) error {
	values, err := s.severalValues(row, typed)
	if err != nil {
		return err
	}
	if len(values) == 1 && !isDrawn(row, values[0].Text) {
		return s.setFirst(row, values[0].Text)
	}
	if row != RowModel || !s.hasModel(values) {
		if err := s.setFirst(row, values[0].Text); err != nil {
			return err
		}
	}
	s.several = cloneOrMake(s.several)
	s.several[row] = joinValues(typed, values)
	return nil
}

// hasModel reports whether the present model is one of several, so that its settings, which others may not take, can be left as they are.
func (s *Settings) hasModel(values []plan.Value) bool {
	return slices.ContainsFunc(values, func(v plan.Value) bool { return model.Find(v.Text).Reference() == s.ModelID() })
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

// severalValues reads the values of a row, and checks each as the row does.
func (s *Settings) severalValues(row, typed string) ([]plan.Value, error) {
	values, err := plan.ParseValues([]string{row}, typed)
	if err != nil {
		return nil, err
	}
	var different []plan.Value
	for _, v := range values {
		if err := s.checkOne(row, v.Text); err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(different, func(w plan.Value) bool { return w.Text == v.Text }) {
			different = append(different, v)
		}
	}
	if len(different) == 0 {
		return nil, fmt.Errorf("%s needs a value", params.Label(row))
	}
	return different, nil
}

// checkOne checks one of several values.
func (s *Settings) checkOne(row, value string) error {
	if row == RowModel {
		return model.CheckID(value)
	}
	p, ok := s.model.Parameter(row)
	switch {
	case !ok:
		return fmt.Errorf("%s takes no %s", s.model.Name(), params.Label(row))
	case isDrawn(row, value):
		return nil
	}
	_, err := parseTyped(p, value)
	return err
}

// isDrawn reports whether a value is a seed that is drawn when the plan is made.
func isDrawn(row, value string) bool {
	return row == params.Seed && (value == "each" || value == "random" || strings.HasPrefix(value, "drawn "))
}

// isImageOrText reports whether a row's value may contain commas of its own, so that it takes one value only.
func isImageOrText(m model.Model, row string) bool {
	p, ok := m.Parameter(row)
	return ok && (isImage(p) || p.Type == model.String && len(p.Choices) == 0 || p.Type == model.Numbers)
}

// TakesSeveral reports whether a row takes several values.
func (s *Settings) TakesSeveral(row string) bool {
	_, ok := s.model.Parameter(row)
	return row == RowModel || ok && row != params.Prompt && !isImageOrText(s.model, row)
}

// isList reports whether a text is several values rather than one.
func (s *Settings) isList(row, typed string) bool {
	if !s.TakesSeveral(row) {
		return false
	}
	p, _ := s.model.Parameter(row)
	if row != RowModel {
		if _, err := p.Parse(normalizeEntry(p, typed)); err == nil {
			return false
		}
	}
	values, err := plan.ParseValues([]string{row}, typed)
	return err == nil && (len(values) > 1 || len(values) == 1 && isDrawn(row, values[0].Text))
}

// joinValues writes several values as the row shows them: a range and drawn seeds as they were typed.
func joinValues(typed string, values []plan.Value) string {
	if strings.Contains(typed, "..") || isDrawn(params.Seed, values[0].Text) {
		return strings.TrimSpace(typed)
	}
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = v.Text
	}
	return strings.Join(texts, ", ")
}

// Several returns the text of a row's several values; "" if it has one value, or no effect now.
func (s *Settings) Several(row string) string {
	if row != RowModel && (!s.hasEffect(row) || !s.TakesSeveral(row)) {
		return ""
	}
	return s.several[row]
}

// dropSeveral leaves a row its own value, and reports whether it had several.
func (s *Settings) dropSeveral(row string) bool {
	if s.several[row] == "" {
		return false
	}
	s.several = maps.Clone(s.several)
	delete(s.several, row)
	return true
}

// Axes returns an axis for each row with several values, in the order of the rows, and those that were loaded with a plan.
func (s *Settings) Axes() []plan.Axis {
	var axes []plan.Axis
	for _, row := range append(append([]string{RowModel}, s.visibleNames()...), s.extraNames()...) {
		typed := s.Several(row)
		if typed == "" {
			continue
		}
		if values, err := s.severalValues(row, typed); err == nil {
			axes = append(axes, plan.Axis{Of: []string{row}, Values: values})
		}
	}
	return s.withCarried(axes)
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

// restoreSeveral restores several values that were kept. Those that cannot be used are dropped; the rows have their first values then.
func (s *Settings) restoreSeveral(saved map[string]string) {
	s.several = nil
	for row, typed := range saved {
		if _, err := s.severalValues(row, typed); err == nil {
			s.several = cloneOrMake(s.several)
			s.several[row] = typed
		}
	}
}

func cloneOrMake(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return maps.Clone(m)
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
	values, err := s.severalValues(row, s.Several(row))
	if s.Several(row) == "" || err != nil {
		return nil
	}
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = v.Text
	}
	return texts
}
