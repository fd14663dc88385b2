package layout

import "tintype/ui/cell"

// CompareLayout is where a comparison stands.
type CompareLayout struct {
	Single   bool        // one picture at a time, flicked in the same cells
	Cells    []cell.Rect // equal ones, also where they are the same
	Captions []cell.Rect
	Words    cell.Rect // what differs
}

// The rows of a comparison that are not the pictures': header, a blank one, captions, a blank one, what differs, bottom row.
const (
	compareAround = 11
	compareWords  = 6
	compareLow    = 4 // rows below which pictures are not put side by side
)

// ArrangeComparison places n pictures on a screen of w×h: two beside each other, three and four in two rows, and one at a
// time where there is no room for that.
//
//	Compare 2                      same: 1:1 · webp 80
//
//	░░░░░░░░░ A ░░░░░░░░░  ░░░░░░░░░ B ░░░░░░░░░
//	▌A  flux-schnell       B  flux-dev
//
//	 prompt   A paper boat at [A sunrise | B dusk].
//	bottom
func ArrangeComparison(w, h, n int) CompareLayout {
	rows := (n + 1) / 2
	high := (h-compareAround+1)/rows - 1
	if rows == 1 {
		high = h - compareAround
	}
	if w < 72 || high < compareLow {
		return arrangeSingle(w, h, n)
	}
	l := CompareLayout{Words: cell.Rect{X: 0, Y: h - 1 - compareWords, W: w, H: compareWords}}
	wide := w/2 - 1
	for i := range n {
		spot := cell.Rect{X: i % 2 * (w - wide), Y: 2 + i/2*(high+1), W: wide, H: high}
		l.Cells = append(l.Cells, spot)
		l.Captions = append(l.Captions, cell.Rect{X: spot.X, Y: spot.Bottom(), W: spot.W, H: 1})
	}
	return l
}

// arrangeSingle gives each the same room.
func arrangeSingle(w, h, n int) CompareLayout {
	words := max(1, min(h/compareWords, compareWords))
	l := CompareLayout{Single: true, Words: cell.Rect{X: 0, Y: h - 1 - words, W: w, H: words}}
	spot := cell.Rect{X: 0, Y: 1, W: w, H: max(l.Words.Y-2, 1)}
	for range n {
		l.Cells = append(l.Cells, spot)
		l.Captions = append(l.Captions, cell.Rect{X: 0, Y: spot.Bottom(), W: w, H: 1})
	}
	return l
}

// At is the picture under a point, its caption included.
func (l CompareLayout) At(x, y int) (i int, ok bool) {
	for i, c := range l.Cells {
		c.H++
		if c.Holds(x, y) {
			return i, true
		}
	}
	return 0, false
}
