package form

import (
	"maps"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/ui/params"
)

// Request is what a key or a click in the settings asks the caller to do.
type Request int

// The requests.
const (
	noRequest      Request = iota
	RequestChoices         // show the choices of the row under the cursor
	RequestLeave           // esc with nothing to close here: leave the settings
)

// Settings is the form without its prompt: the model, and the values of its parameters. It shows only what the model
// takes, according to the catalogue. The values that the user chose are kept apart from those that fit the model, so
// that nothing is lost when the user goes through the models and back.
type Settings struct {
	model model.Model
	terms terms

	chosen map[string]any // by the user, for any model
	fitted map[string]any // the chosen values that this model takes

	several several // the rows with several values; chosen has the first ones
	carried carried // what no row holds of a plan that was loaded

	moreOpen bool   // the page of the remaining parameters is open
	row      string // under the cursor: RowModel, RowPlan, RowMore, or a parameter's name
	entry    entry  // what is being typed into a row
	note     string // a sentence about the last key
	seed     any    // the last fixed seed; nil: none yet

	sent map[string]SentText // what is sent of input images, by their paths, where it is not the file itself

	seedShown any // the seed of the picture that is shown; nil: none or unknown
}

// NewSettings returns the settings of a model with its defaults. provider names whose prices count; usual returns how
// long a model usually takes here (0: unknown), and may be nil: then the catalogue's durations are shown.
func NewSettings(modelID, provider string, usual func(modelID string) time.Duration) Settings {
	s := Settings{terms: terms{provider: provider, usual: usual}, chosen: map[string]any{}, row: RowModel}
	s.SetModel(modelID)
	return s
}

// SetMeasure sets how input images are measured, for prices that depend on their sizes.
func (s *Settings) SetMeasure(m model.Measure) { s.terms.measure = m }

// Update takes a key with its default meaning. changed reports whether the input has changed.
func (s *Settings) Update(key tea.KeyPressMsg) (changed bool, request Request) {
	if IsEntryText(key.Text) {
		s.note = ""
		return s.typeText(key.Text), noRequest
	}
	switch key.Keystroke() {
	case "up":
		s.MoveRow(-1)
	case "down":
		s.MoveRow(+1)
	case "left":
		return s.Step(-1), noRequest
	case "right":
		return s.Step(+1), noRequest
	case "backspace", "delete":
		return s.Erase(), noRequest
	case "enter", "space":
		return false, s.OpenChoices()
	case "esc":
		return false, s.back()
	default:
		s.finishKey()
	}
	return false, noRequest
}

// finishKey ends what an earlier key began: the value that was being typed, and the sentence about it.
func (s *Settings) finishKey() {
	s.note = ""
	s.finishEntry()
}

// Leave ends the value that was being typed, since another part of the screen gets the keys.
func (s *Settings) Leave() { s.finishKey() }

// MoveRow moves the cursor by rows and stops at the ends.
func (s *Settings) MoveRow(by int) {
	s.finishKey()
	s.moveCursor(by)
}

// Step sets the row under the cursor to its previous or next value, and stops at the ends. It reports whether the input
// has changed.
func (s *Settings) Step(by int) (changed bool) {
	s.finishKey()
	return s.step(by)
}

// Reset sets the row under the cursor to its default. It reports whether the input has changed.
func (s *Settings) Reset() (changed bool) {
	s.finishKey()
	return s.unset(s.row)
}

// OpenChoices opens the row under the cursor: the page of the other parameters opens here, the choices of any other row
// are for the caller to show. While a value is being typed it ends that instead.
func (s *Settings) OpenChoices() Request {
	s.note = ""
	if s.IsTyping() {
		s.acceptEntry()
		return noRequest
	}
	return s.open()
}

func (s *Settings) open() Request {
	switch s.row {
	case RowMore:
	case RowPlan:
		s.note = "this came with the plan; resetting the row drops it"
		return noRequest
	default:
		return RequestChoices
	}
	s.moreOpen = true
	s.row = s.rowNames()[0]
	return noRequest
}

