package sheet

import (
	"fmt"
	"strings"
	"testing"

	"tintype/ui/cell"
	"tintype/ui/text"
)

// labelsOf returns n labels, every fifth of which is long.
func labelsOf(n int) []text.Safe {
	labels := make([]text.Safe, n)
	for i := range labels {
		labels[i] = text.Safe(fmt.Sprint("value ", i))
		if i%5 == 4 {
			labels[i] += text.Safe(strings.Repeat(" and more", i%7+1))
		}
	}
	return labels
}

// gridOf returns the layout of a table, or with no rows that of a flow.
func gridOf(w, h, rows, columns, zoom int) grid {
	g := grid{room: cell.Rect{X: 1, Y: 1, W: w - 2, H: max(h-3, 2)}, labelH: 1, across: 1, downs: 1}
	if g.room.H >= 12 {
		g.edge = 1
	}
	if rows == 0 {
		g.fitFlow(labelsOf(columns), zoom)
	} else {
		g.fitTable(labelsOf(rows), labelsOf(columns), zoom)
	}
	g.centre()
	return g
}

// TestGrid: on every screen all cells and labels in sight are within the room and do not overlap, and a click finds the cell that is there.
func TestGrid(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{72, 12}, {72, 20}, {80, 24}, {100, 30}, {120, 40}, {160, 50}, {240, 70}} {
		for _, n := range [][2]int{{0, 1}, {0, 2}, {0, 7}, {0, 12}, {0, 40}, {0, 500}, {1, 1}, {2, 3}, {3, 12}, {10, 10}, {1, 40}, {40, 1}, {200, 200}} {
			for zoom := -6; zoom <= 6; zoom++ {
				checkGrid(t, fmt.Sprint(size, n, zoom), gridOf(size[0], size[1], n[0], n[1], zoom), n[0], n[1])
			}
		}
	}
}

func checkGrid(t *testing.T, name string, g grid, rows, columns int) {
	t.Helper()
	taken := map[[2]int]bool{}
	for row := range g.downs {
		for column := range g.across {
			if rows == 0 {
				if column += row * g.across; column >= columns {
					continue
				}
			}
			line := row
			if rows == 0 {
				line = 0
			}
			r := g.cell(line, column)
			if r.W < 1 || r.H < 1 || r.X < g.room.X || r.Y < g.room.Y || r.Right() > g.room.Right() || r.Bottom() > g.room.Bottom() {
				t.Fatalf("%s: the cell %d, %d is at %v in the room %v", name, row, column, r, g.room)
			}
			for y := r.Y; y < r.Bottom(); y++ {
				for x := r.X; x < r.Right(); x++ {
					if taken[[2]int{x, y}] {
						t.Fatalf("%s: two cells are at %d, %d", name, x, y)
					}
					taken[[2]int{x, y}] = true
				}
			}
			if gotRow, gotColumn, ok := g.at(r.X, r.Bottom()-1); !ok || gotRow != line || gotColumn != column {
				t.Fatalf("%s: a click on %d, %d finds %d, %d (%v)", name, line, column, gotRow, gotColumn, ok)
			}
		}
	}
}
