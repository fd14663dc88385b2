package form

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/picker"
	"tintype/ui/theme"
)

// maxListed is the widest range of integers that is listed number by number; of a wider range only some are listed.
const maxListed = 12

// ImageRow returns the parameter that takes an input image; ok is false where the model takes none.
func (s *Settings) ImageRow() (name string, ok bool) { return ImageParameter(s.model) }

// IsImageRow reports whether a row takes input images.
func (s *Settings) IsImageRow(row string) bool {
	p, ok := s.model.Parameter(row)
	return ok && p.IsImage()
}

// Picker returns a picker of the choices of a row, RowModel or a parameter; ok is false where the model has no such
// parameter.
func (s *Settings) Picker(row string) (c *picker.Picker, ok bool) {
	if row == RowModel {
		c = s.modelPicker()
		c.AllowSeveral(s.severalTexts(row))
		return c, true
	}
	p, ok := s.model.Parameter(row)
	if !ok || row == params.Prompt {
		return nil, false
	}
	c = picker.New(format.UpperFirst(params.Label(row)), s.choices(p), s.Current(p))
	if p.AllowsOther || len(p.Choices) == 0 && p.Type != model.Boolean {
		c.AllowOther(freeTextLabel(p), p.Domain(), func(typed string) error {
			return checkTyped(s.model, p, typed)
		})
	}
	if takesSeveral(s.model, row) {
		c.AllowSeveral(s.severalTexts(row))
	}
	return c, true
}

// Choose sets a row to a value of its picker; "" is the default.
func (s *Settings) Choose(row, value string) error {
	if isList(s.model, row, value) {
		s.MoveTo(row)
		return s.SetSeveral(row, value)
	}
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

// Current returns a parameter's value as a picker's choice has it; "" for none.
func (s *Settings) Current(p model.Parameter) string {
	if on, isBool := s.Value(p.Name).(bool); isBool {
		return strconv.FormatBool(on)
	}
	if v := s.Value(p.Name); !isEmpty(v) {
		return p.Format(v)
	}
	return ""
}

// choices lists a parameter's choices, and some values of a parameter that has no choices.
func (s *Settings) choices(p model.Parameter) []picker.Choice {
	switch {
	case len(p.Choices) > 0:
		return s.choicesFrom(p, byShape(p).Choices)
	case p.Type == model.Boolean:
		return booleanChoices(s.model, p)
	case p.Name == params.Seed:
		return s.seedChoices()
	case p.IsNumber():
		return s.choicesFrom(p, commonNumbers(p, s.Value(p.Name)))
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

// booleanChoices lists on and off, as they are shown.
func booleanChoices(m model.Model, p model.Parameter) []picker.Choice {
	var choices []picker.Choice
	for _, v := range []bool{true, false} {
		ch := picker.Choice{Value: strconv.FormatBool(v), Text: ValueText(m, p.Name, v)}
		if p.Default == v {
			ch.Right = "default"
		}
		choices = append(choices, ch)
	}
	if params.Inverts(p.Name) {
		slices.Reverse(choices)
	}
	return choices
}

// sizeText returns the size in pixels of a shape, and the sign of the shape; "" where it is unknown.
func (s *Settings) sizeText(shape string) string {
	values := s.Values()
	values[params.Shape] = shape
	w, h, ok := s.model.Size(values)
	if !ok || shape == customSize {
		return ""
	}
	return fmt.Sprintf("%d×%d %s", w, h, theme.NewGlyphs(false).Shape(w, h))
}

// seedChoices returns random, the seed of the picture that is shown, and the last fixed seed.
func (s *Settings) seedChoices() []picker.Choice {
	choices := []picker.Choice{{Value: "", Text: "random", Right: s.carried.randomText()}}
	shown, known := model.Int(s.seedShown)
	if known {
		choices = append(choices, seedChoice(shown, "picture shown"))
	}
	now, isSet := model.Int(s.Value(params.Seed))
	if isSet && !(known && now == shown) {
		choices = append(choices, seedChoice(now, "now"))
	}
	if last, ok := model.Int(s.seed); ok && !(known && last == shown) && !(isSet && last == now) {
		choices = append(choices, seedChoice(last, "used before"))
	}
	return choices
}

func seedChoice(n int64, what string) picker.Choice {
	return picker.Choice{Value: strconv.FormatInt(n, 10), Text: strconv.FormatInt(n, 10), Right: what}
}

// SetSeedShown sets the seed of the picture that is shown, for the choices of the seed; nil for none.
func (s *Settings) SetSeedShown(seed *int64) {
	s.seedShown = nil
	if seed != nil {
		s.seedShown = *seed
	}
}

// commonNumbers returns the values of a range to be listed: all where they are few, else the ends, the default and the
// current value.
func commonNumbers(p model.Parameter, current any) []string {
	if p.Type == model.Integer && p.Min != nil && p.Max != nil && *p.Max-*p.Min < maxListed {
		var all []string
		for n := int64(*p.Min); n <= int64(*p.Max); n++ {
			all = append(all, p.Format(n))
		}
		return all
	}
	worth := map[float64]bool{}
	for _, v := range []any{current, p.Default} {
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
		return "any other"
	case model.Image, model.Images:
		return "https://…"
	}
	return "any text"
}
