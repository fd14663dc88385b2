package plan

import (
	"slices"
	"strings"
)

// leaveOut leaves out the cells that a person left out.
func (b *builder) leaveOut() {
	if len(b.spec.LeftOut) == 0 {
		return
	}
	out := make(map[string]bool, len(b.spec.LeftOut))
	for _, texts := range b.spec.LeftOut {
		out[placeName(texts)] = true
	}
	for i := range b.plan.Cells {
		if c := &b.plan.Cells[i]; c.State != Invalid && out[placeName(b.plan.texts(i))] {
			c.State = LeftOut
		}
	}
}

// keepLeftOut notes in the spec which cells a person left out, so that the plan's file has them.
func (p *Plan) keepLeftOut(cells []int, out bool) {
	changed := make(map[string]bool, len(cells))
	for _, i := range cells {
		changed[placeName(p.texts(i))] = true
	}
	kept := slices.DeleteFunc(slices.Clone(p.Spec.LeftOut), func(texts []string) bool { return changed[placeName(texts)] })
	for _, i := range cells {
		if out && p.Cells[i].State == LeftOut {
			kept = append(kept, p.texts(i))
		}
	}
	p.Spec.LeftOut = kept
}

// texts returns the text of a cell's value on each axis.
func (p *Plan) texts(cell int) []string {
	texts := make([]string, len(p.Axes))
	for i, a := range p.Axes {
		texts[i] = a.Values[p.Cells[cell].At[i]].Text
	}
	return texts
}

// placeName makes one text of those of a cell's values.
func placeName(texts []string) string { return strings.Join(texts, "\x00") }
