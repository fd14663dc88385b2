package impact

import (
	"fmt"
	"maps"
	"slices"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/plan"
)

// DefaultSeeds is how many seeds each phrase is tried with, unless a person says another number.
const DefaultSeeds = 3

// mostSeeds is how many may be chosen.
const mostSeeds = 50

// mostPictures is how many pictures an impact may have, since no more are bought at once.
const mostPictures = 5_000

// An Experiment is the plan of an impact, and what its cells are.
type Experiment struct {
	Parts    []Part
	Spec     plan.Spec
	Seeds    int
	Seedless bool // the model takes no seed: Seeds is how many pictures of each prompt are made
}

// New plans the impact of the parts of a prediction's prompt, with some number of seeds: the prediction's own first, and others drawn. Its cells are
// the entire prompt and the prompt without each part, with each seed; one picture each. The error is a sentence.
func New(e history.Entry, by By, seeds int) (Experiment, error) {
	if seeds < 2 || seeds > mostSeeds {
		return Experiment{}, fmt.Errorf("The impact needs 2 to %d seeds: the unit is the distance between two of them.", mostSeeds)
	}
	if e.State == history.Failed {
		return Experiment{}, errFailed
	}
	parts, err := Parts(e.Prompt(), by)
	if err != nil {
		return Experiment{}, err
	}
	if n := (len(parts) + 1) * seeds; n > mostPictures {
		return Experiment{}, fmt.Errorf("This prompt has %s: with %d seeds they are %s pictures, and at most %s are bought at once. Take fewer seeds.",
			format.Plural(len(parts), string(by)), seeds, format.Count(n), format.Count(mostPictures))
	}
	x := Experiment{Parts: parts, Seeds: seeds}
	m := model.Find(model.Reference(e.Model, e.Version))
	base := maps.Clone(e.Input)
	for _, name := range []string{params.Prompt, params.Seed, params.Outputs} {
		delete(base, name)
	}
	if m.Known {
		base, _ = m.Coerce(base)
	}
	x.Spec = plan.Spec{Prompt: e.Prompt(), AsWritten: true, Model: m.Reference(), Base: base, KeepModel: true, Parent: e.Key}
	if _, takes := m.Parameter(params.Seed); m.Known && !takes {
		if seeds < leastByChance {
			return Experiment{}, fmt.Errorf("%s takes no seed, so it needs %d pictures or more of each prompt: an effect cannot be told from chance with fewer.", m.Name(), leastByChance)
		}
		x.Seedless = true
		x.Spec.Rows = rows(e.Prompt(), parts, seeds)
		return x, nil
	}
	x.Spec.Axes = []plan.Axis{promptAxis(e.Prompt(), parts), seedAxis(e, seeds)}
	return x, nil
}

// Of returns the experiment that a plan was made for, and what it leaves out. ok is false for other plans. So a plan that was kept, or that
// another program made, can be measured.
func Of(spec plan.Spec) (x Experiment, by By, ok bool) {
	for _, by := range []By{Phrase, Word} {
		parts, err := Parts(spec.Prompt, by)
		if err != nil {
			continue
		}
		x := Experiment{Parts: parts, Spec: spec}
		switch {
		case len(spec.Axes) == 2 && isSameAxis(spec.Axes[0], promptAxis(spec.Prompt, parts)) && spec.Axes[1].Sets(plan.OfSeed):
			x.Seeds = len(spec.Axes[1].Values)
		case len(spec.Axes) == 0 && len(spec.Rows) > 0 && len(spec.Rows)%(len(parts)+1) == 0:
			x.Seedless, x.Seeds = true, len(spec.Rows)/(len(parts)+1)
			if !slices.EqualFunc(spec.Rows, rows(spec.Prompt, parts, x.Seeds), isSameRow) {
				continue
			}
		default:
			continue
		}
		return x, by, true
	}
	return Experiment{}, "", false
}

// isSameAxis reports whether two axes have the same label and prompts.
func isSameAxis(a, b plan.Axis) bool {
	return a.Label == b.Label && slices.EqualFunc(a.Values, b.Values, func(a, b plan.Value) bool {
		return a.Text == b.Text && a.Set[plan.OfPrompt] == b.Set[plan.OfPrompt]
	})
}

func isSameRow(a, b plan.Row) bool {
	return a.Line == b.Line && a.Prompt == b.Prompt && len(a.Input) == 0
}

// promptAxis is the prompts: the entire one first.
func promptAxis(prompt string, parts []Part) plan.Axis {
	a := plan.Axis{Of: []string{plan.OfPrompt}, Values: []plan.Value{{Text: "entire prompt", Set: map[string]any{plan.OfPrompt: prompt}}}}
	seen := map[string]bool{}
	for _, p := range parts {
		text := "without " + p.Text
		for n := 2; seen[text]; n++ {
			text = fmt.Sprintf("without %s (%d)", p.Text, n)
		}
		seen[text] = true
		a.Values = append(a.Values, plan.Value{Text: text, Set: map[string]any{plan.OfPrompt: p.Without}})
	}
	return a
}

// seedAxis is the seeds: the prediction's own if it is known, and others, which the plan draws from the lab seed.
func seedAxis(e history.Entry, seeds int) plan.Axis {
	a := plan.Axis{Of: []string{plan.OfSeed}}
	own, ok := model.Int(e.Input[params.Seed])
	if !ok && e.Seed != nil {
		own, ok = *e.Seed, true
	}
	for i := range seeds {
		a.Values = append(a.Values, plan.Value{Text: fmt.Sprintf("drawn %d", i+1)})
		if i == 0 && ok {
			a.Values[0] = plan.Value{Text: fmt.Sprint(own), Set: map[string]any{plan.OfSeed: own}}
		}
	}
	return a
}

// rows are the cells for a model without a seed: each prompt as often as there would be seeds. They are named as the cells of a table are.
func rows(prompt string, parts []Part, times int) []plan.Row {
	var all []plan.Row
	for i, v := range promptAxis(prompt, parts).Values {
		for n := range times {
			all = append(all, plan.Row{Line: i + 1, Name: fmt.Sprintf("%s · %d", v.Text, n+1), Prompt: v.Set[plan.OfPrompt].(string)})
		}
	}
	return all
}

// Cells returns the indices of a plan's cells: first those of the entire prompt, then those without each part, by seed. A cell that was left out, or
// is the same as another one, is where the picture is: −1 if there is none.
func (x Experiment) Cells(p *plan.Plan) [][]int {
	cells := make([][]int, len(x.Parts)+1)
	for i := range cells {
		cells[i] = slices.Repeat([]int{-1}, x.Seeds)
	}
	for i, c := range p.Cells {
		prompt, seed := c.At[0]/x.Seeds, c.At[0]%x.Seeds
		if !x.Seedless {
			prompt, seed = c.At[0], c.At[1]
		}
		switch c.State {
		case plan.Same:
			cells[prompt][seed] = c.SameAs
		case plan.LeftOut, plan.Invalid:
		default:
			cells[prompt][seed] = i
		}
	}
	return cells
}
