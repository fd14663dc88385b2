package cli

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/text"
	"tintype/ui/theme"
)

func (p *program) modelsCommand() *cobra.Command {
	refresh := false
	c := &cobra.Command{
		Use:   "models [MODEL]",
		Short: "List models, or one model's settings",
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return modelNames(), cobra.ShellCompDirectiveNoFileComp
		},
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

func (p *program) listModels() error {
	settings, _, err := p.loadSettings() // also the provider's own prices
	if err != nil {
		return err
	}
	if p.json {
		models := []modelJSON{}
		for _, m := range model.All() {
			models = append(models, newModelJSON(m))
		}
		return p.writeJSON(models)
	}
	p.printModels(settings.Provider)
	return nil
}

// groupTitles describe the groups of models.
var groupTitles = map[model.Group]string{
	model.Fast:  "Fast: to try prompts",
	model.Best:  "Best: slower, and more exact",
	model.Edit:  "Edit: changes a picture as the prompt says",
	model.Tools: "Tools: fills, varies or redraws a picture, or applies a LoRA",
}

// printModels prints the catalogue in its groups, with the prices of a provider, and where those come from.
func (p *program) printModels(provider string) {
	width := terminalWidth(p.out)
	for i, group := range model.Groups() {
		if i > 0 {
			p.printLine(p.out, "")
		}
		p.printTitle(groupTitles[group])
		for _, m := range model.All() {
			if m.Group == group {
				p.printSpans(p.out, modelSpans(m, provider, p.styles(p.out), width)...)
			}
		}
	}
	p.printLine(p.out, "")
	p.printLine(p.out, "Usual time and price of one picture with default settings. "+priceSources(provider))
}

// modelSpans is a line of the catalogue, which a terminal's width cuts; 0 is no terminal.
func modelSpans(m model.Model, provider string, st theme.Styles, width int) []span {
	line := []span{
		{text: "  " + m.Name(), width: 27, style: st.Text},
		{text: typicalTime(m), width: 6, style: st.Muted},
		{text: priceText(m, provider), width: 15, style: st.Muted},
	}
	const before = 27 + 6 + 15 + 3*2
	about := m.About
	if width > 0 {
		about = string(text.Truncate(text.CleanLine(about), max(0, width-before), "…"))
	}
	return append(line, span{text: about, style: st.Text})
}

// priceSources says where a provider's prices come from.
func priceSources(provider string) string {
	if model.IsFree(provider) {
		return "The demo costs nothing."
	}
	dates := map[string][]string{} // by source
	for _, m := range model.All() {
		if e, known := m.Estimate(provider, m.Defaults(), nil); known {
			source := e.Price.Source
			if e.Price.Guess {
				source = "a guess is " + source
			}
			dates[source] = append(dates[source], e.Price.Date)
		}
	}
	if len(dates) == 0 {
		return "No prices are known here."
	}
	var sources []string
	for _, source := range slices.Sorted(maps.Keys(dates)) {
		first, last := slices.Min(dates[source]), slices.Max(dates[source])
		if first != last {
			first += " to " + last
		}
		sources = append(sources, source+" ("+first+")")
	}
	return "Prices: " + strings.Join(sources, "; ") + "."
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
	if err := checkModel(name); err != nil {
		return err
	}
	m := model.Find(name)
	settings, _, err := p.loadSettings() // also the provider's own prices
	if err != nil {
		return err
	}
	if p.json {
		return p.writeJSON(newModelJSON(m))
	}
	p.printModelHead(m, settings.Provider)
	for _, q := range m.Parameters {
		p.printSpans(p.out, parameterSpans(q, p.styles(p.out))...)
	}
	return nil
}

// printModelHead prints what a model is, before its settings.
func (p *program) printModelHead(m model.Model, provider string) {
	st := p.styles(p.out)
	price := priceText(m, provider)
	if e, known := m.Estimate(provider, m.Defaults(), nil); known && !model.IsFree(provider) {
		price += " (" + e.Price.Source + ", " + e.Price.Date + ")"
	}
	facts := []string{typicalTime(m), price}
	if m.Known {
		facts = append([]string{string(m.Group)}, facts...)
	}
	p.printSpans(p.out, span{text: m.ID, style: st.Strong}, span{text: "  " + strings.Join(facts, " · ")})
	if !m.Known {
		p.printLine(p.out, "Not in the catalogue; these settings are common to all models.")
		return
	}
	p.printLine(p.out, format.UpperFirst(m.About)+".")
	p.printLine(p.out, "")
}

// parameterSpans is a line about a setting of a model.
func parameterSpans(q model.Parameter, st theme.Styles) []span {
	value := q.Format(q.Default)
	switch {
	case q.Required:
		value = "required"
	case value == "":
		value = "–"
	}
	return []span{
		{text: q.Name, width: 22, style: st.Text},
		{text: value, width: 10},
		{text: format.UpperFirst(q.Help) + " (" + q.Domain() + ")."},
	}
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
