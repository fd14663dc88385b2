package form

import (
	"fmt"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/params"
	"tintype/ui/plan"
)

// readSeveral reads the values of a row of a model, and checks each as the row does.
func readSeveral(m model.Model, row, typed string) ([]plan.Value, error) {
	values, err := plan.ParseValues([]string{row}, typed)
	if err != nil {
		return nil, err
	}
	var different []plan.Value
	for _, v := range values {
		if err := checkOne(m, row, v.Text); err != nil {
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
func checkOne(m model.Model, row, value string) error {
	if row == RowModel {
		return model.CheckID(value)
	}
	p, ok := m.Parameter(row)
	switch {
	case !ok:
		return fmt.Errorf("%s takes no %s", m.Name(), params.Label(row))
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
	return ok && (p.IsImage() || p.Type == model.String && len(p.Choices) == 0 || p.Type == model.Numbers)
}

// takesSeveral reports whether a row takes several values.
func takesSeveral(m model.Model, row string) bool {
	_, ok := m.Parameter(row)
	return row == RowModel || ok && row != params.Prompt && !isImageOrText(m, row)
}

// isList reports whether a text is several values rather than one.
func isList(m model.Model, row, typed string) bool {
	if !takesSeveral(m, row) {
		return false
	}
	p, _ := m.Parameter(row)
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
	return strings.Join(textsOf(values), ", ")
}

// textsOf returns the texts of values.
func textsOf(values []plan.Value) []string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = v.Text
	}
	return texts
}
