package form

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"tintype/api/model"
	"tintype/ui/params"
)

// findModel finds a model in the catalogue; for an id that is no model's name (from a damaged file), the default.
func findModel(id string) model.Model {
	if model.CheckID(id) != nil {
		id = model.Default
	}
	return model.Find(id)
}

// Load loads the model and the input of a past prediction, except its prompt. Parameters that are not in the input are
// set to their default. dropped has the names of the values that could not be loaded.
func (s *Settings) Load(modelID string, input map[string]any) (dropped []string) {
	s.finishEntry()
	s.several, s.carried = nil, carried{}
	s.model = withParametersOf(findModel(modelID), input)
	s.chosen, dropped = parseInput(s.model, input)
	if seed := s.chosen[params.Seed]; seed != nil {
		s.seed = seed
	}
	return append(dropped, s.fit()...)
}

// LoadOne loads a single value of a past prediction: of a parameter, or of RowModel.
func (s *Settings) LoadOne(name string, value any) error {
	if name == RowModel {
		id, _ := value.(string)
		if err := model.CheckID(id); err != nil {
			return err
		}
		s.SetModel(id)
		return nil
	}
	p, ok := s.model.Parameter(name)
	if row, takes := s.ImageRow(); !ok && takes && slices.Contains(imageNames(), name) {
		s.Set(row, ImageValue(s.model, row, value))
		return nil
	}
	if !ok {
		return fmt.Errorf("%s takes no %s", s.model.Name(), params.Label(name))
	}
	v, err := parseTyped(p, p.Format(value))
	if err != nil {
		return err
	}
	s.finishEntry()
	s.Set(name, v)
	return nil
}

// State returns what form.json keeps, and what Restore restores.
func (s *Settings) State() SettingsState {
	return SettingsState{Model: s.ModelID(), Chosen: maps.Clone(s.chosen), Row: s.row, Several: maps.Clone(s.several), Plan: s.carried.text, Order: s.carried.order}
}

// Restore sets the settings to an earlier state. It may come from a damaged file: unusable values are dropped.
func (s *Settings) Restore(saved SettingsState) {
	s.moreOpen, s.entry, s.note = false, entry{}, ""
	s.model = withParametersOf(findModel(saved.Model), saved.Chosen)
	s.chosen = map[string]any{}
	for name, v := range saved.Chosen {
		if v, ok := cleanValue(name, v); ok {
			s.chosen[name] = convert(s.model, name, v)
		}
	}
	if seed := s.chosen[params.Seed]; seed != nil {
		s.seed = seed
	}
	s.several = restoreSeveral(s.model, saved.Several)
	s.carried = restoreCarried(saved.Plan, saved.Order)
	s.fit()
	if !s.MoveTo(saved.Row) {
		s.row = RowModel
	}
}

// convert converts a value to the type of the model's parameter: JSON writes 4.0 as 4, which is read as an integer.
func convert(m model.Model, name string, v any) any {
	p, ok := m.Parameter(name)
	if typed, err := p.Parse(p.Format(v)); ok && err == nil {
		return typed
	}
	return v
}

// parseInput converts the values of an input to the types of the model's parameters.
func parseInput(m model.Model, input map[string]any) (chosen map[string]any, dropped []string) {
	chosen = map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(input)) {
		p, ok := m.Parameter(name)
		if name == params.Prompt || isEmpty(input[name]) {
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

// cleanValue returns a saved value if it can be a parameter's value at all. Whether a model takes it is up to fitValues.
func cleanValue(name string, v any) (any, bool) {
	if name == params.Prompt || isEmpty(v) {
		return nil, false
	}
	switch v := v.(type) {
	case string, bool, []string, []float64, int64, float64:
		return v, true
	case json.Number:
		if n, ok := model.Int(v); ok {
			return n, true
		}
		return model.Float(v)
	case []any:
		p := model.Parameter{Type: typeOfValue(v)}
		list, err := p.Parse(p.Format(v))
		return list, err == nil
	}
	return nil, false
}

// withParametersOf adds the names in an input that was sent before to the parameters of a model that is not in the
// catalogue: such a model may take any, and they are shown and changed like the others.
func withParametersOf(m model.Model, input map[string]any) model.Model {
	if m.Known {
		return m
	}
	m.Parameters = slices.Clone(m.Parameters)
	for _, name := range slices.Sorted(maps.Keys(input)) {
		if _, has := m.Parameter(name); !has {
			m.Parameters = append(m.Parameters, model.Parameter{Name: name, Type: typeOfValue(input[name])})
		}
	}
	return m
}

// typeOfValue returns the type of a parameter of which only a value is known.
func typeOfValue(v any) model.Type {
	if _, ok := model.Int(v); ok {
		return model.Number // other values need not be whole numbers
	}
	if _, ok := model.Float(v); ok {
		return model.Number
	}
	switch v := v.(type) {
	case bool:
		return model.Boolean
	case []float64:
		return model.Numbers
	case []any:
		if len(v) > 0 {
			if _, isNumber := model.Float(v[0]); isNumber {
				return model.Numbers
			}
		}
		return model.Images
	case []string:
		return model.Images
	}
	return model.String
}
