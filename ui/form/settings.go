package form

import (
	"maps"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/ui/params"
)

// SettingsWant is what a key or a click in the settings asks of the parent.
type SettingsWant int

const (
	settingsNothing SettingsWant = iota
	SettingsChoose               // open chooser() as a dialog
	SettingsLeave                // esc with nothing left to close here: one layer up
)

// Settings is the form without its prompt: the model, and the values of its parameters. It shows just what the model
// takes, from the catalogue. What the user chose is kept apart from what fits the model, so that leafing through the
// models and back loses nothing.
type Settings struct {
	Model    model.Model
	provider string                             // whose prices count
	usual    func(modelID string) time.Duration // nil: the catalogue's

	chosen map[string]any // by the user, for whichever model
	fitted map[string]any // what of it this model takes

	More   bool   // the page of the remaining parameters is open
	Row    string // under the cursor: rowModel, RowMore, or a parameter's name
	digits string // a number in the making
	said   string // a sentence about the last key
	seed   any    // the last fixed seed; nil: none yet
}

// NewSettings starts with a model and its defaults. provider names whose prices count; usual tells how long a model
// takes here (0: unknown), nil is the catalogue's word.
func NewSettings(modelID, provider string, usual func(modelID string) time.Duration) Settings {
	s := Settings{provider: provider, usual: usual, chosen: map[string]any{}, Row: rowModel}
	s.SetModel(modelID)
	return s
}

// Update takes a key. changed: the input is another one now.
func (s *Settings) Update(key tea.KeyPressMsg) (changed bool, want SettingsWant) {
	s.said = ""
	if isDigit(key.Text) {
		return s.typeDigit(key.Text), settingsNothing
	}
	s.endDigits()
	switch key.Keystroke() {
	case "up":
		s.moveRow(-1)
	case "down":
		s.moveRow(+1)
	case "left":
		return s.step(-1), settingsNothing
	case "right":
		return s.step(+1), settingsNothing
	case "backspace", "delete":
		return s.unset(s.Row), settingsNothing
	case "enter", "space":
		return false, s.open()
	case "esc":
		return false, s.back()
	}
	return false, settingsNothing
}

// open is enter: the page of "more" opens here, a row's choices are the parent's to show.
func (s *Settings) open() SettingsWant {
	if s.Row != RowMore {
		return SettingsChoose
	}
	s.More = true
	s.Row = s.rowNames()[0]
	return settingsNothing
}

// back is esc: it closes the page, or leaves.
func (s *Settings) back() SettingsWant {
	if !s.More {
		return SettingsLeave
	}
	s.More, s.Row = false, RowMore
	return settingsNothing
}

// Note is a sentence about the last key, "" when there is none.
func (s *Settings) Note() string { return s.said }

// ModelID is owner/name of the model.
func (s *Settings) ModelID() string { return s.Model.ID }

// SetModel takes another model. Values move along as far as they fit, and come back with a model that has them.
func (s *Settings) SetModel(id string) {
	s.Model = findModel(id)
	s.refit()
}

// refit lays what was chosen on the model, and sees that the cursor stands on a row that there is.
func (s *Settings) refit() (dropped []string) {
	s.fitted, dropped = fitTo(s.Model, s.chosen)
	if !s.hasRow(s.Row) {
		s.More = s.More && len(s.extraNames()) > 0
		s.Row = s.rowNames()[0]
	}
	return dropped
}

// Set chooses a value; nil goes back to the default. The value that holds already is no choice.
func (s *Settings) Set(name string, v any) (changed bool) {
	p, ok := s.Model.Parameter(name)
	old := p.Format(s.Value(name))
	_, chosen := renamedImage(s.Model, s.chosen)[name]
	if !ok || (v == nil && !chosen) || (v != nil && p.Format(v) == old) {
		return false
	}
	s.chosen = maps.Clone(s.chosen)
	delete(s.chosen, name)
	if row, _ := s.ImageRow(); row == name {
		forgetImages(s.chosen)
	}
	if v != nil {
		s.chosen[name] = v
	}
	if name == params.Seed && v != nil {
		s.seed = v
	}
	s.refit()
	return true
}

// unset takes a row back to its default.
func (s *Settings) unset(row string) (changed bool) {
	switch row {
	case rowModel:
		changed = s.Model.ID != model.Default
		s.SetModel(model.Default)
		return changed
	case RowMore:
		return false
	}
	return s.Set(row, nil)
}

// step goes to a row's previous or next value, and stops at the ends.
func (s *Settings) step(by int) (changed bool) {
	switch s.Row {
	case rowModel:
		return s.stepModel(by)
	case RowMore:
		return false
	case params.Seed:
		return s.stepSeed(by)
	}
	p, ok := s.Model.Parameter(s.Row)
	return ok && s.Set(s.Row, p.Step(s.Value(s.Row), by))
}

// stepModel goes through the catalogue; a model that it does not hold stands before the first.
func (s *Settings) stepModel(by int) (changed bool) {
	all, at := model.All(), -1
	for i, m := range all {
		if m.ID == s.Model.ID {
			at = i
		}
	}
	next := all[max(0, min(at+by, len(all)-1))].ID
	if next == s.Model.ID {
		return false
	}
	s.SetModel(next)
	return true
}

// stepSeed knows one value more than the number's: random, which stands before 0. From there → takes the last fixed
// seed up again.
func (s *Settings) stepSeed(by int) (changed bool) {
	n, fixed := model.Int(s.Value(params.Seed))
	switch {
	case !fixed && by < 0:
		return false
	case !fixed && s.seed != nil:
		return s.Set(params.Seed, s.seed)
	case !fixed:
		return s.Set(params.Seed, int64(1)) // 0 counts as none at some models
	case n+int64(by) < 0:
		return s.Set(params.Seed, nil)
	}
	return s.Set(params.Seed, n+int64(by))
}
