package lab

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tintype/ui/plan"
	"tintype/ui/template"
)

// A prompter makes the prompts of a table: its axes come from the groups of the template.
type prompter struct {
	axes []plan.Axis           // those of the prompt, which come first in the table
	text func(at []int) string // the prompt for one value of each of them
	rest []plan.Axis           // the other axes of the spec
}

// newPrompter parses the prompt of a spec. Errors in the template are a *template.Error.
func (l *Lab) newPrompter(spec plan.Spec) (prompter, error) {
	if err := checkVariables(spec); err != nil {
		return prompter{}, err
	}
	spec.LabSeed = max(spec.LabSeed, 1) // so draws are those of expand
	if spec.AsWritten {
		return prompter{text: func([]int) string { return spec.Prompt }, rest: spec.Axes}, nil
	}
	var err error
	if spec.Axes, err = l.expandAxes(spec); err != nil {
		return prompter{}, err
	}
	written, rest := withVariables(spec)
	t, err := template.Parse(written, l.Lists)
	if err != nil {
		return prompter{}, err
	}
	p := prompter{text: t.Texts(), rest: rest}
	axes, ok := t.Axes()
	for _, a := range axes {
		p.axes = append(p.axes, promptAxis(a.Name, a.Values))
	}
	if !ok {
		p, err = listPrompter(t, spec, rest)
	}
	if err == nil && len(p.axes) > 0 && slices.ContainsFunc(rest, setsPrompt) {
		err = errors.New("the values of the axis prompt take the place of the prompt, so that what varies in it has no effect. Write a prompt in which nothing varies.")
	}
	return p, err
}

// setsPrompt reports whether an axis sets the prompt.
func setsPrompt(a plan.Axis) bool { return slices.Contains(a.Of, plan.OfPrompt) }

// listPrompter makes one axis of all prompts of a template that has no independent axes: it draws, or keeps groups in step.
func listPrompter(t template.Template, spec plan.Spec, rest []plan.Axis) (prompter, error) {
	var texts []string
	var err error
	switch n, isNumber := atRandom(spec.How); {
	case isNumber:
		texts, err = t.Random(min(n, Limit), spec.LabSeed)
	case t.Count().IsInt64() && t.Count().Int64() <= Limit:
		texts, err = t.Expand(spec.LabSeed, 0)
	default:
		return prompter{}, plan.TooManyError(fmt.Sprintf("The prompt expands to %s texts, and a plan has at most %d. Take a number of them at random.", t.Count(), Limit))
	}
	if err != nil {
		return prompter{}, err
	}
	p := prompter{rest: rest, text: func(at []int) string { return texts[at[0]] }}
	if len(texts) < 2 {
		p.text = func([]int) string { return strings.Join(texts, "") }
		return p, nil
	}
	p.axes = []plan.Axis{promptAxis("prompt", texts)}
	return p, nil
}

// promptAxis returns the axis of a part of the prompt.
func promptAxis(name string, texts []string) plan.Axis {
	a := plan.Axis{Of: []string{plan.OfPrompt}, Label: name}
	for _, text := range texts {
		a.Values = append(a.Values, plan.Value{Text: text})
	}
	return a
}

// atRandom returns the number of cells that are drawn; ok is false for the other ways.
func atRandom(how plan.How) (n int, ok bool) {
	n, err := strconv.Atoi(string(how))
	return n, err == nil && n > 0
}
