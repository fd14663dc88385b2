package plan

import (
	"fmt"
	"slices"

	"tintype/ui/format"
)

// note counts a sentence.
func (b *builder) note(sentence string) {
	if b.notes[sentence]++; b.notes[sentence] == 1 {
		b.order = append(b.order, sentence)
	}
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
