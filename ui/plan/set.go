package plan

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tintype/api/model"
)

// Value returns what a value of an axis, by its index, sets one of its names to: its text, and the value if it is given; nil otherwise.
func (a Axis) Value(value int, name string) (text string, set any) {
	v := a.Values[value]
	if set, ok := v.Set[name]; ok {
		if set == nil {
			return "", nil // it is removed
		}
		text, isText := set.(string)
		if !isText {
			text = v.Text
		}
		return text, set
	}
	if len(a.Of) == 1 {
		return v.Text, nil
	}
	if text = strings.TrimSpace(splitTied(a.Of, v.Text)[slices.Index(a.Of, name)]); text == "-" {
		return "", nil
	}
	return text, nil
}

// splitTied splits a tied value at its slashes into one text for each name.
func splitTied(of []string, text string) []string {
	parts := strings.Split(text, "/")
	for long := withSlash(of); len(parts) > len(of); {
		parts[long] += "/" + parts[long+1]
		parts = slices.Delete(parts, long+1, long+2)
	}
	return parts
}

// withSlash returns which of tied names has values with slashes: the path of an image, or else a model's id.
func withSlash(of []string) int {
	if image := slices.IndexFunc(of, IsImage); image >= 0 {
		return image
	}
	return max(0, slices.Index(of, OfModel))
}

// A parsedKey names a value that was read for a model.
type parsedKey struct{ model, name, text string }

type parsed struct {
	value any
	err   error
}

// set sets a parameter to a value, or to what a text means to the model. "" leaves it to the model.
func (b *builder) set(m model.Model, input map[string]any, name, text string, value any) error {
	if value == nil && text == "" {
		delete(input, name)
		return nil
	}
	p, ok := m.Parameter(name)
	if !ok && m.Known {
		b.note(lacks(m, name))
		delete(input, name)
		return nil
	}
	if value != nil && p.IsNumber() {
		value, text = nil, p.Format(value) // so that a mistake is explained
	}
	if value != nil {
		input[name] = value
		return nil
	}
	if !ok {
		input[name] = model.ParseUnknown(text)
		return nil
	}
	key := parsedKey{m.ID, name, text}
	known, seen := b.parsed[key]
	if !seen {
		known.value, known.err = p.Parse(text)
		b.parsed[key] = known
	}
	if known.err == nil {
		input[name] = known.value
	}
	return explain(m, p, text, known.err)
}

// explain makes a sentence of a value that a model does not take.
func explain(m model.Model, p model.Parameter, text string, err error) error {
	f, isNumber := model.Float(json.Number(text))
	isNumber = isNumber && p.IsNumber()
	switch {
	case isNumber && p.Max != nil && f > *p.Max:
		return fmt.Errorf("%s: %s is over %s, the most that %s takes", p.Name, text, p.Format(*p.Max), m.Name())
	case isNumber && p.Min != nil && f < *p.Min:
		return fmt.Errorf("%s: %s is under %s, the least that %s takes", p.Name, text, p.Format(*p.Min), m.Name())
	case err == nil:
		return nil
	}
	return errors.New(strings.TrimSuffix(err.Error(), "."))
}

// setImage sets the input image of a model, or removes it.
func (b *builder) setImage(m model.Model, input map[string]any, path string, set any) error {
	none := set == nil && path == ""
	for _, p := range m.Parameters {
		switch {
		case !p.IsImage():
			continue
		case none:
			return b.set(m, input, p.Name, "", nil)
		case p.Type == model.Image:
			return b.set(m, input, p.Name, path, path)
		}
		if _, isText := set.(string); isText || set == nil {
			set = []string{path}
		}
		return b.set(m, input, p.Name, path, set)
	}
	if none {
		return nil
	}
	return fmt.Errorf("%s takes no input image", m.Name())
}

// replace puts a text in the place of another one.
func replace(prompt, old, text string) (string, error) {
	if old == "" || !strings.Contains(prompt, old) {
		return "", fmt.Errorf("replace: %q is not in the prompt. The first value is the text that is looked for.", old)
	}
	return strings.ReplaceAll(prompt, old, text), nil
}
