package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// settingsWant is what a key in the settings asks of the parent.
type settingsWant int

const (
	settingsNothing settingsWant = iota
	settingsChoose               // open s.chooser() as a dialog
	settingsLeave                // esc: one layer up, nothing left to close here
)

// settingsBox is the form without the prompt: the model and the values of its parameters.
type settingsBox struct{}

// newSettingsBox starts with a model; provider names whose prices count; usual tells how long a model takes (0 unknown; nil: catalogue).
func newSettingsBox(modelID, provider string, usual func(modelID string) time.Duration) settingsBox {
	return settingsBox{}
}

func (s *settingsBox) update(key tea.KeyPressMsg) (changed bool, want settingsWant) { return }

// note is a sentence about the last key, "" when there is none ("outputs: 1 to 4").
func (s *settingsBox) note() string { return "" }

func (s *settingsBox) modelID() string { return "" }

// setModel takes another model; values move along where they fit; dropped names those that did not.
func (s *settingsBox) setModel(id string) (dropped []string) { return nil }

// input is what is sent: the prompt (if the model takes one) and the values. values is the same without the prompt.
func (s *settingsBox) input(prompt string) map[string]any { return nil }
func (s *settingsBox) values() map[string]any             { return nil }

// check says in a sentence what is wrong with the input as it stands.
func (s *settingsBox) check(prompt string) error { return nil }

// take loads the model and the input of a past prediction (the prompt is not its business); takeOne one value.
func (s *settingsBox) take(modelID string, input map[string]any) (dropped []string) { return nil }
func (s *settingsBox) takeOne(name string, value any) error                         { return nil }

// size and cost of what would be sent; not ok when unknown.
func (s *settingsBox) size() (w, h int, ok bool)    { return }
func (s *settingsBox) cost() (usd float64, ok bool) { return }

// saved and restore: what form.json keeps of it, and undo of "use".
func (s *settingsBox) saved() savedSettings        { return savedSettings{} }
func (s *settingsBox) restore(saved savedSettings) {}

// chooser is the dialog of the row under the cursor; chooserOf of a named row ("model" or a parameter), not ok when the model has none such.
func (s *settingsBox) chooser() *chooser                      { return nil }
func (s *settingsBox) chooserOf(name string) (*chooser, bool) { return nil, false }

// choose takes what a chooser gave (its kind's name is the row, value the choice).
func (s *settingsBox) choose(row, value string) error { return nil }

// title is the label ("Settings", or the page's); rows how many rows it would like.
func (s *settingsBox) title() string { return "Settings" }
func (s *settingsBox) rows() int     { return 7 }

// view is h lines of exactly w cells; h 1 and 2 are the folded form.
func (s *settingsBox) view(w, h int, focused bool, st styles, g glyphs) []string { return nil }

// cursor is where the terminal's cursor stands while a number is typed.
func (s *settingsBox) cursor() (x, y int, ok bool) { return }

// click on a cell of the view: ‹ › step, a row is selected, clicked again it opens. scroll moves the row under the cursor.
func (s *settingsBox) click(x, y int) (changed bool, want settingsWant) { return }
func (s *settingsBox) scroll(by int)                                    {}
