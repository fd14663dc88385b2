package layout

import "tintype/ui/cell"

// Compare is the layout of the comparison.
type Compare struct {
	Single      bool        // one picture at a time, in the same cells
	Columns     bool        // the pictures are side by side in one row, and the text about each can be in a column under it
	Cells       []cell.Rect // of the pictures, all of the same size
	Captions    []cell.Rect // the row under each picture, from the picture's left edge to the next one's
	Differences cell.Rect   // the text about what differs; empty if it is hidden
}

// Sizes of a comparison. The rows that are not for pictures and text are the header, a blank one and the status.
const (
	minCompareWidth = 72 // of the screen; on a narrower one pictures are not side by side
	minCompareRows  = 4  // of a picture
	compareTop      = 2  // the row of the first picture
	minRowsForBlank = 30 // of a screen with a blank row above the status
)

// ArrangeCompare places pictures of some shapes on a screen of w×h, with as much area as they can have, over so many rows of text; one at
// a time where there is no room for that.
//
//	Compare 2                      same: 1:1 · webp 80
//
//	░░░░░░░░░ A ░░░░░░░░░  ░░░░░░░░░ B ░░░░░░░░░
//	▌A  flux-schnell        B  flux-dev
//
//	 prompt   A  A paper boat at sunrise.
//	          B  A paper boat at dusk.
//	 seed     7             8
//	status
func ArrangeCompare(w, h int, shapes []Shape, cellAspect float64, text int) Compare {
	text = min(text, max(h/4, 5))
	room := cell.Rect{X: 1, Y: compareTop, W: w - 2, H: h - 1 - compareTop}
	if text > 0 {
		room.H -= text + 1
		if h >= minRowsForBlank {
			room.H--
		}
	}
	g := ArrangePictures(room, shapes, cellAspect, 1)
	if w < minCompareWidth || g.Cell(0).H < minCompareRows {
		return arrangeSingle(w, h, len(shapes), text)
	}
	l := Compare{Columns: g.Rows == 1, Differences: cell.Rect{X: 0, Y: g.Under(len(shapes)-1).Bottom() + 1, W: w, H: text}}
	for i, s := range shapes {
		c := g.Cell(i)
		caption := c
		pictureW, pictureH := s.fit(c.W, c.H, cellAspect)
		caption.X += (c.W - nearestCells(pictureW)) / 2
		caption.Y, caption.H = c.Y+(c.H+nearestCells(pictureH))/2, 1
		if right := g.Cell(i + 1); right.Y == c.Y && i+1 < len(shapes) {
			caption.W = right.X - 1 - caption.X
		} else {
			caption.W = w - 1 - caption.X
		}
		l.Cells, l.Captions = append(l.Cells, c), append(l.Captions, caption)
	}
	return l
}

// maxSingleText is the most rows of text on a screen that shows one picture at a time, for each twelve rows of the screen.
const maxSingleText = 2

// arrangeSingle gives every picture the same room.
func arrangeSingle(w, h, n, text int) Compare {
	text = min(text, max(h*maxSingleText/12, 1))
	l := Compare{Single: true, Differences: cell.Rect{X: 0, Y: h - 1 - text, W: w, H: text}}
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
		if c.H++; c.Contains(x, y) || l.Captions[i].Contains(x, y) {
			return i, true
		}
	}
	return 0, false
}
