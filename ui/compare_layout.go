package ui

// compareLayout is where a comparison stands.
type compareLayout struct {
	single   bool   // one picture at a time, flicked in the same cells
	cells    []rect // equal ones, also where they are the same
	captions []rect
	words    rect // what differs
}

// The rows of a comparison that are not the pictures': header, a blank one, captions, a blank one, what differs, bottom row.
const (
	compareAround = 11
	compareWords  = 6
	compareLow    = 4 // rows below which pictures are not put side by side
)

// arrangeComparison places n pictures on a screen of w×h: two beside each other, three and four in two rows, and one at a
// time where there is no room for that.
//
//	Compare 2                      same: 1:1 · webp 80
//
//	░░░░░░░░░ A ░░░░░░░░░  ░░░░░░░░░ B ░░░░░░░░░
//	▌A  flux-schnell       B  flux-dev
//
//	 prompt   A paper boat at [A sunrise | B dusk].
//	bottom
func arrangeComparison(w, h, n int) compareLayout {
	rows := (n + 1) / 2
	high := (h-compareAround+1)/rows - 1
	if rows == 1 {
		high = h - compareAround
	}
	if w < 72 || high < compareLow {
		return arrangeSingle(w, h, n)
	}
	l := compareLayout{words: rect{0, h - 1 - compareWords, w, compareWords}}
	wide := w/2 - 1
	for i := range n {
		spot := rect{i % 2 * (w - wide), 2 + i/2*(high+1), wide, high}
		l.cells = append(l.cells, spot)
		l.captions = append(l.captions, rect{spot.x, spot.bottom(), spot.w, 1})
	}
	return l
}

// arrangeSingle gives each the same room.
func arrangeSingle(w, h, n int) compareLayout {
	words := max(1, min(h/compareWords, compareWords))
	l := compareLayout{single: true, words: rect{0, h - 1 - words, w, words}}
	spot := rect{0, 1, w, max(l.words.y-2, 1)}
	for range n {
		l.cells = append(l.cells, spot)
		l.captions = append(l.captions, rect{0, spot.bottom(), w, 1})
	}
	return l
}

// at is the picture under a point, its caption included.
func (l compareLayout) at(x, y int) (i int, ok bool) {
	for i, c := range l.cells {
		c.h++
		if c.holds(x, y) {
			return i, true
		}
	}
	return 0, false
}
