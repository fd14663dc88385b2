package sheet

import (
	"tintype/ui/cell"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// wordsWidth is how many columns of the list the words about a cell have.
const wordsWidth = 14

// listHeight returns how many rows the list has.
func (s *Screen) listHeight() int {
	_, h := s.program.Size()
	return max(h-3, 1)
}

// item returns the rows of a cell in the list: where it is, wrapped.
func (s *Screen) item(i int) []text.Safe {
	w, _ := s.program.Size()
	where := s.coordinates(i)
	if w < narrow {
		where = s.values(i)
	}
	lines := text.Wrap(text.Safe(s.program.Look().Glyphs.Translate(where)), max(w-wordsWidth-4, 8))
	return lines[:min(len(lines), s.listHeight())]
}

// scrollList brings the cell under the cursor in sight, with all its rows. A list has no labels: the cursor goes to a cell.
func (s *Screen) scrollList() {
	if s.current() < 0 && len(s.plan.Cells) > 0 {
		s.row, s.column = max(s.row, 0), max(s.column, 0)
		if s.current() < 0 {
			s.choose(0)
		}
	}
	at := s.current()
	s.top = max(0, min(s.top, len(s.plan.Cells)-1))
	if at < 0 {
		return
	}
	room, first := s.listHeight(), at
	for first >= 0 && room >= len(s.item(first)) {
		room -= len(s.item(first))
		first--
	}
	s.top = max(min(s.top, at), first+1)
}

// itemAt returns the cell whose rows are at a row of the screen; -1 if there is none.
func (s *Screen) itemAt(y int) int {
	row := 1
	for i := s.top; i >= 0 && i < len(s.plan.Cells) && row <= s.listHeight(); i++ {
		n := len(s.item(i))
		if y >= row && y < row+n {
			return i
		}
		row += n
	}
	return -1
}

// drawList draws the cells as a list: where they are, and what they are.
func (s *Screen) drawList(c *cell.Canvas, look theme.Look) {
	w, _ := s.program.Size()
	y := 1
	for i := s.top; i < len(s.plan.Cells) && y <= s.listHeight(); i++ {
		lines := s.item(i)
		lines = lines[:min(len(lines), 1+s.listHeight()-y)]
		words, style := s.words(i, &look)
		bar, role := " ", look.Styles.Text
		if i == s.current() {
			bar, role = look.Glyphs.Cursor, look.Styles.CursorRow
		}
		room := w - 4 - text.Width(words)
		for n, line := range lines {
			said := ""
			if n == 0 {
				said = style.Render(string(words))
			}
			c.PutLine(0, y, w, role.Render(bar+string(text.PadRight(line, room)))+"  "+said)
			y++
		}
	}
}
