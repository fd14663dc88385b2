package ui

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"tintype/api/model"
)

// mostListed is the widest whole range whose numbers are listed one by one; of a wider one the usual ones are.
const mostListed = 12

// chooser is the dialog of the row under the cursor.
func (s *settingsBox) chooser() *chooser {
	c, _ := s.chooserOf(s.row)
	return c
}

// imageRow is the parameter that takes an input image; not ok where the model takes none.
func (s *settingsBox) imageRow() (name string, ok bool) { return imageRowOf(s.model) }

// isImageRow tells whether a row takes input images.
func (s *settingsBox) isImageRow(row string) bool {
	p, ok := s.model.Parameter(row)
	return ok && (p.Type == model.Image || p.Type == model.Images)
}

// chooserOf is the dialog of a row, rowModel or a parameter; not ok where the model has none such.
func (s *settingsBox) chooserOf(row string) (c *chooser, ok bool) {
	if row == rowModel {
		return s.modelChooser(), true
	}
	p, ok := s.model.Parameter(row)
	if !ok || row == promptName {
		return nil, false
	}
	c = newChooser(row, upper(rowLabel(row)), s.choicesOf(p), s.at(p))
	if p.AllowsOther || len(p.Choices) == 0 && p.Type != model.Boolean {
		c.free(freeName(p), p.Domain(), func(typed string) error {
			_, err := p.Parse(typed)
			return err
		})
	}
	return c, true
}

// choose takes what a chooser of a row gave; "" is the default.
func (s *settingsBox) choose(row, value string) error {
	if row == rowModel {
		return s.takeOne(rowModel, value)
	}
	s.goTo(row)
	if value == "" {
		s.set(row, nil)
		return nil
	}
	return s.takeOne(row, value)
}

// modelChooser lists the catalogue with the usual time and the price of what stands in the form.
func (s *settingsBox) modelChooser() *chooser {
	var choices []choice
	for _, m := range model.All() {
		choices = append(choices, choice{m.ID, m.Name(), s.usualWord(m), s.priceOf(m)})
	}
	if !s.model.Known {
		choices = append([]choice{{s.model.ID, s.model.Name(), "", s.priceOf(s.model)}}, choices...)
	}
	c := newChooser(rowModel, "Model", choices, s.model.ID)
	c.free("owner/name", "any other id", model.CheckID)
	return c
}

// usualWord is how long a model takes: here, as the history knows, else as the catalogue does.
func (s *settingsBox) usualWord(m model.Model) string {
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
	return tookText(usual)
}

// priceOf is what the form would cost with another model.
func (s *settingsBox) priceOf(m model.Model) string {
	other := settingsBox{model: m, chosen: s.chosen, provider: s.provider}
	other.fitted, _ = fitTo(m, s.chosen)
	usd, known := other.cost()
	return priceText(usd, known, s.free())
}

// at is the value in force as its choice has it.
func (s *settingsBox) at(p model.Parameter) string {
	if v := s.value(p.Name); !emptyValue(v) {
		return p.Format(v)
	}
	return ""
}

// choicesOf lists a parameter's choices, and the usual values where it has none.
func (s *settingsBox) choicesOf(p model.Parameter) []choice {
	switch {
	case len(p.Choices) > 0:
		return s.listed(p, p.Choices)
	case p.Type == model.Boolean:
		return s.listed(p, []string{"on", "off"})
	case p.Name == seedName:
		return s.seedChoices()
	case p.Type == model.Integer || p.Type == model.Number:
		return s.listed(p, s.numbers(p))
	}
	choices := []choice{{"", "none", "", ""}}
	if at := s.at(p); at != "" {
		choices = append(choices, choice{value: at, text: at})
	}
	return choices
}

// listed makes choices of values, with the default named and the size that a shape gives.
func (s *settingsBox) listed(p model.Parameter, values []string) []choice {
	var choices []choice
	for _, value := range values {
		ch := choice{value: value, text: s.wordOf(p.Name, value)}
		if p.Default != nil && value == p.Format(p.Default) {
			ch.right = "default"
		}
		if p.Name == shapeName {
			ch.middle = s.sizeOf(value)
		}
		choices = append(choices, ch)
	}
	if p.Default == nil && !isSide(p.Name) {
		choices = append([]choice{{"", "default", "", "the model decides"}}, choices...)
	}
	return choices
}

// sizeOf is what another shape would give.
func (s *settingsBox) sizeOf(shape string) string {
	values := s.values()
	values[shapeName] = shape
	w, h, ok := s.model.Size(values)
	if !ok || shape == customSize {
		return ""
	}
	return fmt.Sprintf("%d×%d", w, h)
}

// seedChoices are random and the last fixed seed.
func (s *settingsBox) seedChoices() []choice {
	choices := []choice{{"", "random", "", "another each time"}}
	if n, ok := model.Int(s.seed); ok {
		choices = append(choices, choice{value: strconv.FormatInt(n, 10), text: strconv.FormatInt(n, 10)})
	}
	return choices
}

// numbers are the values of a range worth listing: all, where they are few, else the ends, the default and what is in
// force.
func (s *settingsBox) numbers(p model.Parameter) []string {
	if p.Type == model.Integer && p.Min != nil && p.Max != nil && *p.Max-*p.Min < mostListed {
		var all []string
		for n := int64(*p.Min); n <= int64(*p.Max); n++ {
			all = append(all, p.Format(n))
		}
		return all
	}
	worth := map[float64]bool{}
	for _, v := range []any{s.value(p.Name), p.Default} {
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
