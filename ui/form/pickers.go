package form

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/picker"
)

// mostListed is the widest whole range whose numbers are listed one by one; of a wider one the usual ones are.
const mostListed = 12

// Chooser is the dialog of the row under the cursor.
func (s *Settings) Chooser() *picker.Picker {
	c, _ := s.ChooserOf(s.Row)
	return c
}

// ImageRow is the parameter that takes an input image; not ok where the model takes none.
func (s *Settings) ImageRow() (name string, ok bool) { return imageRowOf(s.Model) }

// IsImageRow tells whether a row takes input images.
func (s *Settings) IsImageRow(row string) bool {
	p, ok := s.Model.Parameter(row)
	return ok && (p.Type == model.Image || p.Type == model.Images)
}

// ChooserOf is the dialog of a row, rowModel or a parameter; not ok where the model has none such.
func (s *Settings) ChooserOf(row string) (c *picker.Picker, ok bool) {
	if row == rowModel {
		return s.modelChooser(), true
	}
	p, ok := s.Model.Parameter(row)
	if !ok || row == params.Prompt {
		return nil, false
	}
	c = picker.New(row, format.UpperFirst(params.Label(row)), s.choicesOf(p), s.At(p))
	if p.AllowsOther || len(p.Choices) == 0 && p.Type != model.Boolean {
		c.Free(freeName(p), p.Domain(), func(typed string) error {
			_, err := p.Parse(typed)
			return err
		})
	}
	return c, true
}

// Choose takes what a chooser of a row gave; "" is the default.
func (s *Settings) Choose(row, value string) error {
	if row == rowModel {
		return s.TakeOne(rowModel, value)
	}
	s.GoTo(row)
	if value == "" {
		s.Set(row, nil)
		return nil
	}
	return s.TakeOne(row, value)
}

// modelChooser lists the catalogue with the usual time and the price of what stands in the form.
func (s *Settings) modelChooser() *picker.Picker {
	var choices []picker.Choice
	for _, m := range model.All() {
		choices = append(choices, picker.Choice{Value: m.ID, Text: m.Name(), Middle: s.usualWord(m), Right: s.priceOf(m)})
	}
	if !s.Model.Known {
		choices = append([]picker.Choice{{Value: s.Model.ID, Text: s.Model.Name(), Middle: "", Right: s.priceOf(s.Model)}}, choices...)
	}
	c := picker.New(rowModel, "Model", choices, s.Model.ID)
	c.Free("owner/name", "any other id", model.CheckID)
	return c
}

// usualWord is how long a model takes: here, as the history knows, else as the catalogue does.
func (s *Settings) usualWord(m model.Model) string {
	usual := time.Duration(0)
	if s.usual != nil {
		usual = s.usual(m.ID)
	}
	if usual == 0 {
		usual = m.TypicalDuration
	}
	if usual == 0 {
		return ""
	}
	return format.Duration(usual)
}

// priceOf is what the form would cost with another model.
func (s *Settings) priceOf(m model.Model) string {
	other := Settings{Model: m, chosen: s.chosen, provider: s.provider}
	other.fitted, _ = fitTo(m, s.chosen)
	usd, known := other.Cost()
	return format.Price(usd, known, s.free())
}

// At is the value in force as its choice has it.
func (s *Settings) At(p model.Parameter) string {
	if v := s.Value(p.Name); !emptyValue(v) {
		return p.Format(v)
	}
	return ""
}

// choicesOf lists a parameter's choices, and the usual values where it has none.
func (s *Settings) choicesOf(p model.Parameter) []picker.Choice {
	switch {
	case len(p.Choices) > 0:
		return s.listed(p, p.Choices)
	case p.Type == model.Boolean:
		return s.listed(p, []string{"on", "off"})
	case p.Name == params.Seed:
		return s.seedChoices()
	case p.Type == model.Integer || p.Type == model.Number:
		return s.listed(p, s.numbers(p))
	}
	choices := []picker.Choice{{Value: "", Text: "none", Middle: "", Right: ""}}
	if at := s.At(p); at != "" {
		choices = append(choices, picker.Choice{Value: at, Text: at})
	}
	return choices
}

// listed makes choices of values, with the default named and the size that a shape gives.
func (s *Settings) listed(p model.Parameter, values []string) []picker.Choice {
	var choices []picker.Choice
	for _, value := range values {
		ch := picker.Choice{Value: value, Text: s.WordOf(p.Name, value)}
		if p.Default != nil && value == p.Format(p.Default) {
			ch.Right = "default"
		}
		if p.Name == params.Shape {
			ch.Middle = s.sizeOf(value)
		}
		choices = append(choices, ch)
	}
	if p.Default == nil && !isSide(p.Name) {
		choices = append([]picker.Choice{{Value: "", Text: "default", Middle: "", Right: "the model decides"}}, choices...)
	}
	return choices
}

// sizeOf is what another shape would give.
func (s *Settings) sizeOf(shape string) string {
	values := s.Values()
	values[params.Shape] = shape
	w, h, ok := s.Model.Size(values)
	if !ok || shape == customSize {
		return ""
	}
	return fmt.Sprintf("%d×%d", w, h)
}

// seedChoices are random and the last fixed seed.
func (s *Settings) seedChoices() []picker.Choice {
	choices := []picker.Choice{{Value: "", Text: "random", Middle: "", Right: "another each time"}}
	if n, ok := model.Int(s.seed); ok {
		choices = append(choices, picker.Choice{Value: strconv.FormatInt(n, 10), Text: strconv.FormatInt(n, 10)})
	}
	return choices
}

// numbers are the values of a range worth listing: all, where they are few, else the ends, the default and what is in
// force.
func (s *Settings) numbers(p model.Parameter) []string {
	if p.Type == model.Integer && p.Min != nil && p.Max != nil && *p.Max-*p.Min < mostListed {
		var all []string
		for n := int64(*p.Min); n <= int64(*p.Max); n++ {
			all = append(all, p.Format(n))
		}
		return all
	}
	worth := map[float64]bool{}
	for _, v := range []any{s.Value(p.Name), p.Default} {
		if n, ok := model.Float(v); ok {
			worth[n] = true
		}
	}
	for _, end := range []*float64{p.Min, p.Max} {
		if end != nil {
			worth[*end] = true
		}
	}
	var values []string
	for _, n := range slices.Sorted(maps.Keys(worth)) {
		values = append(values, p.Format(n))
	}
	return values
}

// freeName is what the free row calls what may be typed.
func freeName(p model.Parameter) string {
	switch p.Type {
	case model.Integer, model.Number:
		return "a number"
	case model.Image, model.Images:
		return "https://…"
	}
	return "any text"
}
