package tree

import "tintype/ui/cell"

// narrow is the width of a screen below which nothing is beside the rows.
const narrow = 72

// Sizes of the picture, and of the text about it.
const (
	minPanelWidth = 26
	maxPanelWidth = 72
	minAboutRows  = 6
	minRowsBelow  = 24 // of a narrow screen that has the picture below the rows
	minRowsForGap = 30 // of a screen with a blank row below the header
)

// layout is where everything is. Without room for a picture, picture is empty, and about is the row above the last one.
type layout struct{ rows, picture, about cell.Rect }

// arrange places the parts on a screen of w×h.
//
//	Tree   2 of 4 · 2 folded
//	 ✓ A paper boat at sunrise.                     ░░░░░░░░░░░░░░░░
//	▌├─✓ + in fog                        2 folded   ░░░░░░░░░░░░░░░░
//	 ✓ sunrise → dusk                               ░░░░░░░░░░░░░░░░
//	 └─✓ guidance 2.5 → 3                           + in fog
//	status
func arrange(w, h int) layout {
	all := cell.Rect{Y: 1, W: w, H: max(h-2, 1)}
	if h >= minRowsForGap {
		all.Y, all.H = 2, h-4
	}
	l := layout{rows: all}
	switch {
	case w >= narrow:
		panel := max(minPanelWidth, min(w*2/5, maxPanelWidth))
		l.rows.W = w - panel - 3
		l.picture = cell.Rect{X: w - panel - 1, Y: all.Y, W: panel, H: max(1, min((panel+1)/2, all.H-minAboutRows))}
		l.about = cell.Rect{X: l.picture.X, Y: l.picture.Bottom() + 1, W: panel, H: all.Bottom() - l.picture.Bottom() - 1}
	case h >= minRowsBelow:
		l.rows.W = w - 1
		high := min(all.H*2/5, w/4)
		l.rows.H = all.H - high - 1
		l.picture = cell.Rect{X: 1, Y: l.rows.Bottom() + 1, W: 2 * high, H: high}
		l.about = cell.Rect{X: l.picture.Right() + 2, Y: l.picture.Y, W: w - l.picture.Right() - 3, H: high}
	default:
		l.rows.W, l.rows.H = w-1, max(all.H-1, 1)
		l.about = cell.Rect{X: 1, Y: l.rows.Bottom(), W: w - 2, H: 1}
	}
	return l
}

// layout returns where everything is now.
func (s *Screen) layout() layout { return arrange(s.program.Size()) }
