package form

import (
	"fmt"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/plan"
)

// carried is what the form keeps of a plan that was loaded, beside its prompt and the rows: tied, replaced and image axes, skips, which
// cells are made, and the lab seed. The form's own plan has it too, until the row is reset or a prediction is loaded.
type carried struct {
	spec  plan.Spec // its axes are those that no row holds
	order []string  // the names of all axes, in the order of the plan that was loaded
	text  string    // the spec as form.json keeps it
}

// LoadPlan loads the model, the settings and the axes of a plan, and keeps what no row holds. dropped has the names of the values that
// the model does not take.
func (s *Settings) LoadPlan(spec plan.Spec) (dropped []string) {
	dropped = s.Load(spec.Model, spec.Base)
	kept := plan.Spec{Skips: spec.Skips, How: spec.How, LeftOut: spec.LeftOut, LabSeed: spec.LabSeed}
	var order []string
	for _, a := range spec.Axes {
		order = append(order, a.Name())
		if !s.loadAxis(a) {
			kept.Axes = append(kept.Axes, a)
		}
	}
	if kept.How == plan.All {
		kept.How = ""
	}
	s.carried = carry(kept, order)
	s.fit()
	return dropped
}

// carry keeps a spec. One that cannot be written for the next start is kept for this one.
func carry(spec plan.Spec, order []string) carried {
	c := carried{spec: spec, order: order}
	if text, err := plan.Encode(spec); err == nil && !c.isEmpty() {
		c.text = string(text)
	}
	return c
}

// restoreCarried keeps what an earlier start has kept. A damaged text is dropped.
func restoreCarried(text string, order []string) carried {
	spec := plan.Spec{}
	if text != "" {
		var err error
		if spec, err = plan.Decode([]byte(text), fileName); err != nil {
			return carried{}
		}
	}
	return carry(spec, order)
}

// isEmpty reports whether all of the plan is in the rows.
func (c *carried) isEmpty() bool {
	return len(c.spec.Axes) == 0 && len(c.spec.Skips) == 0 && len(c.spec.LeftOut) == 0 && c.spec.How == "" && c.spec.LabSeed <= 1
}

// loadAxis sets a row to the values of an axis. ok is false if no row can hold it.
func (s *Settings) loadAxis(a plan.Axis) (ok bool) {
	if len(a.Of) != 1 || len(a.Values) == 0 || a.Label != "" || slices.ContainsFunc(a.Values, func(v plan.Value) bool { return v.Skip }) {
		return false
	}
	texts := textsOf(a.Values)
	for i := range texts {
		if a.Of[0] == RowModel {
			texts[i] = model.Find(texts[i]).Reference() // the line takes a short name, too
		}
	}
	typed := strings.Join(texts, "||")
	if a.Of[0] == params.Seed && strings.HasPrefix(texts[0], "drawn ") {
		typed = fmt.Sprintf("%d drawn", len(texts))
	}
	return takesSeveral(s.model, a.Of[0]) && s.SetSeveral(a.Of[0], typed) == nil
}

// Spec returns the plan of the form with a prompt.
func (s *Settings) Spec(prompt string, asWritten bool) plan.Spec {
	spec := s.carried.spec
	spec.Prompt, spec.AsWritten, spec.Model = prompt, asWritten, s.ModelID()
	spec.Base, spec.Axes = s.Base(), s.Axes()
	return spec
}

// addTo adds the axes that no row holds to those of the rows, in the order of the plan that was loaded. A row that has got several
// values since replaces an axis that sets it.
func (c *carried) addTo(axes []plan.Axis) []plan.Axis {
	var rows []string
	for _, a := range axes {
		rows = append(rows, a.Of...)
	}
	for _, a := range c.spec.Axes {
		if !slices.ContainsFunc(a.Of, func(name string) bool { return slices.Contains(rows, name) }) {
			axes = append(axes, a)
		}
	}
	place := func(a plan.Axis) int {
		if at := slices.Index(c.order, a.Name()); at >= 0 {
			return at
		}
		return len(c.order)
	}
	slices.SortStableFunc(axes, func(a, b plan.Axis) int { return place(a) - place(b) })
	return axes
}

// summary says what of a plan no row holds: "+ model+guidance, 1 skip, each pair, lab seed 7".
func (c *carried) summary() string {
	var parts []string
	for _, a := range c.spec.Axes {
		parts = append(parts, a.Name())
	}
	if n := len(c.spec.Skips); n > 0 {
		parts = append(parts, format.Plural(n, "skip"))
	}
	if c.spec.How != "" {
		parts = append(parts, c.spec.How.Name())
	}
	if n := len(c.spec.LeftOut); n > 0 {
		parts = append(parts, format.Count(n)+" left out")
	}
	if c.spec.LabSeed > 1 {
		parts = append(parts, fmt.Sprintf("lab seed %d", c.spec.LabSeed))
	}
	return "+ " + strings.Join(parts, ", ")
}

// randomText says what a random seed is, for the choices of the seed.
func (c *carried) randomText() string {
	if n := c.spec.LabSeed; n > 1 {
		return fmt.Sprintf("new each time; plans draw from lab seed %d", n)
	}
	return "new each time"
}
