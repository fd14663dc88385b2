package form

import (
	"slices"

	"tintype/ui/format"
	"tintype/ui/layout"
	"tintype/ui/params"
)

// The rows of the settings that are not named by their parameter.
const (
	RowModel = "model"
	RowMore  = "more"
	RowPlan  = "plan" // what a plan that was loaded has and no other row holds; it is there only then
)

// customSize is the shape that is given by a width and a height.
const customSize = "custom"

// mainParameters are shown in the settings themselves, where the model takes them.
var mainParameters = params.InSettings()

// rowNames returns the rows in order: those of the page of other parameters while it is open.
func (s *Settings) rowNames() []string {
	if s.moreOpen {
		return s.extraNames()
	}
	names := []string{RowModel}
	if !s.carried.isEmpty() {
		names = append(names, RowPlan)
	}
	names = append(names, s.visibleNames()...)
	if len(s.extraNames()) > 0 {
		names = append(names, RowMore)
	}
	return names
}

// visibleNames returns the parameters shown in the settings themselves: the main ones that this model takes, while they have
// an effect (a width has one only while the shape is custom), and then its input images.
func (s *Settings) visibleNames() []string {
	var names []string
	for _, name := range mainParameters {
		_, has := s.model.Parameter(name)
		if has && s.hasEffect(name) {
			names = append(names, name)
		}
	}
	return append(names, s.visibleImages(layout.SettingsRows-2-len(names))...)
}

// visibleImages returns the input images shown in the settings themselves: those that the model requires, those that
// were chosen, and the first one if there is room for it.
func (s *Settings) visibleImages(room int) []string {
	var names []string
	first, _ := s.ImageRow()
	for _, p := range s.model.Parameters {
		if !s.IsImageRow(p.Name) {
			continue
		}
		if p.Required || !isEmpty(s.fitted[p.Name]) || p.Name == first && room > 0 {
			names = append(names, p.Name)
		}
	}
	return names
}

// hasEffect reports whether a parameter has an effect with the chosen values. A parameter without one is neither shown nor sent.
func (s *Settings) hasEffect(name string) bool { return s.model.CheckEffect(name, s.fitted) == nil }

// CheckEffect returns an error whose sentence says why a row has no effect with the chosen values; nil if it has one.
func (s *Settings) CheckEffect(row string) error {
	if s.hasEffect(row) {
		return nil
	}
	return inWords(s.model).CheckEffect(params.Label(row), inputInWords(s.fitted))
}

// Takes reports whether the choices of a row can be opened: the model has it, and it has an effect.
func (s *Settings) Takes(row string) bool {
	_, ok := s.Picker(row)
	return ok && s.hasEffect(row)
}

// CanStep reports whether the row under the cursor has a previous or a next value.
func (s *Settings) CanStep() bool {
	before, after := *s, *s
	return before.step(-1) || after.step(+1)
}

// IsSet reports whether the row under the cursor is not at its default.
func (s *Settings) IsSet() bool {
	without := *s
	return without.unset(s.row)
}

// extraNames returns the parameters behind "more" that have an effect, in Replicate's order.
func (s *Settings) extraNames() []string {
	var names []string
	shown := s.visibleNames()
	for _, p := range s.model.Parameters {
		isMain := p.Name == params.Prompt || slices.Contains(mainParameters, p.Name) || slices.Contains(shown, p.Name)
		if !isMain && s.hasEffect(p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}

func isWidthOrHeight(name string) bool { return name == "width" || name == "height" }

// hasRow reports whether the page that is open has a row.
func (s *Settings) hasRow(name string) bool { return slices.Contains(s.rowNames(), name) }

// MoveTo puts the cursor on a row, on whichever page it is; ok is false when there is no such row.
func (s *Settings) MoveTo(row string) (ok bool) {
	s.finishEntry()
	was := s.moreOpen
	for _, s.moreOpen = range []bool{false, true} {
		if s.hasRow(row) {
			s.row = row
			return true
		}
	}
	s.moreOpen = was
	return false
}

// moveCursor moves the cursor and stops at the ends.
func (s *Settings) moveCursor(by int) {
	names := s.rowNames()
	at := slices.Index(names, s.row)
	s.row = names[max(0, min(at+by, len(names)-1))]
}

// Value returns a parameter's value: the chosen one, else the default; nil where the model decides.
func (s *Settings) Value(name string) any {
	if v, ok := s.fitted[name]; ok {
		return v
	}
	p, ok := s.model.Parameter(name)
	switch {
	case !ok:
		return nil
	case p.Default == nil && isWidthOrHeight(name):
		return p.Step(nil, 0) // custom needs a size to begin with
	}
	return p.Default
}

// Values returns the input without the prompt: every parameter shown in the settings themselves, and those behind "more"
// that were chosen. Values that the model decides (a random seed), empty images, and what has no effect are left out.
func (s *Settings) Values() map[string]any {
	values := map[string]any{}
	for _, name := range s.visibleNames() {
		if v := s.Value(name); v != nil && !(s.IsImageRow(name) && isEmpty(v)) {
			values[name] = v
		}
	}
	for _, name := range s.extraNames() {
		if v, ok := s.fitted[name]; ok && !isEmpty(v) {
			values[name] = v
		}
	}
	return values
}

// Input returns the input to be sent, with the prompt if the model takes one.
func (s *Settings) Input(prompt string) map[string]any {
	values := s.Values()
	if _, ok := s.model.Parameter(params.Prompt); ok {
		values[params.Prompt] = prompt
	}
	return values
}

// isEmpty reports whether a value is no text or no image.
func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []string:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return false
}

// Check returns what a provider would refuse in the input, in sentences that name the rows as the form does.
func (s *Settings) Check(prompt string) error {
	return inWords(s.model).Check(inputInWords(s.Input(prompt)))
}

// Size returns the size of the pictures in pixels; ok is false where it is unknown.
func (s *Settings) Size() (w, h int, ok bool) { return s.model.Size(s.Values()) }

// Cost returns what the pictures cost at the provider in US dollars; ok is false where it is unknown.
func (s *Settings) Cost() (usd float64, ok bool) {
	return s.model.Cost(s.terms.provider, s.Values(), s.terms.measure)
}

// PriceText returns the price of the pictures: "about $0.003", "guess $0.0024", "free", "price unknown".
func (s *Settings) PriceText() string {
	e, known := s.model.Estimate(s.terms.provider, s.Values(), s.terms.measure)
	if known && e.Price.Guess {
		return format.Guess(e.USD)
	}
	return format.Price(e.USD, known, s.terms.isFree())
}
