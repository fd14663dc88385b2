package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/ui/text"
)

func (p *program) modelsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "models [MODEL]",
		Short: "The catalogue, or one model's parameters",
		RunE: p.does(func(_ context.Context, args []string) (int, error) {
			switch len(args) {
			case 0:
				return exitDone, p.listModels()
			case 1:
				return exitDone, p.showModel(args[0])
			}
			return 0, wrong("models takes one model at most")
		}),
	}
}

// modelObject is a model as --json prints it.
type modelObject struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Known      bool              `json:"known"`
	Output     string            `json:"output"`        // "one" or "many"
	Usual      *float64          `json:"usual_seconds"` // null where unknown
	Prices     []priceObject     `json:"prices"`
	Parameters []parameterObject `json:"parameters"`
}

type priceObject struct {
	Provider string  `json:"provider"`
	Amount   float64 `json:"amount"` // US dollars
	Base     float64 `json:"base,omitempty"`
	Unit     string  `json:"unit"`
	Source   string  `json:"source"`
	Date     string  `json:"date"`
}

type parameterObject struct {
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

func modelObjectOf(m model.Model) modelObject {
	o := modelObject{
		ID: m.ID, Name: m.Name(), Known: m.Known, Output: shapeWord(m.Outputs),
		Prices: []priceObject{}, Parameters: []parameterObject{},
	}
	if m.TypicalDuration > 0 {
		seconds := m.TypicalDuration.Seconds()
		o.Usual = &seconds
	}
	for _, price := range m.Prices {
		o.Prices = append(o.Prices, priceObject{price.Provider, price.Amount, price.Base, string(price.Unit), price.Source, price.Date})
	}
	for _, q := range m.Parameters {
		o.Parameters = append(o.Parameters, parameterObject{
			q.Name, string(q.Type), q.Required, q.Default, q.Min, q.Max, q.Choices, q.Multiple, q.MaxItems, q.Help,
		})
	}
	return o
}

func shapeWord(s model.OutputCount) string {
	if s == model.Many {
		return "many"
	}
	return "one"
}

func (p *program) listModels() error {
	if p.json {
		all := []modelObject{}
		for _, m := range model.All() {
			all = append(all, modelObjectOf(m))
		}
		return p.writeJSON(all)
	}
	settings, _, err := p.settle()
	if err != nil {
		return err
	}
	for _, m := range model.All() {
		p.say(p.out, columns([]int{38, 6}, m.ID, usual(m), priceOf(m, settings.Provider)))
	}
	return nil
}

func usual(m model.Model) string {
	if m.TypicalDuration <= 0 {
		return "–"
	}
	return brief(m.TypicalDuration)
}

// priceOf is what one prediction with the model's defaults costs at a provider.
func priceOf(m model.Model, provider string) string {
	usd, ok := m.Cost(provider, m.Defaults())
	switch {
	case !ok:
		return "price unknown"
	case usd == 0:
		return "free"
	}
	return "about " + dollars(usd)
}

func (p *program) showModel(name string) error {
	if err := model.CheckID(name); err != nil {
		return wrong("%w", err)
	}
	m := model.Find(name)
	if p.json {
		return p.writeJSON(modelObjectOf(m))
	}
	settings, _, err := p.settle()
	if err != nil {
		return err
	}
	p.say(p.out, fmt.Sprintf("%s  %s  %s", m.ID, usual(m), priceOf(m, settings.Provider)))
	if !m.Known {
		p.say(p.out, "Not in the catalogue; these parameters are common to all models.")
	}
	for _, q := range m.Parameters {
		p.say(p.out, parameterLine(q))
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
	return columns([]int{22, 10}, q.Name, value, capital(q.Help)+" ("+q.Domain()+").")
}

// columns puts cells side by side, each in a column of its width; the last one is as wide as it is.
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
