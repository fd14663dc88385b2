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

// maxListed is the widest range of integers that is listed number by number; of a wider range only some are listed.
const maxListed = 12

// ImageRow returns the parameter that takes an input image; ok is false where the model takes none.
func (s *Settings) ImageRow() (name string, ok bool) { return imageParameter(s.model) }

// IsImageRow reports whether a row takes input images.
func (s *Settings) IsImageRow(row string) bool {
	p, ok := s.model.Parameter(row)
	return ok && isImage(p)
}

// Picker returns a picker of the choices of a row, RowModel or a parameter; ok is false where the model has no such
// parameter.
func (s *Settings) Picker(row string) (c *picker.Picker, ok bool) {
	if row == RowModel {
		return s.modelPicker(), true
	}
	p, ok := s.model.Parameter(row)
	if !ok || row == params.Prompt {
		return nil, false
	}
	c = picker.New(format.UpperFirst(params.Label(row)), s.choices(p), s.Current(p))
	if p.AllowsOther || len(p.Choices) == 0 && p.Type != model.Boolean {
		c.AllowOther(freeTextLabel(p), p.Domain(), func(typed string) error {
			_, err := p.Parse(typed)
			return err
		})
	}
	return c, true
}

// Choose sets a row to a value of its picker; "" is the default.
func (s *Settings) Choose(row, value string) error {
	if row == RowModel {
		return s.LoadOne(RowModel, value)
	}
	s.MoveTo(row)
	if value == "" {
		s.Set(row, nil)
		return nil
	}
	return s.LoadOne(row, value)
}

// modelPicker returns a picker of the models.
func (s *Settings) modelPicker() *picker.Picker {
	c := picker.New("Model", s.modelChoices(), s.model.ID)
	c.AllowOther("owner/name", "any other id", model.CheckID)
	return c
}

// modelChoices lists the catalogue, with how long each model usually takes and the price of the input.
func (s *Settings) modelChoices() []picker.Choice {
	var choices []picker.Choice
	for _, m := range model.All() {
		choices = append(choices, picker.Choice{Value: m.ID, Text: m.Name(), Middle: s.durationText(m), Right: s.priceText(m)})
	}
	if !s.model.Known {
		choices = append([]picker.Choice{{Value: s.model.ID, Text: s.model.Name(), Middle: "", Right: s.priceText(s.model)}}, choices...)
	}
	return choices
}

// durationText returns how long a model usually takes: here according to the history, else according to the catalogue.
func (s *Settings) durationText(m model.Model) string {
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

// priceText returns what the input would cost with another model.
func (s *Settings) priceText(m model.Model) string {
	other := Settings{model: m, chosen: s.chosen, provider: s.provider, measure: s.measure}
	other.fitted, _ = fitValues(m, s.chosen)
	return other.PriceText()
}

// Current returns a parameter's value as a picker's choice has it; "" for none.
func (s *Settings) Current(p model.Parameter) string {
	if v := s.Value(p.Name); !isEmpty(v) {
		return p.Format(v)
	}
	return ""
}

// choices lists a parameter's choices, and some values of a parameter that has no choices.
func (s *Settings) choices(p model.Parameter) []picker.Choice {
	switch {
	case len(p.Choices) > 0:
		return s.choicesFrom(p, p.Choices)
	case p.Type == model.Boolean:
		return s.choicesFrom(p, []string{"on", "off"})
	case p.Name == params.Seed:
		return s.seedChoices()
	case p.Type == model.Integer || p.Type == model.Number:
		return s.choicesFrom(p, s.commonNumbers(p))
	}
	choices := []picker.Choice{{Value: "", Text: "none", Middle: "", Right: ""}}
	if current := s.Current(p); current != "" {
		choices = append(choices, picker.Choice{Value: current, Text: current})
	}
	return choices
}

// choicesFrom makes choices of values; they name the default, and the size in pixels of each shape.
func (s *Settings) choicesFrom(p model.Parameter, values []string) []picker.Choice {
	var choices []picker.Choice
	for _, value := range values {
		ch := picker.Choice{Value: value, Text: s.Text(p.Name, value)}
		if p.Default != nil && value == p.Format(p.Default) {
			ch.Right = "default"
		}
		if p.Name == params.Shape {
			ch.Middle = s.sizeText(value)
		}
		choices = append(choices, ch)
	}
	if p.Default == nil && !isWidthOrHeight(p.Name) {
		choices = append([]picker.Choice{{Value: "", Text: "default", Middle: "", Right: "the model decides"}}, choices...)
	}
	return choices
}

// sizeText returns the size in pixels of a shape; "" where it is unknown.
func (s *Settings) sizeText(shape string) string {
	values := s.Values()
	values[params.Shape] = shape
	w, h, ok := s.model.Size(values)
	if !ok || shape == customSize {
		return ""
	}
	return fmt.Sprintf("%d×%d", w, h)
}

// seedChoices returns random and the last fixed seed.
func (s *Settings) seedChoices() []picker.Choice {
	choices := []picker.Choice{{Value: "", Text: "random", Middle: "", Right: "another each time"}}
	if n, ok := model.Int(s.seed); ok {
		choices = append(choices, picker.Choice{Value: strconv.FormatInt(n, 10), Text: strconv.FormatInt(n, 10)})
	}
	return choices
}

// commonNumbers returns the values of a range to be listed: all where they are few, else the ends, the default and the
// current value.
func (s *Settings) commonNumbers(p model.Parameter) []string {
	if p.Type == model.Integer && p.Min != nil && p.Max != nil && *p.Max-*p.Min < maxListed {
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

// freeTextLabel names what may be typed for a parameter.
func freeTextLabel(p model.Parameter) string {
	switch p.Type {
	case model.Integer, model.Number:
		return "a number"
	case model.Image, model.Images:
		return "https://…"
	}
	return "any text"
}
