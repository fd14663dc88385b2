package sheet

import (
	"fmt"
	"slices"

	"tintype/ui/plan"
)

// A table arranges the cells of a plan by two axes, with one value each of the others.
type table struct {
	plan  *plan.Plan
	down  int   // the axis whose values are the rows; -1 for none
	right int   // the axis whose values are the columns; -1 for none
	fixed []int // by axis: the value that is in sight of those that are neither
	cells map[string]int
}

// newTable arranges a plan: the longest of its axes is at the top, the next one at the left.
func newTable(p *plan.Plan) table {
	t := table{plan: p, down: -1, right: -1, fixed: make([]int, len(p.Axes)), cells: make(map[string]int, len(p.Cells))}
	for i := range p.Cells {
		t.cells[fmt.Sprint(p.Cells[i].At)] = i
	}
	var axes []int
	for i, a := range p.Axes {
		if len(a.Values) > 1 {
			axes = append(axes, i)
		}
	}
	slices.SortStableFunc(axes, func(a, b int) int { return rank(p.Axes[a]) - rank(p.Axes[b]) })
	if len(axes) > 0 {
		t.right = axes[0]
	}
	if len(axes) > 1 {
		t.down = axes[1]
		if t.length(t.down) > t.length(t.right) {
			t.down, t.right = t.right, t.down
		}
	}
	return t
}

// rank orders axes: seeds are slices if there are two others.
func rank(a plan.Axis) int {
	if len(a.Of) == 1 && a.Of[0] == plan.OfSeed {
		return 1
	}
	return 0
}

// size returns the numbers of rows and columns.
func (t *table) size() (rows, columns int) { return t.length(t.down), t.length(t.right) }

func (t *table) length(axis int) int {
	if axis < 0 {
		return 1
	}
	return len(t.plan.Axes[axis].Values)
}

// at returns the cell at a row and a column; ok is false where the plan makes none.
func (t *table) at(row, column int) (cell int, ok bool) {
	place := slices.Clone(t.fixed)
	if t.down >= 0 {
		place[t.down] = row
	}
	if t.right >= 0 {
		place[t.right] = column
	}
	cell, ok = t.cells[fmt.Sprint(place)]
	return cell, ok
}

// label returns the text of a value of an axis; "" without an axis.
func (t *table) label(axis, value int) string {
	if axis < 0 {
		return ""
	}
	return t.plan.Axes[axis].Values[value].Text
}

// name returns the name of an axis.
func (t *table) name(axis int) string {
	if axis < 0 {
		return ""
	}
	return t.plan.Axes[axis].Name()
}

// slices returns the axes that are neither rows nor columns.
func (t *table) slices() (axes []int) {
	for i, a := range t.plan.Axes {
		if i != t.down && i != t.right && len(a.Values) > 1 {
			axes = append(axes, i)
		}
	}
	return axes
}

// slice shows the next or the previous value of the sliced axes, of which the last turns fastest. It stops at the ends.
func (t *table) slice(by int) {
	axes := t.slices()
	number, total := t.sliceNumber()
	if number += by; number < 0 || number >= total {
		return
	}
	for _, axis := range slices.Backward(axes) {
		n := t.length(axis)
		t.fixed[axis] = number % n
		number /= n
	}
}

// sliceNumber returns which slice is in sight, from 0, and how many there are.
func (t *table) sliceNumber() (number, total int) {
	total = 1
	for _, axis := range t.slices() {
		number = number*t.length(axis) + t.fixed[axis]
		total *= t.length(axis)
	}
	return number, total
}

// turn swaps rows and columns, and with more axes brings the next two into sight, until every pair was seen.
func (t *table) turn() {
	var axes []int
	for i, a := range t.plan.Axes {
		if len(a.Values) > 1 {
			axes = append(axes, i)
		}
	}
	if len(axes) < 2 {
		t.right, t.down = t.down, t.right
		return
	}
	var pairs [][2]int
	for _, right := range axes {
		for _, down := range axes {
			if right != down {
				pairs = append(pairs, [2]int{right, down})
			}
		}
	}
	i := slices.Index(pairs, [2]int{t.right, t.down})
	next := pairs[(i+1)%len(pairs)]
	if swapped := [2]int{t.down, t.right}; t.right < t.down && slices.Contains(pairs, swapped) {
		next = swapped // first the other way round
	} else if j := slices.Index(pairs, swapped); j >= 0 {
		next = nextPair(pairs, j)
	}
	t.right, t.down = next[0], next[1]
	t.fixed[t.right], t.fixed[t.down] = 0, 0
}

// nextPair returns the pair after one, of those whose first axis is before their second.
func nextPair(pairs [][2]int, i int) [2]int {
	for n := 1; n <= len(pairs); n++ {
		if p := pairs[(i+n)%len(pairs)]; p[0] < p[1] {
			return p
		}
	}
	return pairs[i]
}

// line returns the cells of a row or of a column: of a row if column is negative, and of a column if row is.
func (t *table) line(row, column int) (cells []int) {
	rows, columns := t.size()
	for r := range rows {
		for c := range columns {
			if row >= 0 && r != row || column >= 0 && c != column {
				continue
			}
			if cell, ok := t.at(r, c); ok {
				cells = append(cells, cell)
			}
		}
	}
	return cells
}
