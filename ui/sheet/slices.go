package sheet

import (
	"cmp"
	"fmt"
	"slices"

	"tintype/ui/text"
)

// slicing is the slices of a plan that have cells, for the axes in sight. Of a few hundred cells of ten axes most have none.
type slicing struct {
	key           string // of the plan
	rows, columns int
	first         []int // a slice's first cell, in the order of the slices: the last axis turns fastest
}

// hidden returns the axes that are slices.
func (s *Screen) hidden() (axes []int) {
	for i := range s.plan.Axes {
		if i != s.rows && i != s.columns {
			axes = append(axes, i)
		}
	}
	return axes
}

// slicesNow returns the first cell of each slice that has cells.
func (s *Screen) slicesNow() []int {
	if c := &s.sliced; c.first != nil && c.key == s.plan.Key && c.rows == s.rows && c.columns == s.columns {
		return c.first
	}
	s.sliced = slicing{key: s.plan.Key, rows: s.rows, columns: s.columns, first: []int{}}
	axes, all := s.hidden(), make([]int, len(s.plan.Cells))
	for i := range all {
		all[i] = i
	}
	order := func(a, b int) int { return s.compareSlices(axes, s.plan.Cells[a].At, s.plan.Cells[b].At) }
	slices.SortStableFunc(all, order)
	s.sliced.first = slices.CompactFunc(all, func(a, b int) bool { return order(a, b) == 0 })
	return s.sliced.first
}

// compareSlices compares two places by the axes that are slices.
func (s *Screen) compareSlices(axes, a, b []int) int {
	for _, axis := range axes {
		if c := cmp.Compare(a[axis], b[axis]); c != 0 {
			return c
		}
	}
	return 0
}

// sliceIndex returns which of the slices that have cells is in sight; if it has none, ok is false and at is where it would be.
func (s *Screen) sliceIndex() (at int, ok bool) {
	axes := s.hidden()
	return slices.BinarySearchFunc(s.slicesNow(), s.slice, func(cell int, now []int) int {
		return s.compareSlices(axes, s.plan.Cells[cell].At, now)
	})
}

// turnSlice goes to the next or the previous slice that has cells. The last of the axes turns fastest.
func (s *Screen) turnSlice(by int) {
	at, ok := s.sliceIndex()
	n := len(s.slicesNow())
	if n == 0 {
		return
	}
	if !ok && by > 0 {
		by-- // that is the next one already
	}
	s.goToSlice(((at+by)%n + n) % n)
}

// goToSlice puts a slice in sight. Where it has no cell under the cursor, the cursor goes to its first one.
func (s *Screen) goToSlice(at int) {
	first := s.slicesNow()[at]
	for _, axis := range s.hidden() {
		s.slice[axis] = s.plan.Cells[first].At[axis]
	}
	if s.row >= 0 && s.column >= 0 && s.current() < 0 {
		s.choose(first)
	}
}

// keepSlice goes to the nearest slice that has cells if that in sight has none.
func (s *Screen) keepSlice() {
	if at, ok := s.sliceIndex(); !ok && len(s.plan.Cells) > 0 {
		s.goToSlice(min(at, len(s.slicesNow())-1))
	}
}

// sliceNumber returns which slice is in sight, from 1, and how many there are that have cells.
func (s *Screen) sliceNumber() (at, n int) {
	at, _ = s.sliceIndex()
	return at + 1, max(len(s.slicesNow()), 1)
}

// sliceText names the slice in sight: "seed 62182  ‹ 1 of 3 ›"; "" if there is only one.
func (s *Screen) sliceText() text.Safe {
	var parts []text.Safe
	if s.showsList() {
		return "" // which has all cells
	}
	for _, axis := range s.hidden() {
		parts = append(parts, s.label(axis, s.slice[axis]))
	}
	at, n := s.sliceNumber()
	if s.rows < 0 && s.columns < 0 {
		return "" // the only cell is named at the left
	}
	if n < 2 {
		return text.Join(parts, " · ")
	}
	return text.Join(parts, " · ") + text.Safe(fmt.Sprintf("  ‹ %d of %d ›", at, n))
}
