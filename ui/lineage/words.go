package lineage

import (
	"fmt"
	"strings"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/inputdiff"
)

// Words is what the members of a tree are described with.
type Words struct {
	Entry func(key string) (history.Entry, bool) // a prediction; false if it is not known, or not yet
	Short func(key string) string                // a key as it is shown
}

// Describe says what a member changed of its main parent, in clean parts of one line each: "from picture 2", "+ at dusk", "guidance 2.5 → 3", "also
// from x7kq", "in the trash". Of a member without a parent that is here it returns the prompt. known is false if the member or its main parent is
// not known.
func (t *Tree) Describe(member int, w Words) (parts []string, known bool) {
	m := &t.Members[member]
	e, known := w.Entry(m.Key)
	switch {
	case !known:
		return nil, false
	case m.Main < 0 || t.Members[m.Main].Missing:
		return append([]string{oneLine(e.Prompt())}, state(e)...), true
	}
	diff, known := t.diff(member, w)
	if !known {
		return nil, false
	}
	if from := m.Parents[0]; from.Via == ViaImage {
		parts = append(parts, fmt.Sprintf("from picture %d", from.Output+1))
		diff = diff.Without(takenBy(e, t.Members[m.Main].Key, from.Output, w)...)
	}
	for _, change := range diff.Texts() {
		parts = append(parts, oneLine(change))
	}
	if len(parts) == 0 {
		parts = append(parts, "the same again")
	}
	for i, other := range m.Parents {
		if i > 0 {
			parts = append(parts, "also from "+oneLine(w.Short(other.Parent)))
		}
	}
	return append(parts, state(e)...), true
}

// state says that a prediction is in the trash, where no list shows it.
func state(e history.Entry) []string {
	if e.Trashed {
		return []string{"in the trash"}
	}
	return nil
}

// Changes returns what a member changed of its main parent, raw; known is false if one of the two is not known.
func (t *Tree) Changes(member int, w Words) (changes []string, known bool) {
	m := &t.Members[member]
	if m.Main < 0 {
		return nil, true
	}
	diff, known := t.diff(member, w)
	return diff.Texts(), known
}

// diff returns what differs between a member and its main parent.
func (t *Tree) diff(member int, w Words) (diff inputdiff.Diff, known bool) {
	parent, here := w.Entry(t.Members[t.Members[member].Main].Key)
	e, known := w.Entry(t.Members[member].Key)
	if !here || !known {
		return inputdiff.Diff{}, false
	}
	return inputdiff.Between(inputdiff.OfEntry(parent), inputdiff.OfEntry(e)), true
}

// takenBy returns the parameters whose input image is a picture of the parent. That it came from there says so.
func takenBy(e history.Entry, parent string, output int, w Words) (names []string) {
	from, _ := w.Entry(parent)
	if output >= len(from.Outputs) {
		return nil
	}
	for name, v := range e.Input {
		if path, isText := v.(string); isText && e.Images[path] == from.Outputs[output].SHA256 {
			names = append(names, name)
		}
	}
	return names
}

// oneLine returns a text as it may be drawn, on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(format.Clean(s)), " ") }

// mostNamed is how many predictions of a cycle a sentence names.
const mostNamed = 6

// Sentence says what was cut of a cycle; short is a key as it is shown.
func (c Cycle) Sentence(short func(key string) string) string {
	keys := make([]string, min(len(c.Keys), mostNamed))
	for i := range keys {
		keys[i] = oneLine(short(c.Keys[i]))
	}
	if more := len(c.Keys) - len(keys); more > 0 {
		keys = append(keys, format.Count(more)+" more")
	}
	if len(keys) == 1 {
		return fmt.Sprintf("This prediction is named as its own parent, which is left out: %s.", keys[0])
	}
	return fmt.Sprintf("These predictions came from each other in a circle: %s. Their links from a newer one to an older one are left out.", strings.Join(keys, ", "))
}

// cyclesOf returns the cycles that have a part in a tree.
func (g *Graph) cyclesOf(t *Tree) (cycles []Cycle) {
	if len(g.cycles) == 0 {
		return nil
	}
	in := make(map[string]bool, len(t.Members))
	for i := range t.Members {
		in[t.Members[i].Key] = true
	}
	for _, c := range g.cycles {
		for _, key := range c.Keys {
			if in[key] {
				cycles = append(cycles, c)
				break
			}
		}
	}
	return cycles
}