// back restores the value from before the typing, closes the page of the other parameters, or asks to leave the settings.
func (s *Settings) back() Request {
	s.note = ""
	if s.IsTyping() {
		s.cancelEntry()
		return noRequest
	}
	if !s.moreOpen {
		return RequestLeave
	}
	s.moreOpen, s.row = false, RowMore
	return noRequest
}

// Note returns a sentence about the last key; "" for none.
func (s *Settings) Note() string { return s.note }

// Row returns the name of the row under the cursor: RowModel, RowMore, or a parameter's name.
func (s *Settings) Row() string { return s.row }

// IsMoreOpen reports whether the page of the other parameters is open.
func (s *Settings) IsMoreOpen() bool { return s.moreOpen }

// Model returns the model.
func (s *Settings) Model() model.Model { return s.model }

// ModelID returns the model's id, owner/name, with :version behind it if one was named.
func (s *Settings) ModelID() string { return s.model.Reference() }

// SetModel changes the model. It keeps the values that fit the new model; the others return with a model that takes
// them.
func (s *Settings) SetModel(id string) {
	s.finishEntry()
	s.several = s.several.without(RowModel)
	s.model = findModel(id)
	s.fit()
}

// fit works out which of the chosen values the model takes, and puts the cursor on a row that exists. It returns the
// names of the values that the model does not take.
func (s *Settings) fit() (dropped []string) {
	s.fitted, dropped = fitValues(s.model, s.chosen)
	if !s.hasRow(s.row) {
		s.moreOpen = s.moreOpen && len(s.extraNames()) > 0
		s.row = s.rowNames()[0]
	}
	return dropped
}

// Set chooses a value for a parameter; nil is the default. It reports whether the value has changed.
func (s *Settings) Set(name string, v any) (changed bool) {
	hadSeveral := s.several[name] != ""
	s.several = s.several.without(name)
	p, ok := s.model.Parameter(name)
	old := p.Format(s.Value(name))
	if !ok || (v == nil && s.chosenValue(name) == nil) || (v != nil && p.Format(v) == old) {
		return hadSeveral
	}
	s.chosen = maps.Clone(s.chosen)
	delete(s.chosen, name)
	if row, _ := s.ImageRow(); row == name {
		deleteImages(s.chosen)
	}
	if v != nil {
		s.chosen[name] = v
	}
	if name == params.Seed && v != nil {
		s.seed = v
	}
	s.fit()
	return true
}

// chosenValue returns the value that the user chose for a parameter; nil for none.
func (s *Settings) chosenValue(name string) any { return withImageRenamed(s.model, s.chosen)[name] }

// unset sets a row to its default.
func (s *Settings) unset(row string) (changed bool) {
	switch row {
	case RowModel:
		changed = s.ModelID() != model.Default || s.several[RowModel] != ""
		s.SetModel(model.Default)
		return changed
	case RowMore:
		return false
	case RowPlan:
		changed = !s.carried.isEmpty()
		s.carried = carried{}
		s.fit()
		return changed
	}
	return s.Set(row, nil)
}

func (s *Settings) step(by int) (changed bool) {
	switch s.row {
	case RowModel:
		return s.stepModel(by)
	case RowMore, RowPlan:
		return false
	case params.Seed:
		return s.stepSeed(by)
	}
	p, ok := s.model.Parameter(s.row)
	return ok && s.Set(s.row, byShape(p).Step(s.Value(s.row), by))
}

// stepSeed goes through the seeds: random comes before 0, and a step up from random is the last fixed seed.
func (s *Settings) stepSeed(by int) (changed bool) {
	n, fixed := model.Int(s.Value(params.Seed))
	switch {
	case !fixed && by < 0:
		return false
	case !fixed && s.seed != nil:
		return s.Set(params.Seed, s.seed)
	case !fixed:
		return s.Set(params.Seed, int64(1)) // some models take 0 for no seed
	case n+int64(by) < 0:
		return s.Set(params.Seed, nil)
	}
	return s.Set(params.Seed, n+int64(by))
}
