package form

import (
	"tintype/ui/layout"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// Click takes a click on cell x, y of View(w, h): ‹ and › step, another row is selected, and the selected row opens. A
// click on the compact form does nothing here; the caller gives the settings the focus.
func (s *Settings) Click(x, y, w, h int, focused bool) (changed bool, request Request) {
	s.finishKey()
	names := s.rowNames()
	at := s.firstRow(h) + y
	if (h <= layout.CompactRows && !focused) || at < 0 || at >= len(names) {
		return false, noRequest
	}
	if names[at] != s.row || !focused {
		s.row = names[at]
		return false, noRequest
	}
	if by := s.stepAtColumn(x, w); by != 0 {
		return s.step(by), noRequest
	}
	return false, s.open()
}

// stepAtColumn returns the step of a click in column x of the selected row: -1 on ‹ or the cell before it, +1 on › or
// the cell after it, else 0.
func (s *Settings) stepAtColumn(x, w int) int {
	left := s.valueX(w) - 1
	right := left + 1 + text.Width(s.rowText(s.row))
	switch {
	case !s.describeRow(s.row, theme.NewGlyphs(true)).hasSteps:
		return 0
	case x >= left-1 && x <= left:
		return -1
	case x >= right && x <= right+1:
		return +1
	}
	return 0
}

// Scroll moves the cursor by rows for the mouse wheel; unlike a key it keeps the note.
func (s *Settings) Scroll(by int) {
	s.finishEntry()
	s.moveCursor(by)
}
