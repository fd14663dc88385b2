package form

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"tintype/api/model"
	"tintype/ui/params"
)

// findModel is the catalogue's, and the default for what is no model's name (a damaged file's).
func findModel(id string) model.Model {
	if model.CheckID(id) != nil {
		id = model.Default
	}
	return model.Find(id)
}

// Take loads the model and the input of a past prediction; its prompt is not the settings' business. What was not in
// the input goes back to its default. dropped names what could not be taken.
func (s *Settings) Take(modelID string, input map[string]any) (dropped []string) {
	s.Model = withKeysOf(findModel(modelID), input)
	s.chosen, dropped = chosenOf(s.Model, input)
	if seed := s.chosen[params.Seed]; seed != nil {
		s.seed = seed
	}
	return append(dropped, s.refit()...)
}

// TakeOne loads a single value of a past prediction: of a parameter, or the model by rowModel.
func (s *Settings) TakeOne(name string, value any) error {
	if name == rowModel {
		id, _ := value.(string)
		if err := model.CheckID(id); err != nil {
			return err
		}
		s.SetModel(id)
		return nil
	}
	p, ok := s.Model.Parameter(name)
	if row, takes := s.ImageRow(); !ok && takes && slices.Contains(imageNames(), name) {
		s.Set(row, imagesFor(s.Model, row, value))
		return nil
	}
	if !ok {
		return fmt.Errorf("%s takes no %s", s.Model.Name(), name)
	}
	v, err := p.Parse(p.Format(value))
	if err != nil {
		return err
	}
	s.Set(name, v)
	return nil
}

// Saved is what form.json keeps, and what undoes a take: restore.
func (s *Settings) Saved() SavedSettings {
	return SavedSettings{Model: s.Model.ID, Chosen: maps.Clone(s.chosen), Row: s.Row}
}

// Restore sets what saved gave. It may come from a damaged file: what is of no use in it goes.
func (s *Settings) Restore(saved SavedSettings) {
	s.More, s.digits, s.said = false, "", ""
	s.Model = withKeysOf(findModel(saved.Model), saved.Chosen)
	s.chosen = map[string]any{}
	for name, v := range saved.Chosen {
		if v, ok := chosenValue(name, v); ok {
			s.chosen[name] = s.typed(name, v)
		}
	}
	if seed := s.chosen[params.Seed]; seed != nil {
		s.seed = seed
	}
	s.refit()
	if !s.GoTo(saved.Row) {
		s.Row = rowModel
	}
}

// typed is a value as the model's parameter has it: JSON writes 4.0 as 4, and it is read as a whole number.
func (s *Settings) typed(name string, v any) any {
	p, ok := s.Model.Parameter(name)
	if typed, err := p.Parse(p.Format(v)); ok && err == nil {
		return typed
	}
	return v
}

// chosenOf reads an input, typed as the model's parameters are.
func chosenOf(m model.Model, input map[string]any) (chosen map[string]any, dropped []string) {
	chosen = map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(input)) {
		p, ok := m.Parameter(name)
		if name == params.Prompt || emptyValue(input[name]) {
			continue
		}
		v, err := p.Parse(p.Format(input[name]))
		if !ok || err != nil {
			dropped = append(dropped, name)
			continue
		}
		chosen[name] = v
	}
	return chosen, dropped
}

// chosenValue keeps of a saved value what can be a parameter's value at all; whether it fits is for Fit to say, model by
// model.
func chosenValue(name string, v any) (any, bool) {
	if name == params.Prompt || emptyValue(v) {
		return nil, false
	}
	switch v := v.(type) {
	case string, bool, []string, int64, float64:
		return v, true
	case json.Number:
		if n, ok := model.Int(v); ok {
			return n, true
		}
		return model.Float(v)
	case []any:
		p := model.Parameter{Type: model.Images}
		list, err := p.Parse(p.Format(v))
		return list, err == nil
	}
	return nil, false
}

// withKeysOf gives a model that the catalogue does not know the keys of an input that it was sent before: it may take
// any, and they are to be kept, seen and changed like the others.
func withKeysOf(m model.Model, input map[string]any) model.Model {
	if m.Known {
		return m
	}
	m.Parameters = slices.Clone(m.Parameters)
	for _, name := range slices.Sorted(maps.Keys(input)) {
		if _, has := m.Parameter(name); !has {
			m.Parameters = append(m.Parameters, model.Parameter{Name: name, Type: typeOf(input[name])})
		}
	}
	return m
}

// typeOf is the type of a parameter that we know only by a value of it.
func typeOf(v any) model.Type {
	if _, ok := model.Int(v); ok {
		return model.Number // a whole value says nothing about the others
	}
	if _, ok := model.Float(v); ok {
		return model.Number
	}
	switch v.(type) {
	case bool:
		return model.Boolean
	case []any, []string:
		return model.Images
	}
	return model.String
}
