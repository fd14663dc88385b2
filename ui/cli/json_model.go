package cli

import "tintype/api/model"

// modelJSON is a model as --json prints it.
type modelJSON struct {
	ID         string          `json:"id"`
	Name       string          `json:"name"`
	Known      bool            `json:"known"`
	Group      model.Group     `json:"group"` // "" if it is not in the catalogue
	About      string          `json:"about"`
	Output     string          `json:"output"`        // "one" or "many"
	Usual      *float64        `json:"usual_seconds"` // null where unknown
	Prices     []priceJSON     `json:"prices"`
	Parameters []parameterJSON `json:"parameters"`
}

type priceJSON struct {
	Provider string            `json:"provider"`
	With     map[string]string `json:"with,omitempty"` // only for inputs with this value
	Amount   float64           `json:"amount"`         // US dollars
	Base     float64           `json:"base,omitempty"`
	Input    float64           `json:"input,omitempty"` // per megapixel of input images
	Unit     string            `json:"unit"`
	Source   string            `json:"source"`
	Date     string            `json:"date"`
	Guess    bool              `json:"guess,omitempty"`
}

// newPriceJSON is a row of a price list as --json prints it.
func newPriceJSON(p model.Price) priceJSON {
	o := priceJSON{
		Provider: p.Provider, Amount: p.Amount, Base: p.Base, Input: p.Input, Unit: string(p.Unit), Source: p.Source, Date: p.Date, Guess: p.Guess,
	}
	if p.With != "" {
		o.With = map[string]string{p.With: p.Value}
	}
	return o
}

type parameterJSON struct {
	Name     string   `json:"name"`
	Type     string   `json:"type"`
	Required bool     `json:"required"`
	Default  any      `json:"default"`
	Min      *float64 `json:"min,omitempty"`
	Max      *float64 `json:"max,omitempty"`
	Choices  []string `json:"choices,omitempty"`
	Multiple int      `json:"multiple_of,omitempty"`
	MaxItems int      `json:"max_items,omitempty"`
	Help     string   `json:"help"`
}

func newModelJSON(m model.Model) modelJSON {
	o := modelJSON{
		ID: m.ID, Name: m.Name(), Known: m.Known, Group: m.Group, About: m.About, Output: outputWord(m.Outputs),
		Prices: []priceJSON{}, Parameters: []parameterJSON{},
	}
	if m.TypicalDuration > 0 {
		seconds := m.TypicalDuration.Seconds()
		o.Usual = &seconds
	}
	for _, price := range m.Prices() {
		o.Prices = append(o.Prices, newPriceJSON(price))
	}
	for _, q := range m.Parameters {
		o.Parameters = append(o.Parameters, parameterJSON{
			q.Name, string(q.Type), q.Required, q.Default, q.Min, q.Max, q.Choices, q.Multiple, q.MaxItems, q.Help,
		})
	}
	return o
}

func outputWord(s model.OutputCount) string {
	if s == model.Many {
		return "many"
	}
	return "one"
}
