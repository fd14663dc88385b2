package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/text"
)

func (p *program) modelsCommand() *cobra.Command {
	refresh := false
	c := &cobra.Command{
		Use:   "models [MODEL]",
		Short: "List models, or one model's settings",
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			switch {
			case refresh && len(args) == 0:
				return exitOK, p.refreshPrices(ctx)
			case refresh:
				return 0, usageError("models --refresh reads all prices at once: leave out %s", args[0])
			case len(args) == 0:
				return exitOK, p.listModels()
			case len(args) == 1:
				return exitOK, p.showModel(args[0])
			}
			return 0, usageError("models takes one model at most")
		}),
	}
	c.Flags().BoolVar(&refresh, "refresh", false, "Read the provider's public list of prices, and keep it")
	return c
}

// modelJSON is a model as --json prints it.
type modelJSON struct {
	ID         string          `json:"id"`
	Name       string          `json:"name"`
	Known      bool            `json:"known"`
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
		ID: m.ID, Name: m.Name(), Known: m.Known, Output: outputWord(m.Outputs),
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

func (p *program) listModels() error {
	if p.json {
		models := []modelJSON{}
		for _, m := range model.All() {
			models = append(models, newModelJSON(m))
		}
		return p.writeJSON(models)
	}
	settings, _, err := p.loadSettings()
	if err != nil {
		return err
	}
	for _, m := range model.All() {
		p.printLine(p.out, columns([]int{38, 6}, m.ID, typicalTime(m), priceText(m, settings.Provider)))
	}
	return nil
}

func typicalTime(m model.Model) string {
	if m.TypicalDuration <= 0 {
		return "–"
	}
	return format.Duration(m.TypicalDuration)
}

// priceText is the cost of one prediction with the model's default values at a provider.
func priceText(m model.Model, provider string) string {
	e, known := m.Estimate(provider, m.Defaults(), nil)
	if known && e.Price.Guess {
		return format.Guess(e.USD)
	}
	return format.Price(e.USD, known, model.IsFree(provider))
}

func (p *program) showModel(name string) error {
	if err := model.CheckID(name); err != nil {
		return usageError("%w", err)
	}
	m := model.Find(name)
	if p.json {
		return p.writeJSON(newModelJSON(m))
	}
	settings, _, err := p.loadSettings()
	if err != nil {
		return err
	}
	p.printLine(p.out, fmt.Sprintf("%s  %s  %s", m.ID, typicalTime(m), priceText(m, settings.Provider)))
	if !m.Known {
		p.printLine(p.out, "Not in the catalogue; these parameters are common to all models.")
	}
	for _, q := range m.Parameters {
		p.printLine(p.out, parameterLine(q))
	}
	return nil
}

func parameterLine(q model.Parameter) string {
	value := q.Format(q.Default)
	switch {
	case q.Required:
		value = "required"
	case value == "":
		value = "–"
	}
	return columns([]int{22, 10}, q.Name, value, format.UpperFirst(q.Help)+" ("+q.Domain()+").")
}

// columns pads each cell to the width of its column. A cell without a width, usually the last one, is not padded.
func columns(widths []int, cells ...string) string {
	var b strings.Builder
	for i, cell := range cells {
		if i >= len(widths) {
			b.WriteString(cell)
			continue
		}
		b.WriteString(string(text.PadRight(text.CleanLine(cell), widths[i])))
		b.WriteString("  ")
	}
	return strings.TrimRight(b.String(), " ")
}
