package ui

import (
	"maps"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
)

// settingsWant is what a key or a click in the settings asks of the parent.
type settingsWant int

const (
	settingsNothing settingsWant = iota
	settingsChoose               // open chooser() as a dialog
	settingsLeave                // esc with nothing left to close here: one layer up
)

// settingsBox is the form without its prompt: the model, and the values of its parameters. It shows just what the model
// takes, from the catalogue. What the user chose is kept apart from what fits the model, so that leafing through the
// models and back loses nothing.
type settingsBox struct {
	model    model.Model
	provider string                             // whose prices count
	usual    func(modelID string) time.Duration // nil: the catalogue's

	chosen map[string]any // by the user, for whichever model
	fitted map[string]any // what of it this model takes

	more   bool   // the page of the remaining parameters is open
	row    string // under the cursor: rowModel, rowMore, or a parameter's name
	digits string // a number in the making
	said   string // a sentence about the last key
	seed   any    // the last fixed seed; nil: none yet
}

// newSettingsBox starts with a model and its defaults. provider names whose prices count; usual tells how long a model
// takes here (0: unknown), nil is the catalogue's word.
func newSettingsBox(modelID, provider string, usual func(modelID string) time.Duration) settingsBox {
	s := settingsBox{provider: provider, usual: usual, chosen: map[string]any{}, row: rowModel}
	s.setModel(modelID)
	return s
}

// update takes a key. changed: the input is another one now.
func (s *settingsBox) update(key tea.KeyPressMsg) (changed bool, want settingsWant) {
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
		return s.unset(s.row), settingsNothing
	case "enter", "space":
		return false, s.open()
	case "esc":
		return false, s.back()
	}
	return false, settingsNothing
}

// open is enter: the page of "more" opens here, a row's choices are the parent's to show.
func (s *settingsBox) open() settingsWant {
	if s.row != rowMore {
		return settingsChoose
	}
	s.more = true
	s.row = s.rowNames()[0]
	return settingsNothing
}

// back is esc: it closes the page, or leaves.
func (s *settingsBox) back() settingsWant {
	if !s.more {
		return settingsLeave
	}
	s.more, s.row = false, rowMore
	return settingsNothing
}

// note is a sentence about the last key, "" when there is none.
func (s *settingsBox) note() string { return s.said }

// modelID is owner/name of the model.
func (s *settingsBox) modelID() string { return s.model.ID }

// setModel takes another model. Values move along as far as they fit, and come back with a model that has them.
func (s *settingsBox) setModel(id string) {
	s.model = findModel(id)
	s.refit()
}

// refit lays what was chosen on the model, and sees that the cursor stands on a row that there is.
func (s *settingsBox) refit() (dropped []string) {
	s.fitted, dropped = fitTo(s.model, s.chosen)
	if !s.hasRow(s.row) {
		s.more = s.more && len(s.extraNames()) > 0
		s.row = s.rowNames()[0]
	}
	return dropped
}

// set chooses a value; nil goes back to the default. The value that holds already is no choice.
func (s *settingsBox) set(name string, v any) (changed bool) {
	p, ok := s.model.Parameter(name)
	old := p.Format(s.value(name))
	_, chosen := renamedImage(s.model, s.chosen)[name]
	if !ok || (v == nil && !chosen) || (v != nil && p.Format(v) == old) {
		return false
	}
	s.chosen = maps.Clone(s.chosen)
	delete(s.chosen, name)
	if row, _ := s.imageRow(); row == name {
		forgetImages(s.chosen)
	}
	if v != nil {
		s.chosen[name] = v
	}
	if name == seedName && v != nil {
		s.seed = v
	}
	s.refit()
	return true
}

// unset takes a row back to its default.
func (s *settingsBox) unset(row string) (changed bool) {
	switch row {
	case rowModel:
		changed = s.model.ID != model.Default
		s.setModel(model.Default)
		return changed
	case rowMore:
		return false
	}
	return s.set(row, nil)
}

// step goes to a row's previous or next value, and stops at the ends.
func (s *settingsBox) step(by int) (changed bool) {
	switch s.row {
	case rowModel:
		return s.stepModel(by)
	case rowMore:
		return false
	case seedName:
		return s.stepSeed(by)
	}
	p, ok := s.model.Parameter(s.row)
	return ok && s.set(s.row, p.Step(s.value(s.row), by))
}

// stepModel goes through the catalogue; a model that it does not hold stands before the first.
func (s *settingsBox) stepModel(by int) (changed bool) {
	all, at := model.All(), -1
	for i, m := range all {
		if m.ID == s.model.ID {
			at = i
		}
	}
	next := all[max(0, min(at+by, len(all)-1))].ID
	if next == s.model.ID {
		return false
	}
	s.setModel(next)
	return true
}

// stepSeed knows one value more than the number's: random, which stands before 0. From there → takes the last fixed
// seed up again.
func (s *settingsBox) stepSeed(by int) (changed bool) {
	n, fixed := model.Int(s.value(seedName))
	switch {
	case !fixed && by < 0:
		return false
	case !fixed && s.seed != nil:
		return s.set(seedName, s.seed)
	case !fixed:
		return s.set(seedName, int64(1)) // 0 counts as none at some models
	case n+int64(by) < 0:
		return s.set(seedName, nil)
	}
	return s.set(seedName, n+int64(by))
}
