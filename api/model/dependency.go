package model

import "fmt"

// Dependency says with what a parameter, or one value of it, has an effect. Only what the published schemas say, and what
// follows from the meaning of the words, is in the catalogue: a value that may have an effect is never refused.
type Dependency struct {
	Value string // only this value of the parameter depends; "" for each
	On    string // the other parameter
	Is    string // the value that the other must have; "" for any value
	Not   bool   // turns the condition round: the other must not have the value, or must not be given
}

// with adds a dependency to a parameter.
func (p Parameter) with(d ...Dependency) Parameter {
	p.DependsOn = append(p.DependsOn[:len(p.DependsOn):len(p.DependsOn)], d...)
	return p
}

// holds reports whether the input is as the dependency demands.
func (d Dependency) holds(m Model, input map[string]any) bool {
	p, known := m.Parameter(d.On)
	if !known {
		return true
	}
	v, given := m.ValueIn(input, d.On)
	is := given && !isEmpty(v)
	if d.Is != "" {
		is = is && p.Format(v) == d.Is
	}
	return is != d.Not
}

// CheckEffect returns a sentence that says why a parameter can have no effect beside the other values of an input, whatever its own
// value is; nil if it can.
func (m Model) CheckEffect(name string, input map[string]any) error {
	p, _ := m.Parameter(name)
	for _, d := range p.DependsOn {
		if d.Value == "" && !d.holds(m, input) {
			return d.refusal(name)
		}
	}
	return nil
}

// checkEffect reports values that would be paid for and do nothing. A default does no harm where it has no effect.
func (m Model) checkEffect(input map[string]any) []error {
	var wrong []error
	for _, p := range m.Parameters {
		v, given := input[p.Name]
		if !given || isEmpty(v) || p.Default != nil && p.Format(v) == p.Format(p.Default) {
			continue
		}
		for _, d := range p.DependsOn {
			if (d.Value == "" || d.Value == p.Format(v)) && !d.holds(m, input) {
				wrong = append(wrong, d.refusal(p.Name))
			}
		}
	}
	return wrong
}

// refusal is the sentence for a person who set a parameter that has no effect.
func (d Dependency) refusal(name string) error {
	switch {
	case d.Value != "":
		return fmt.Errorf("%s %s does nothing without %s: set that too, or choose another %s", name, d.Value, d.On, name)
	case d.Is != "" && d.Not:
		return fmt.Errorf("%s has no effect when %s is %s: choose another %s, or leave out %s", name, d.On, d.Is, d.On, name)
	case d.Is != "":
		return fmt.Errorf("%s has an effect only when %s is %s: set that too, or leave out %s", name, d.On, d.Is, name)
	case d.Not:
		return fmt.Errorf("%s has no effect together with %s: leave out one of the two", name, d.On)
	}
	return fmt.Errorf("%s has no effect without %s: set that too, or leave out %s", name, d.On, name)
}

// isEmpty reports whether a value is no value: nil, no text, an empty list.
func isEmpty(v any) bool {
	if s, ok := v.(string); ok {
		return s == ""
	}
	list, ok := StringList(v)
	return v == nil || ok && len(list) == 0
}
