package form

import (
	"tintype/ui/layout"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// Click is a click on a cell of view(w, h): ‹ and › step, another row is selected, the selected one opens. On the folded
// form it means nothing but that the settings want the keys.
func (s *Settings) Click(x, y, w, h int, focused bool) (changed bool, want SettingsWant) {
	s.said = ""
	s.endDigits()
	names := s.rowNames()
	at := s.firstRow(h) + y
	if (h <= layout.SettingsFolded && !focused) || at < 0 || at >= len(names) {
		return false, settingsNothing
	}
	if names[at] != s.Row || !focused {
		s.Row = names[at]
		return false, settingsNothing
	}
	if by := s.stepAt(x, w); by != 0 {
		return s.step(by), settingsNothing
	}
	return false, s.open()
}

// stepAt is what a click in that column of the selected row steps: -1 on ‹, +1 on ›, with a cell to spare; else 0.
func (s *Settings) stepAt(x, w int) int {
	left := s.valueAt(w) - 1
	right := left + 1 + text.Width(s.valueWord(s.Row))
	switch {
	case !s.describe(s.Row, theme.NewGlyphs(true)).steps:
		return 0
	case x >= left-1 && x <= left:
		return -1
	case x >= right && x <= right+1:
		return +1
	}
	return 0
}

// Scroll moves the row under the cursor, as the wheel does.
func (s *Settings) Scroll(by int) {
	s.endDigits()
	s.moveRow(by)
}
