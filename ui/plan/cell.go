package plan

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/params"
)

// cell makes the cell of a place. The error is that of a preset or a replacement, which the user must correct.
func (b *builder) cell(at []int) (Cell, error) {
	c := Cell{At: at, State: New}
	under, err := b.presetsAt(at)
	if err != nil {
		return Cell{}, err
	}
	m := b.modelAt(at, under)
	d := draft{model: m, input: b.base(m), prompt: b.prompt(at), parent: b.spec.Parent}
	if under != nil {
		d.input = maps.Clone(under.input)
		maps.Copy(d.input, b.spec.Base)
	}
	for i, a := range b.plan.Axes[len(b.o.PromptAxes):] {
		value := at[i+len(b.o.PromptAxes)]
		for _, name := range a.Of {
			if err := b.apply(&d, a, value, name); err != nil {
				return Cell{}, err
			}
		}
		if a.Values[value].Skip {
			c.State = LeftOut
		}
	}
	b.setSeed(m, d.input, at)
	if under != nil {
		d.prompt = under.around(d.prompt)
	}
	c.Model, c.Version, c.Parent = d.model.ID, d.model.Version, d.parent
	b.finish(&c, d)
	if skipped := b.isSkipped(c); skipped && c.State != Invalid {
		c.State = LeftOut
	}
	return c, nil
}

// modelAt returns the model of a place: that of an axis, else that of its presets, unless the spec keeps its own.
func (b *builder) modelAt(at []int, under *presets) model.Model {
	id := b.spec.Model
	if under != nil && under.model != "" && !b.spec.KeepModel {
		id = under.model
	}
	for i, a := range b.plan.Axes {
		if slices.Contains(a.Of, OfModel) {
			id, _ = a.Value(at[i], OfModel)
		}
	}
	return model.Find(id)
}

// A draft is a cell in the making.
type draft struct {
	model   model.Model
	input   map[string]any
	prompt  string
	parent  string
	problem error // why nothing can be sent
}

// apply sets one of the names of an axis. The error is that of a replacement.
func (b *builder) apply(d *draft, a Axis, value int, name string) (err error) {
	text, set := a.Value(value, name)
	var problem error
	switch name {
	case OfModel, OfPreset: // they are under everything else
	case OfPrompt:
		d.prompt = text
	case OfParent:
		d.parent = text
	case OfReplace:
		d.prompt, err = replace(d.prompt, a.Values[0].Text, text)
	case OfImage:
		problem = b.setImage(d.model, d.input, text, set)
	case OfSeed:
		if text != "each" {
			problem = b.set(d.model, d.input, name, text, set)
		}
	default:
		problem = b.set(d.model, d.input, name, text, set)
	}
	d.problem = errors.Join(d.problem, problem)
	return err
}

// base returns the settings that all cells share, as a model takes them. A value that is the default of the spec's model is left to the
// defaults of another one.
func (b *builder) base(m model.Model) map[string]any {
	input := maps.Clone(b.spec.Base)
	if input == nil {
		input = map[string]any{}
	}
	own := model.Find(b.spec.Model)
	if own.ID == m.ID {
		return input
	}
	for name, v := range input {
		if p, ok := own.Parameter(name); ok && p.Default != nil && p.Format(v) == p.Format(p.Default) {
			delete(input, name)
		}
	}
	return input
}

// prompt returns the prompt of a place, before presets and replacements.
func (b *builder) prompt(at []int) string {
	if b.o.Prompt == nil {
		return b.spec.Prompt
	}
	return b.o.Prompt(slices.Clone(at[:len(b.o.PromptAxes)]))
}

// setSeed sets the seed of a cell: one for all, or one of its own.
func (b *builder) setSeed(m model.Model, input map[string]any, at []int) {
	if _, takes := m.Parameter(params.Seed); m.Known && !takes {
		return
	}
	switch {
	case b.each:
		input[params.Seed] = draw(b.labSeed, fmt.Sprint("cell ", b.place(at)))
	case b.plan.Seed != nil && input[params.Seed] == nil: // a preset may have one
		input[params.Seed] = *b.plan.Seed
	}
}

// place names a place by its prompt and the texts of the other values, so that a word or an axis added elsewhere changes only what it must:
// the name of a group is that of its options.
func (b *builder) place(at []int) []string {
	first := len(b.o.PromptAxes)
	texts := []string{b.prompt(at)}
	for i, a := range b.plan.Axes[first:] {
		texts = append(texts, a.Name()+"="+a.Values[at[first+i]].Text)
	}
	return texts
}

// finish completes a cell: what the model does not take or what has no effect is dropped, and the rest is checked.
func (b *builder) finish(c *Cell, d draft) {
	m, input, problem := d.model, d.input, d.problem
	for name := range input {
		if _, ok := m.Parameter(name); m.Known && !ok {
			b.note(lacks(m, name))
			delete(input, name)
		}
	}
	if _, ok := m.Parameter(params.Prompt); ok || !m.Known {
		input[params.Prompt] = d.prompt
	}
	b.dropWithoutEffect(m, input)
	c.Input, c.Pictures = input, m.Pictures(input)
	if problem == nil {
		problem = check(m, input)
	}
	if problem != nil {
		why, _, _ := strings.Cut(problem.Error(), "\n")
		c.State, c.Why = Invalid, strings.TrimSuffix(why, ".")
		b.note(c.Why)
		return
	}
	c.Key = b.o.Rule.Of(c.Model, c.Version, input, b.o.Images)
	var measure model.Measure
	if b.o.Measure != nil {
		measure = b.o.Measure(m, input)
	}
	if e, ok := m.Estimate(b.o.Provider, input, measure); ok {
		c.Estimate = &e
	}
}

// lacks is the sentence about a parameter that a model does not have.
func lacks(m model.Model, name string) string {
	return fmt.Sprintf("%s has no %s: it is left out there", m.Name(), name)
}

// dropWithoutEffect drops parameters that have no effect beside the others. Those of an axis have a note: their cells are the same.
func (b *builder) dropWithoutEffect(m model.Model, input map[string]any) {
	for name := range input {
		if name == params.Prompt {
			continue
		}
		err := m.CheckEffect(name, input)
		if err == nil {
			continue
		}
		delete(input, name)
		if slices.ContainsFunc(b.plan.Axes, func(a Axis) bool { return slices.Contains(a.Of, name) }) {
			b.note(err.Error())
		}
	}
}

// check returns why a model does not take an input. A number out of range is told with the model and its limit.
func check(m model.Model, input map[string]any) error {
	err := m.Check(input)
	if err == nil {
		return nil
	}
	for _, p := range m.Parameters {
		if v, given := input[p.Name]; given && p.IsNumber() {
			if wrong := explain(m, p, p.Format(v), nil); wrong != nil {
				return wrong
			}
		}
	}
	return err
}
