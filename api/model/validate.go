package model

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Check reports what a provider would refuse in an input, in sentences, one a line: a key that the model does not take,
// a value out of range, a missing parameter; and what would be paid for and have no effect. A model that is not in the catalogue may take any key.
func (m Model) Check(input map[string]any) error {
	var wrong []error
	for _, p := range m.Parameters {
		v, given := input[p.Name]
		switch {
		case given && v != nil:
			wrong = append(wrong, p.check(v))
		case p.Required:
			wrong = append(wrong, fmt.Errorf("%s needs %s: %s", m.Name(), p.Name, p.Help))
		}
	}
	wrong = append(wrong, m.unknownKeys(input)...)
	return errors.Join(append(wrong, m.checkEffect(input)...)...)
}

func (m Model) unknownKeys(input map[string]any) []error {
	if !m.Known {
		return nil
	}
	var wrong []error
	for name := range input {
		if _, ok := m.Parameter(name); !ok {
			wrong = append(wrong, fmt.Errorf("%s has no %s; it takes %s", m.Name(), name, strings.Join(m.names(), ", ")))
		}
	}
	slices.SortFunc(wrong, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return wrong
}

func (m Model) names() []string {
	names := make([]string, 0, len(m.Parameters))
	for _, p := range m.Parameters {
		names = append(names, p.Name)
	}
	return names
}

// check reports what is wrong with a value.
func (p Parameter) check(v any) error {
	ok := true
	switch p.Type {
	case Integer:
		n, isInt := Int(v)
		ok = isInt && p.within(float64(n))
	case Number:
		f, isNumber := Float(v)
		ok = isNumber && p.within(f)
	case Boolean:
		_, ok = v.(bool)
	case Images:
		return p.checkImages(v)
	case Texts:
		_, ok = StringList(v)
	case Numbers:
		_, ok = numberList(v)
	case Image:
		return p.checkImage(v)
	case String:
		return p.checkText(v)
	}
	if !ok {
		return p.refusal(v)
	}
	return nil
}

func (p Parameter) refusal(v any) error {
	return fmt.Errorf("%s takes %s; %q is not", p.Name, p.Domain(), p.Format(v))
}

func (p Parameter) within(f float64) bool {
	return (p.Min == nil || f >= *p.Min) && (p.Max == nil || f <= *p.Max)
}

func (p Parameter) checkText(v any) error {
	s, ok := v.(string)
	switch {
	case !ok:
		return p.refusal(v)
	case p.Required && strings.TrimSpace(s) == "":
		return fmt.Errorf("the %s is empty", p.Name)
	case len(p.Choices) > 0 && !p.AllowsOther && !slices.Contains(p.Choices, s):
		return p.refusal(v)
	}
	return nil
}

func (p Parameter) checkImage(v any) error {
	s, ok := v.(string)
	if !ok || !isImageValue(s) {
		return fmt.Errorf("%s takes %s", p.Name, p.Domain())
	}
	return nil
}

func (p Parameter) checkImages(v any) error {
	list, ok := StringList(v)
	if !ok || slices.ContainsFunc(list, func(s string) bool { return !isImageValue(s) }) {
		return fmt.Errorf("%s takes %s", p.Name, p.Domain())
	}
	if p.MaxItems > 0 && len(list) > p.MaxItems {
		return fmt.Errorf("%s takes at most %d pictures; these are %d", p.Name, p.MaxItems, len(list))
	}
	return nil
}
