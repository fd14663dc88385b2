package sheet

import (
	"cmp"
	"math"
	"slices"

	"tintype/ui/text"
)

const (
	leastHeight = 3  // rows of a cell
	mostHeight  = 24 // rows
	leastWidth  = 12 // columns, for the words in a cell
	gap         = 2  // columns between cells, for the sides of a frame

	leastAcross    = 4  // columns in sight if there are too many for a page
	leastDown      = 3  // rows in sight if there are too many for a page
	leastInFlow    = 12 // cells in sight if there are too many for a page
	smallestOfFlow = 5  // rows of a cell that is small so that all of a flow fit on a page
	zoomStep       = 1.3
)

// fitTable sets the sizes of a table: the largest at which all rows and all columns are in sight. Of an axis that is too long for that
// at any size, a few are. A column of labels that are too long for their rows becomes wider.
func (g *grid) fitTable(rows, columns []text.Safe, zoom int) {
	for _, label := range rows {
		g.labelW = max(g.labelW, text.Width(label))
	}
	g.labelW = min(g.labelW, max(g.room.W/6, 10))
	rowLabels, columnLabels := longest(rows), longest(columns)
	for {
		g.fitCells(columnLabels, max(len(rows), 1), max(len(columns), 1), zoom)
		if tallest(rowLabels, g.labelW) <= g.h+1 || g.labelW >= g.room.W/3 {
			return
		}
		g.labelW += 4
	}
}

// fitCells sets the size of the cells, the height of the labels of columns, and how many cells are in sight.
func (g *grid) fitCells(labels []text.Safe, rows, columns, zoom int) {
	set := func(h int) {
		g.setHeight(h, labels)
		g.across = max(1, min(columns, (g.room.W-g.firstX()+gap)/(g.w+gap)))
		g.downs = max(1, min(rows, (g.room.H-g.labelH-g.edge)/g.pitch()))
	}
	set(leastHeight)
	wantAcross, wantDown := columns, rows
	if g.across < columns {
		wantAcross = min(g.across, leastAcross)
	}
	if g.downs < rows {
		wantDown = min(g.downs, leastDown)
	}
	h := mostHeight
	for set(h); h > leastHeight && (g.across < wantAcross || g.downs < wantDown); set(h) {
		h--
	}
	if zoom != 0 {
		set(zoomed(g.h, zoom))
	}
}

// fitFlow sets the sizes of a flow: the largest at which all cells are in sight, or, if they were too small, at which a few rows are.
func (g *grid) fitFlow(labels []text.Safe, zoom int) {
	g.flows = len(labels)
	long := longest(labels)
	set := func(h int, labels []text.Safe) (inSight int) {
		g.setHeight(h, labels)
		g.across = max(1, (g.room.W+gap)/(g.w+gap))
		g.downs = max(1, (g.room.H-g.edge)/g.pitch())
		return g.across * g.downs
	}
	largest := func(want int) (h int) {
		for h = mostHeight; h > leastHeight && set(h, long) < want; {
			h--
		}
		return h
	}
	h := largest(g.flows)
	if h < smallestOfFlow {
		h = max(h, largest(min(g.flows, leastInFlow)))
	}
	set(zoomed(h, zoom), labels)
	if g.flows <= g.across*g.downs { // rows of about the same length
		g.downs = (g.flows + g.across - 1) / g.across
		g.across = (g.flows + g.downs - 1) / g.downs
	}
}

// setHeight sets the size of the cells and of the labels above them.
func (g *grid) setHeight(h int, labels []text.Safe) {
	g.labelH = 1
	for {
		g.h = max(min(h, g.room.H-g.labelH-1-2*g.edge, (g.room.W-g.firstX()-gap)/2), 1)
		g.w = max(2*g.h, leastWidth)
		need := min(tallest(labels, g.w), max(1, g.room.H/3))
		if need <= g.labelH {
			return
		}
		g.labelH = need
	}
}

// zoomed returns a height that is larger by some steps, or smaller.
func zoomed(h, steps int) int {
	return max(leastHeight, int(math.Round(float64(h)*math.Pow(zoomStep, float64(steps)))))
}

// mostMeasured is how many labels of an axis are wrapped to find the highest one, so that an axis of thousands costs no time.
const mostMeasured = 24

// longest returns the widest labels.
func longest(labels []text.Safe) []text.Safe {
	widest := slices.Clone(labels)
	slices.SortStableFunc(widest, func(a, b text.Safe) int { return cmp.Compare(len(b), len(a)) })
	return widest[:min(len(widest), mostMeasured)]
}

// tallest returns how many rows the labels have at most in w columns.
func tallest(labels []text.Safe, w int) (rows int) {
	for _, label := range labels {
		if len(label) <= w && rows > 0 {
			continue // no more columns than bytes
		}
		rows = max(rows, len(text.Wrap(label, max(w, 1))))
	}
	return rows
}
