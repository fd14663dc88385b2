package layout

import "tintype/ui/cell"

// PlaceMistake gives the last rows of the prompt to a sentence of some lines about it. The text keeps a row at least.
func (l *Home) PlaceMistake(lines int) {
	n := min(lines, l.Prompt.H-1)
	if n <= 0 {
		return
	}
	l.Prompt.H -= n
	l.Mistake = cell.Rect{X: l.Prompt.X, Y: l.Prompt.Bottom(), W: l.Prompt.W, H: n}
}
