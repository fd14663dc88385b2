package form

import (
	"strings"
	"time"

	"tintype/api/model"
	"tintype/ui/format"
)

// terms is what a model costs, and how long it takes: whose prices count, and what is known on this machine.
type terms struct {
	provider string
	usual    func(modelID string) time.Duration // how long a model usually takes; may be nil
	measure  model.Measure                      // the sizes of input images; may be nil
}

// isFree reports whether the provider bills nothing.
func (t *terms) isFree() bool { return model.IsFree(t.provider) }

// about says what a model is for, which images it takes, and how long it takes, since a narrow list has no column for that.
func (t *terms) about(m model.Model) string {
	sentence := format.Sentence(format.UpperFirst(m.About)) + " " + imagesText(m)
	if usual := t.durationText(m); usual != "" {
		sentence += " Usually " + usual + "."
	}
	if t.isFree() {
		sentence += " Free in the demo; the price is Replicate's."
	}
	return sentence
}

// durationText returns how long a model usually takes: here according to the history, else according to the catalogue.
func (t *terms) durationText(m model.Model) string {
	usual := time.Duration(0)
	if t.usual != nil {
		usual = t.usual(m.ID)
	}
	if usual == 0 {
		usual = m.TypicalDuration
	}
	if usual == 0 {
		return ""
	}
	return format.Duration(usual)
}

// listProvider is the provider whose prices are shown where nothing is billed.
const listProvider = "replicate"

// priceText returns what an input would cost with a model. Where nothing is billed it is what Replicate asks, since that is what the
// models are compared by.
func (t *terms) priceText(m model.Model, chosen map[string]any) string {
	other := Settings{model: m, chosen: chosen, terms: *t}
	if t.isFree() {
		other.terms.provider = listProvider
	}
	other.fitted, _ = fitValues(m, chosen)
	text := other.PriceText()
	if price, ok := strings.CutPrefix(text, "about "); ok && t.isFree() {
		return "(" + price + ")"
	}
	return strings.TrimPrefix(text, "price ") // "unknown" says it in a column of prices, and leaves room for the names
}
