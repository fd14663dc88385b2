package lab

import (
	"fmt"
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
	written, rest := withVariables(spec)
	if name := unusedVariable(spec); name != "" {
		return prompter{}, fmt.Errorf("the prompt has no ${%s}, which an axis sets. Write it where its values go.", name)
	}
	if spec.AsWritten {
		return prompter{text: func([]int) string { return spec.Prompt }, rest: rest}, nil
	}
	t, err := template.Parse(written, l.Lists)
	if err != nil {
		return prompter{}, err
	}
	axes, ok := t.Axes()
	if !ok {
		return listPrompter(t, spec, rest)
	}
	p := prompter{text: t.Texts(), rest: rest}
	for _, a := range axes {
		p.axes = append(p.axes, promptAxis(a.Name, a.Values))
	}
	return p, nil
}

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

// withVariables returns the prompt with the axes of variables (${name}) set before it, and the other axes.
func withVariables(spec plan.Spec) (prompt string, rest []plan.Axis) {
	var set strings.Builder
	rest = []plan.Axis{}
	for _, a := range spec.Axes {
		name, ok := variable(a)
		if !ok || spec.AsWritten {
			rest = append(rest, a)
			continue
		}
		var texts []string
		for _, v := range a.Values {
			texts = append(texts, option(v.Text))
		}
		if len(texts) == 1 {
			set.WriteString("${" + name + "=" + texts[0] + "}")
			continue
		}
		set.WriteString("${" + name + "=!{" + strings.Join(texts, "|") + "}}")
	}
	return set.String() + spec.Prompt, rest
}

// unusedVariable returns the name of a variable that an axis sets and the prompt does not have; "" if there is none. Lists of values may have
// variables too, so a prompt with a list has them all.
func unusedVariable(spec plan.Spec) string {
	for _, a := range spec.Axes {
		name, ok := variable(a)
		if ok && !strings.Contains(spec.Prompt, "${"+name) && !strings.Contains(spec.Prompt, "__") {
			return name
		}
	}
	return ""
}

// variable returns the name of the variable that an axis sets.
func variable(a plan.Axis) (name string, ok bool) {
	if len(a.Of) != 1 {
		return "", false
	}
	name, ok = strings.CutPrefix(a.Of[0], "${")
	if !ok {
		return "", false
	}
	return strings.CutSuffix(name, "}")
}

// option returns a value as an option of a group. Signs that would end the option mean themselves.
func option(text string) string {
	if strings.ContainsAny(text, "|{}") {
		return optionSigns.Replace(text)
	}
	return text
}

// optionSigns escapes the signs that end an option or begin another group.
var optionSigns = strings.NewReplacer(`\`, `\\`, "|", `\|`, "{", `\{`, "}", `\}`)
