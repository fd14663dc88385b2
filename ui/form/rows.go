package form

import (
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/layout"
	"tintype/ui/params"
)

// The rows of the settings are named by their parameter, but for these two.
const (
	rowModel = "model"
	RowMore  = "more"
)

// customSize is the shape that asks for width and height.
const customSize = "custom"

// inSight are the parameters in the settings themselves, where the model takes them.
var inSight = params.InSettings()

// rowNames are the rows as they stand now, the page's while it is open.
func (s *Settings) rowNames() []string {
	if s.More {
		return s.extraNames()
	}
	names := append([]string{rowModel}, s.visibleNames()...)
	if len(s.extraNames()) > 0 {
		names = append(names, RowMore)
	}
	return names
}

// visibleNames are the parameters in sight that this model takes; width and height while the shape is custom; and behind them
// its input images.
func (s *Settings) visibleNames() []string {
	var names []string
	for _, name := range inSight {
		_, has := s.Model.Parameter(name)
		if has && (!isSide(name) || s.Value(params.Shape) == customSize) {
			names = append(names, name)
		}
	}
	return append(names, s.imagesInSight(layout.SettingsRows-2-len(names))...)
}

// imagesInSight are the input images that stand in the settings themselves: those that the model cannot do without, those
// that were chosen, and the first one where the rows have room for it.
func (s *Settings) imagesInSight(room int) []string {
	var names []string
	first, _ := s.ImageRow()
	for _, p := range s.Model.Parameters {
		if !s.IsImageRow(p.Name) {
			continue
		}
		if p.Required || !emptyValue(s.fitted[p.Name]) || p.Name == first && room > 0 {
			names = append(names, p.Name)
		}
	}
	return names
}

// extraNames are the parameters behind "more", in Replicate's order.
func (s *Settings) extraNames() []string {
	var names []string
	shown := s.visibleNames()
	for _, p := range s.Model.Parameters {
		if p.Name != params.Prompt && !slices.Contains(inSight, p.Name) && !slices.Contains(shown, p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}

func isSide(name string) bool { return name == "width" || name == "height" }

// hasRow tells whether a row is there, on the page that is open.
func (s *Settings) hasRow(name string) bool { return slices.Contains(s.rowNames(), name) }

// GoTo puts the cursor on a row, opening or closing the page for it; not ok when there is none such.
func (s *Settings) GoTo(row string) (ok bool) {
	was := s.More
	for _, s.More = range []bool{false, true} {
		if s.hasRow(row) {
			s.Row = row
			return true
		}
	}
	s.More = was
	return false
}

// moveRow moves the cursor and stops at the ends.
func (s *Settings) moveRow(by int) {
	names := s.rowNames()
	at := slices.Index(names, s.Row)
	s.Row = names[max(0, min(at+by, len(names)-1))]
}

// Value is what stands in a row: what was chosen, else the default; nil where the model decides.
func (s *Settings) Value(name string) any {
	if v, ok := s.fitted[name]; ok {
		return v
	}
	p, ok := s.Model.Parameter(name)
	switch {
	case !ok:
		return nil
	case p.Default == nil && isSide(name):
		return p.Step(nil, 0) // custom needs a size to begin with
	}
	return p.Default
}

// Values is what is sent, without the prompt: each selector in sight, and of those behind "more" what was chosen. What
// the model decides (a random seed), empty images, and a size that the shape overrides are left out.
func (s *Settings) Values() map[string]any {
	values := map[string]any{}
	for _, name := range s.visibleNames() {
		if v := s.Value(name); v != nil && !(s.IsImageRow(name) && emptyValue(v)) {
			values[name] = v
		}
	}
	for _, name := range s.extraNames() {
		if v, ok := s.fitted[name]; ok && !emptyValue(v) {
			values[name] = v
		}
	}
	return values
}

// Input is what is sent, with the prompt if the model takes one.
func (s *Settings) Input(prompt string) map[string]any {
	values := s.Values()
	if _, ok := s.Model.Parameter(params.Prompt); ok {
		values[params.Prompt] = prompt
	}
	return values
}

// emptyValue tells whether a value says nothing: no text, no image.
func emptyValue(v any) bool {
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

// Check says in sentences what a provider would refuse in the input as it stands.
func (s *Settings) Check(prompt string) error { return s.Model.Check(s.Input(prompt)) }

// Size is the pictures' size in pixels, and cost what they cost at the provider in US dollars; not ok where unknown.
func (s *Settings) Size() (w, h int, ok bool)    { return s.Model.Size(s.Values()) }
func (s *Settings) Cost() (usd float64, ok bool) { return s.Model.Cost(s.provider, s.Values()) }

// free tells whether the provider bills nothing at all.
func (s *Settings) free() bool { return s.provider == "demo" }

// isDigit tells whether a key's text goes on with a number.
func isDigit(text string) bool {
	return len(text) == 1 && (text >= "0" && text <= "9" || text == "." || text == "-")
}

// digitsLimit is the longest number that can be typed; a seed has at most 20 characters.
const digitsLimit = 20

// typeDigit goes on with the number in the making, or begins one. What is in range counts at once; what may yet grow
// into the range waits; with what cannot, the digit begins a new number.
func (s *Settings) typeDigit(text string) (changed bool) {
	p, ok := s.Model.Parameter(s.Row)
	if !ok || (p.Type != model.Integer && p.Type != model.Number) {
		return false
	}
	for _, digits := range []string{s.digits + text, text} {
		v, err := p.Parse(digits)
		if err != nil && !mayGrow(p, digits) {
			s.said = err.Error()
			continue
		}
		s.digits, s.said = digits, ""
		return err == nil && s.Set(s.Row, v)
	}
	s.digits = ""
	return false
}

// mayGrow tells whether more digits can make a number of it that the parameter takes.
func mayGrow(p model.Parameter, digits string) bool {
	if len(digits) > digitsLimit || (p.Type == model.Integer && strings.Contains(digits, ".")) {
		return false
	}
	if digits == "-" {
		return p.Min == nil || *p.Min < 0
	}
	if strings.Trim(digits, ".") == "" {
		return digits == "."
	}
	anyNumber := model.Parameter{Type: model.Number}
	v, err := anyNumber.Parse(digits)
	n, _ := model.Float(v)
	return err == nil && p.Min != nil && n < *p.Min && n >= 0
}

// endDigits ends the number in the making. One that is not in range yet is dropped, and the note says what is.
func (s *Settings) endDigits() {
	digits := s.digits
	s.digits = ""
	p, ok := s.Model.Parameter(s.Row)
	if digits == "" || !ok {
		return
	}
	if _, err := p.Parse(digits); err != nil {
		s.said = err.Error()
	}
}
