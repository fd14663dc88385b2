package layout

import "tintype/ui/cell"

// Compare is the layout of the comparison.
type Compare struct {
	Single      bool        // one picture at a time, in the same cells
	Cells       []cell.Rect // of the pictures, all of the same size
	Captions    []cell.Rect
	Differences cell.Rect // the text about what differs
}

// Rows of a comparison. The other rows are the header, a blank one, the captions, a blank one, the differences and the
// status.
const (
	compareOtherRows = 11
	differencesRows  = 6
	minCompareRows   = 4 // of a picture; with fewer, pictures are not side by side
)

// ArrangeCompare places n pictures on a screen of w×h: two side by side, three and four in two rows, and one at a time
// where there is no room for that.
//
//	Compare 2                      same: 1:1 · webp 80
//
//	░░░░░░░░░ A ░░░░░░░░░  ░░░░░░░░░ B ░░░░░░░░░
//	▌A  flux-schnell       B  flux-dev
//
//	 prompt   A paper boat at [A sunrise | B dusk].
//	status
func ArrangeCompare(w, h, n int) Compare {
	rows := (n + 1) / 2
	high := (h-compareOtherRows+1)/rows - 1
	if rows == 1 {
		high = h - compareOtherRows
	}
	if w < 72 || high < minCompareRows {
		return arrangeSingle(w, h, n)
	}
	l := Compare{Differences: cell.Rect{X: 0, Y: h - 1 - differencesRows, W: w, H: differencesRows}}
	wide := w/2 - 1
	for i := range n {
		spot := cell.Rect{X: i % 2 * (w - wide), Y: 2 + i/2*(high+1), W: wide, H: high}
		l.Cells = append(l.Cells, spot)
		l.Captions = append(l.Captions, cell.Rect{X: spot.X, Y: spot.Bottom(), W: spot.W, H: 1})
	}
	return l
}

// arrangeSingle gives every picture the same room.
func arrangeSingle(w, h, n int) Compare {
	words := max(1, min(h/differencesRows, differencesRows))
	l := Compare{Single: true, Differences: cell.Rect{X: 0, Y: h - 1 - words, W: w, H: words}}
	spot := cell.Rect{X: 0, Y: 1, W: w, H: max(l.Differences.Y-2, 1)}
	for range n {
		l.Cells = append(l.Cells, spot)
		l.Captions = append(l.Captions, cell.Rect{X: 0, Y: spot.Bottom(), W: w, H: 1})
	}
	return l
}

// At returns the picture at a cell of the screen, or whose caption is there; ok is false where there is none.
func (l Compare) At(x, y int) (i int, ok bool) {
	for i, c := range l.Cells {
		c.H++
		if c.Contains(x, y) {
			return i, true
		}
	}
	return 0, false
}
