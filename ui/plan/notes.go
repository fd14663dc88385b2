package plan

import (
	"fmt"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/picturekey"
)

// note counts a sentence.
func (b *builder) note(sentence string) {
	if b.notes[sentence]++; b.notes[sentence] == 1 {
		b.order = append(b.order, sentence)
	}
}

// noteSameFormat says why cells that differ in the file alone are the same.
func (b *builder) noteSameFormat() {
	for i := range b.plan.Cells {
		if names := b.plan.differsInFile(i); len(names) > 0 {
			b.note(strings.Join(names, " and ") + ` makes another file, and no other picture. same_picture = "same-format" in the settings buys each`)
		}
	}
}

// WhySame returns why a cell is the same as another one although its settings differ, in a sentence; "" if it is not, or if they do not.
func (p *Plan) WhySame(cell int) string {
	names := p.differsInFile(cell)
	if len(names) == 0 {
		return ""
	}
	return strings.Join(names, " and ") + " makes another file, and no other picture"
}

// Lacks returns the settings of the axes that a cell's model does not take, and that are left out there.
func (p *Plan) Lacks(cell int) (names []string) {
	c := &p.Cells[cell]
	m := model.Find(c.Model)
	for i, a := range p.Axes {
		for _, name := range a.Of {
			if _, takes := m.Parameter(name); takes || !m.Known || name == OfParent || name == OfLine || strings.HasPrefix(name, "${") ||
				name != OfSeed && slices.Contains(notParameters, name) {
				continue
			}
			if text, set := a.Value(c.At[i], name); text != "" || set != nil {
				names = append(names, name)
			}
		}
	}
	return names
}

// differsInFile returns the settings of the file in which a cell that is the same as another one differs from that.
func (p *Plan) differsInFile(cell int) (names []string) {
	c := &p.Cells[cell]
	if c.State != Same {
		return nil
	}
	m, other := model.Find(c.Model), p.Cells[c.SameAs].Input
	for _, q := range m.Parameters {
		if !picturekey.IsOfFile(q.Name) {
			continue
		}
		a, _ := m.ValueIn(c.Input, q.Name)
		if b, _ := m.ValueIn(other, q.Name); q.Format(a) != q.Format(b) {
			names = append(names, q.Name)
		}
	}
	return names
}

// mostNotes is how many notes a plan has at most.
const mostNotes = 20

// sentences returns the notes with the numbers of their cells.
func (b *builder) sentences() (notes []string) {
	invalid := map[string]bool{}
	for i := range b.plan.Cells {
		if c := &b.plan.Cells[i]; c.State == Invalid {
			invalid[c.Why] = true
		}
	}
	slices.Sort(b.order)
	for _, s := range b.order {
		switch {
		case len(notes) == mostNotes:
			return append(notes, fmt.Sprintf("… and %d more.", len(b.order)-mostNotes))
		case invalid[s] && b.notes[s] == 1:
			notes = append(notes, s+"; 1 cell is left out.")
		case invalid[s]:
			notes = append(notes, fmt.Sprintf("%s; %s cells are left out.", s, format.Count(b.notes[s])))
		default:
			notes = append(notes, s+".")
		}
	}
	return notes
}
