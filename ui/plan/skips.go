package plan

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"tintype/api/model"
)

// ParseSkip reads the conditions of a skip: model=flux-schnell guidance>2. Values may have spaces; names with spaces, such as those of the
// prompt's groups, are put in double quotes. Build checks the names.
func ParseSkip(typed string) (Skip, error) {
	var skip Skip
	for _, word := range words(typed) {
		switch m := conditionPattern.FindStringSubmatch(word); {
		case m != nil:
			skip = append(skip, Condition{unquoted(m[1]), m[2], unquoted(m[3])})
		case len(skip) > 0:
			skip[len(skip)-1].Value += " " + word
		default:
			return nil, fmt.Errorf("A skip is NAME=VALUE, with one of = != < <= > >=; %q is not. Put a name with spaces in double quotes.", word)
		}
	}
	if len(skip) == 0 {
		return nil, fmt.Errorf("A skip needs a condition, such as guidance>2.")
	}
	return skip, nil
}

var conditionPattern = regexp.MustCompile(`^([^=!<>]+)(!=|<=|>=|=|<|>)(.+)$`)

// words splits a text at its spaces, but not at those within double quotes. A quote that has no end is a sign as any other.
func words(typed string) []string {
	quoted := false
	return strings.FieldsFunc(typed, func(r rune) bool {
		if r == '"' && strings.Count(typed, `"`)%2 == 0 {
			quoted = !quoted
		}
		return unicode.IsSpace(r) && !quoted
	})
}

// unquoted returns a text without the double quotes around it.
func unquoted(text string) string {
	if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' {
		return text[1 : len(text)-1]
	}
	return text
}

// isSkipped reports whether all conditions of one of the skips hold for a cell.
func (b *builder) isSkipped(c Cell) bool {
	for i, skip := range b.spec.Skips {
		if len(skip) > 0 && !slices.ContainsFunc(skip, func(condition Condition) bool { return !b.holds(condition, c) }) {
			b.usedSkips[i] = true
			return true
		}
	}
	return false
}

// noteUnusedSkips tells of skips that leave out nothing, if all cells of the table are made: their values are probably mistyped.
func (b *builder) noteUnusedSkips() {
	if b.spec.How != "" && b.spec.How != All {
		return
	}
	for i, skip := range b.spec.Skips {
		if !b.usedSkips[i] {
			b.note("skip " + skip.text() + " leaves out nothing")
		}
	}
}

// text writes a skip as it is typed.
func (s Skip) text() string {
	conditions := make([]string, len(s))
	for i, c := range s {
		conditions[i] = c.Of + c.Operator + c.Value
	}
	return strings.Join(conditions, " ")
}

// holds reports whether a condition holds for a cell. A setting that a cell does not have is different from every value.
func (b *builder) holds(condition Condition, c Cell) bool {
	var text string
	m := model.Find(c.Model)
	i := b.axisCalled(condition.Of)
	switch p, ok := m.Parameter(condition.Of); {
	case condition.Of == OfModel:
		return compare(condition.Operator, compareModel(c, model.Find(condition.Value)))
	case i >= 0:
		text = b.plan.Axes[i].Values[c.At[i]].Text
	case ok:
		v, _ := m.ValueIn(c.Input, condition.Of)
		text = p.Format(v)
	}
	if text == "" && condition.Value != "" {
		return condition.Operator == "!="
	}
	x, okX := model.Float(json.Number(text))
	y, okY := model.Float(json.Number(condition.Value))
	if okX && okY {
		return compare(condition.Operator, cmp.Compare(x, y))
	}
	return compare(condition.Operator, strings.Compare(text, condition.Value))
}

// compareModel compares the model of a cell with another one, and the version only if that names one.
func compareModel(c Cell, with model.Model) int {
	if with.Version == "" {
		return strings.Compare(c.Model, with.ID)
	}
	return strings.Compare(model.Reference(c.Model, c.Version), with.Reference())
}

// axisCalled returns the index of the axis with a name; -1 if there is none. That of a variable may be written with or without ${}.
func (b *builder) axisCalled(name string) int {
	return slices.IndexFunc(b.plan.Axes, func(a Axis) bool { return bare(a.Name()) == bare(name) })
}

// bare returns the name of a variable without its signs, and any other as it is.
func bare(name string) string {
	if inner, ok := strings.CutPrefix(name, "${"); ok {
		return strings.TrimSuffix(inner, "}")
	}
	return name
}

// compare reports whether an operator holds for the result of a comparison.
func compare(operator string, result int) bool {
	switch operator {
	case "=":
		return result == 0
	case "!=":
		return result != 0
	case "<":
		return result < 0
	case "<=":
		return result <= 0
	case ">":
		return result > 0
	}
	return result >= 0
}
