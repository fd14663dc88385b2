package impactview

import "tintype/ui/cell"

// narrow is the width of a screen below which the list and a picture are not side by side.
const narrow = 72

// places is where everything is.
type places struct {
	prompt, rows, noise cell.Rect
	caption, picture    cell.Rect
}

// isWide reports whether the list and a picture are side by side.
func (s *Screen) isWide() bool {
	w, _ := s.program.Size()
	return w >= narrow
}

// layout computes the places: the prompt over the list, and a picture beside them. On a narrow screen the picture has the room of all.
func (s *Screen) layout() places {
	w, h := s.program.Size()
	left := cell.Rect{X: 1, Y: 1, W: w - 2, H: max(h-2, 1)}
	var l places
	switch {
	case w >= narrow:
		left.W = max(44, w*9/20)
		left.Y, left.H = 2, max(h-4, 1)
		l.caption = cell.Rect{X: left.Right() + 3, Y: 2, W: w - left.Right() - 4, H: 1}
		l.picture = cell.Rect{X: l.caption.X, Y: 4, W: l.caption.W, H: max(h-6, 1)}
	case s.opened:
		l.caption = cell.Rect{X: 1, Y: 1, W: w - 2, H: 1}
		l.picture = cell.Rect{X: 0, Y: 2, W: w, H: max(h-3, 1)}
		return l
	}
	blank := 0
	if h >= 20 {
		blank = 1
	}
	noise := len(s.noiseLines(left.W))
	if h < 16 {
		noise = 0
	}
	list := max(3, min(len(s.order), left.H/2))
	prompt := len(s.promptLines(left.W))
	prompt = max(1, min(prompt, left.H-list-noise-2*blank))
	l.prompt = cell.Rect{X: left.X, Y: left.Y, W: left.W, H: prompt}
	l.rows = cell.Rect{X: 0, Y: l.prompt.Bottom() + blank, W: left.Right()}
	l.rows.H = max(1, min(len(s.order), left.Bottom()-l.rows.Y-noise-min(noise, blank)))
	l.noise = cell.Rect{X: left.X, Y: l.rows.Bottom() + blank, W: left.W, H: noise}
	return l
}
