package form

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/picker"
)

// models returns the catalogue in the order in which it is shown: by group.
func models() []model.Model {
	groups := model.Groups()
	return slices.SortedStableFunc(slices.Values(model.All()), func(a, b model.Model) int {
		return slices.Index(groups, a.Group) - slices.Index(groups, b.Group)
	})
}

// stepModel goes through the catalogue; a model that is not in it comes before the first.
func (s *Settings) stepModel(by int) (changed bool) {
	all := models()
	at := slices.IndexFunc(all, func(m model.Model) bool { return m.ID == s.model.ID })
	next := all[max(0, min(at+by, len(all)-1))].ID
	if next == s.ModelID() {
		return false
	}
	s.SetModel(next)
	return true
}

// modelPicker returns a picker of all models.
func (s *Settings) modelPicker() *picker.Picker {
	c := picker.New("Model", s.modelChoices(), s.ModelID())
	c.AllowOther("owner/name", "any other id", model.CheckID)
	return c
}

// ImageModelPicker returns a picker of the models that take an input image.
func (s *Settings) ImageModelPicker() *picker.Picker {
	choices := slices.DeleteFunc(s.modelChoices(), func(c picker.Choice) bool {
		_, takes := ImageParameter(model.Find(c.Value))
		return !takes
	})
	slices.SortStableFunc(choices, func(a, b picker.Choice) int { return editingOrder(a) - editingOrder(b) })
	return picker.New("Model that takes an image", choices, "")
}

// editingOrder is 0 for models that change a picture as the prompt says, which are the likeliest, and 1 for others.
func editingOrder(c picker.Choice) int {
	if model.Find(c.Value).Group == model.Edit {
		return 0
	}
	return 1
}

// modelChoices lists the catalogue in groups, with how long each model usually takes, the price of the input, and what each is for.
func (s *Settings) modelChoices() []picker.Choice {
	var choices []picker.Choice
	if !s.model.Known || s.model.Version != "" {
		choices = append(choices, picker.Choice{Value: s.ModelID(), Text: s.model.Label(), Right: s.terms.priceText(s.model, s.chosen)})
	}
	for _, m := range models() {
		choices = append(choices, picker.Choice{
			Value: m.ID, Text: m.Name(), Middle: s.terms.durationText(m), Right: s.terms.priceText(m, s.chosen),
			Group: picker.Group{Name: format.UpperFirst(string(m.Group))}, About: s.terms.about(m),
		})
	}
	return choices
}

// imagesText says which images a model takes.
func imagesText(m model.Model) string {
	takes, most := m.TakesImages()
	var needed []string
	for _, p := range m.Parameters {
		if p.IsImage() && p.Required {
			needed = append(needed, strings.ReplaceAll(p.Name, "_", " "))
		}
	}
	switch {
	case !takes:
		return "Takes no image."
	case len(needed) > 0:
		return "Needs: " + strings.Join(needed, ", ") + "."
	case most == 1:
		return "Takes an image."
	case most > 1:
		return fmt.Sprintf("Takes up to %d images.", most)
	}
	return "Takes images."
}

// PriceWith returns what the input would cost with another model, and settings under those that were chosen.
func (s *Settings) PriceWith(modelID string, under map[string]any) string {
	chosen := map[string]any{}
	maps.Copy(chosen, under)
	maps.Copy(chosen, s.chosen)
	return s.terms.priceText(findModel(modelID), chosen)
}
