package template

import (
	"fmt"
	"math/big"
	"strings"
)

// An Axis is a part of a template that varies independently of the others, such as one group at the top.
type Axis struct {
	Name       string   // of its variable or list, else its first values: "red, blue"
	Start, End int      // offsets in bytes of its text
	Values     []string // its texts as expanded, in order
}

// axis is where the values of an Axis come from.
type axis struct {
	Axis
	once  int      // index of the variable that is chosen once, or -1
	part  int      // index of the part at the top, or -1; both -1: the groups in step
	ranks []uint64 // of its values
}

// maxAxis is how many values an axis may have.
const maxAxis = 10_000

// Axes returns the axes of a template whose product is all its prompts, in the order in which they are written; the last turns
// fastest. Variables that are chosen once come first, groups in step are one axis, the last. Values of one axis are different, but two
// combinations may still be equal prompts, such as those of {a|ab}{bc|c}. ok is false where it has samplers that draw, or too many values;
// then the template is one list of prompts.
func (t Template) Axes() (axes []Axis, ok bool) {
	inner, ok := t.axes()
	for _, a := range inner {
		axes = append(axes, a.Axis)
	}
	return axes, ok
}

// axes returns the axes.
func (t *Template) axes() ([]axis, bool) {
	if t.root == nil {
		return nil, true
	}
	if t.draws || t.steps > maxAxis {
		return nil, false
	}
	var axes []axis
	for i, v := range t.once {
		if v.value.count64 > maxAxis {
			return nil, false
		}
		if v.value.count64 > 1 {
			axes = append(axes, t.axisOf(v.value, axis{once: i, part: -1}))
		}
	}
	for i, part := range t.parts() {
		if part.count64 > maxAxis {
			return nil, false
		}
		if part.count64 > 1 {
			axes = append(axes, t.axisOf(part, axis{once: -1, part: i}))
		}
	}
	if t.steps > 1 {
		axes = append(axes, t.stepAxis())
	}
	unique(axes)
	return axes, true
}

// parts returns the parts at the top.
func (t *Template) parts() []*node {
	if t.root.kind == sequenceNode {
		return t.root.parts
	}
	return []*node{t.root}
}

// axisOf lists the values of a node.
func (t *Template) axisOf(n *node, a axis) axis {
	r := t.renderer(0)
	r.combine(t, make([]uint64, len(t.once)), 0)
	seen := map[string]bool{}
	for rank := range n.count64 {
		r.out = r.out[:0]
		r.write(n, rank, false)
		value := string(r.out)
		if seen[value] && !n.dependent {
			continue
		}
		seen[value] = true
		a.Values = append(a.Values, value)
		a.ranks = append(a.ranks, rank)
	}
	a.Name, a.Start, a.End = n.name, n.start, n.end
	if a.Name == "" {
		a.Name = firstValues(a.Values)
	}
	return a
}

// stepAxis lists the turns of the groups in step, by the texts of those at the top.
func (t *Template) stepAxis() axis {
	a := axis{once: -1, part: -1}
	a.Start, a.End = 0, len(t.text)
	r := t.renderer(0)
	first := true
	for step := range t.steps {
		r.step = step
		r.combine(t, make([]uint64, len(t.once)), 0)
		var texts []string
		for _, part := range t.parts() {
			if part.kind != pickNode || part.pick.sampler != '@' {
				continue
			}
			if first {
				a.Start, a.End, a.Name = part.start, part.end, part.name
				first = false
			}
			r.out = r.out[:0]
			r.write(part, 0, false)
			texts = append(texts, string(r.out))
		}
		if len(texts) == 0 {
			texts = []string{fmt.Sprint(step + 1)}
		}
		a.Values = append(a.Values, strings.Join(texts, " · "))
		a.ranks = append(a.ranks, step)
	}
	if a.Name == "" {
		a.Name = firstValues(a.Values)
	}
	return a
}

// firstValues names an axis by its first values.
func firstValues(values []string) string {
	name := strings.Join(values[:min(2, len(values))], ", ")
	if len(values) > 2 {
		name += " …"
	}
	return name
}

// unique makes the names of axes different.
func unique(axes []axis) {
	seen := map[string]int{}
	for i := range axes {
		name := axes[i].Name
		seen[name]++
		if n := seen[name]; n > 1 {
			axes[i].Name = fmt.Sprintf("%s %d", name, n)
		}
	}
}

// Texts returns a function that returns the prompt for one value (an index) of each axis of Axes. Indices that are missing or out of range
// count as 0. The function is not safe for concurrent use.
func (t Template) Texts() func(values []int) string {
	axes, ok := t.axes()
	if !ok || t.root == nil {
		return func([]int) string { return t.text }
	}
	return func(values []int) string { return t.at(axes, values) }
}

// at returns the prompt of one value of each axis.
func (t *Template) at(axes []axis, values []int) string {
	once := make([]uint64, len(t.once))
	ranks := make([]uint64, len(t.parts()))
	r := t.renderer(0)
	for i, a := range axes {
		rank := uint64(0)
		if i < len(values) && values[i] >= 0 && values[i] < len(a.ranks) {
			rank = a.ranks[values[i]]
		}
		switch {
		case a.once >= 0:
			once[a.once] = rank
		case a.part >= 0:
			ranks[a.part] = rank
		default:
			r.step = rank
		}
	}
	r.combine(t, once, 0)
	r.out = r.out[:0]
	for i, part := range t.parts() {
		r.write(part, ranks[i], false)
	}
	return string(r.out)
}

// combinations returns how many combinations of its parts there are, of which some may be equal prompts. It is the product of the axes'
// lengths, or more.
func (t Template) combinations() *big.Int {
	if t.root == nil {
		return big.NewInt(1)
	}
	return new(big.Int).Set(t.combined)
}
