package lab

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"tintype/ui/format"
	"tintype/ui/plan"
	"tintype/ui/template"
)

// expandAxes returns the axes of a spec, in which values that are texts of the prompt are expanded: they are templates like the prompt, so
// that nothing of the language is sent.
func (l *Lab) expandAxes(spec plan.Spec) ([]plan.Axis, error) {
	axes := slices.Clone(spec.Axes)
	for i, a := range axes {
		if !hasTexts(a) {
			continue
		}
		var values []plan.Value
		for n, v := range a.Values {
			texts := []string{v.Text}
			if v.Set == nil {
				var err error
				if texts, err = l.expandValue(v.Text, spec.LabSeed); err != nil {
					return nil, fmt.Errorf("%s: value %d: %w", a.Name(), n+1, err)
				}
			}
			if err := checkExpanded(a, n, len(texts)); err != nil {
				return nil, err
			}
			for _, text := range texts {
				values = append(values, plan.Value{Text: text, Set: v.Set, Skip: v.Skip})
			}
		}
		if len(values) > Limit {
			return nil, fmt.Errorf("%s: these make %s texts, and an axis has at most %s. Take fewer values.", a.Name(), format.Count(len(values)), format.Count(Limit))
		}
		axes[i].Values = values
	}
	return axes, nil
}

// hasTexts reports whether the values of an axis are texts of the prompt.
func hasTexts(a plan.Axis) bool {
	_, isVariable := variable(a)
	return isVariable || slices.Contains(a.Of, plan.OfPrompt) || slices.Contains(a.Of, plan.OfReplace)
}

// expandValue returns the texts that a value stands for.
func (l *Lab) expandValue(text string, labSeed uint64) ([]string, error) {
	t, err := template.Parse(text, l.Lists)
	if err != nil {
		return nil, err
	}
	if !t.Varies() {
		return []string{text}, nil
	}
	if n := t.Count(); !n.IsInt64() || n.Int64() > Limit {
		return nil, fmt.Errorf("this makes %s texts, and an axis has at most %s. Take fewer options.", template.Thousands(n), format.Count(Limit))
	}
	return t.Expand(max(labSeed, 1), 0)
}

// checkExpanded refuses a value that stands for several texts where only one can be meant.
func checkExpanded(a plan.Axis, n, texts int) error {
	switch {
	case texts < 2:
		return nil
	case len(a.Of) > 1:
		return fmt.Errorf("%s: value %d makes %d texts, and a tied value has one. Write each of them as a value.", a.Name(), n+1, texts)
	case n == 0 && a.Of[0] == plan.OfReplace:
		return fmt.Errorf("%s: the first value is the text that is looked for, and this one makes %d texts. Write \\{ for the sign itself.", a.Name(), texts)
	}
	return nil
}

// withVariables returns the prompt with the axes of variables (${name}) set before it, and the other axes.
func withVariables(spec plan.Spec) (prompt string, rest []plan.Axis) {
	var set strings.Builder
	rest = []plan.Axis{}
	for _, a := range spec.Axes {
		name, ok := variable(a)
		if !ok {
			rest = append(rest, a)
			continue
		}
		var texts []string
		for _, v := range a.Values {
			texts = append(texts, template.EscapeSigns(v.Text))
		}
		if len(texts) == 1 {
			set.WriteString("${" + name + "=" + texts[0] + "}")
			continue
		}
		set.WriteString("${" + name + "=!{" + strings.Join(texts, "|") + "}}")
	}
	return set.String() + spec.Prompt, rest
}

// checkVariables returns an error for an axis of a variable that the prompt does not have, or sets itself: each of its values would buy the
// same picture. Lists of values may have variables too, so a prompt with a list has them all.
func checkVariables(spec plan.Spec) error {
	for _, a := range spec.Axes {
		name, ok := variable(a)
		if !ok {
			if err := checkBareVariable(spec, a); err != nil {
				return err
			}
			continue
		}
		begin := `\$\{\s*` + regexp.QuoteMeta(name) + `\s*`
		uses, sets := regexp.MustCompile(begin+`[:}]`), regexp.MustCompile(begin+`=`)
		switch {
		case sets.MatchString(spec.Prompt):
			return fmt.Errorf("the prompt sets ${%s} itself, so the values of the axis have no effect. Write ${%s?=…} there, or take the axis away.", name, name)
		case !uses.MatchString(spec.Prompt) && !strings.Contains(spec.Prompt, "__"):
			return fmt.Errorf("the prompt has no ${%s}, which an axis sets. Write it where its values go.", name)
		}
	}
	return nil
}

// checkBareVariable returns an error for an axis that has the name of a variable of the prompt, and no setting's.
func checkBareVariable(spec plan.Spec, a plan.Axis) error {
	for _, name := range a.Of {
		if slices.Contains(plan.Names(), name) || name == plan.OfParent {
			continue
		}
		if regexp.MustCompile(`\$\{\s*` + regexp.QuoteMeta(name) + `\s*[:}]`).MatchString(spec.Prompt) {
			return fmt.Errorf("the axis %s has the name of a variable of the prompt, and of no setting. Write '${%s}=…', in single quotes.", name, name)
		}
	}
	return nil
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
