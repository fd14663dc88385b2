package plan

import (
	"cmp"
	"math/bits"
	"slices"
)

// Order returns the indices of the new cells in the order of buying, coarse to fine: the corners and the middle of the table first, then
// what is between, so that a person can stop after seeing enough. With several seeds, the first of every cell comes before the second of
// any.
func (p *Plan) Order() []int {
	levels := make([][]int, len(p.Axes))
	for i, a := range p.Axes {
		levels[i] = coarseToFine(len(a.Values))
	}
	if len(p.Spec.Rows) > 0 {
		levels[0] = make([]int, len(p.Axes[0].Values)) // rows are bought in their order
	}
	var order []place
	for i := range p.Cells {
		if p.Cells[i].State == New {
			order = append(order, p.placeOf(i, levels))
		}
	}
	slices.SortStableFunc(order, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.seed, b.seed), cmp.Compare(a.class, b.class), cmp.Compare(a.level, b.level), cmp.Compare(a.within, b.within))
	})
	cells := make([]int, len(order))
	for i, o := range order {
		cells[i] = o.cell
	}
	return cells
}

// A place is where a cell comes in the order of buying: by its seed, then its class, its level, and within the level.
type place struct {
	cell, seed, class, level, within int
}

// placeOf returns the place of the cell with an index. levels has the rank of each value of each axis.
func (p *Plan) placeOf(cell int, levels [][]int) place {
	here := place{cell: cell}
	middle, corner := true, true
	for axis, v := range p.Cells[cell].At {
		a := p.Axes[axis]
		if a.Sets(OfSeed) {
			here.seed = v
			continue
		}
		n := len(a.Values)
		corner = corner && (v == 0 || v == n-1)
		middle = middle && v == n/2
		here.level = max(here.level, bits.Len(uint(levels[axis][v])))
		here.within += levels[axis][v]
	}
	switch {
	case corner:
	case middle:
		here.class = 1
	default:
		here.class = 2
	}
	return here
}

// coarseToFine returns the rank of each of n values: the ends have 0 and 1, the middle 2, and the others follow by bit reversal, so that
// each one halves the largest gaps.
func coarseToFine(n int) []int {
	ranks := make([]int, n)
	for i := range ranks {
		ranks[i] = -1
	}
	next := 0
	set := func(i int) {
		if i >= 0 && i < n && ranks[i] < 0 {
			ranks[i] = next
			next++
		}
	}
	set(0)
	set(n - 1)
	set(n / 2)
	width := bits.Len(uint(n))
	for i := range 1 << width {
		set(int(bits.Reverse(uint(i)) >> (bits.UintSize - width)))
	}
	return ranks
}
