package sheet

import (
	"encoding/binary"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
	"tintype/ui/plan"
)

// narrow is the width of a screen below which the cells are a list.
const narrow = 72

// showsList reports whether the cells are a list.
func (s *Screen) showsList() bool {
	w, _ := s.program.Size()
	return s.asList || w < narrow
}

// place returns the name of a place in the table.
func place(at []int) []byte {
	name := make([]byte, 0, 16)
	for _, v := range at {
		name = binary.AppendUvarint(name, uint64(v)) //nolint:gosec // an index is not negative
	}
	return name
}

// at returns the index of the cell in a row and a column of the slice in sight; -1 if it is a label, or not made.
func (s *Screen) at(row, column int) int {
	if s.plan == nil || row < 0 || column < 0 {
		return -1
	}
	at := append(make([]int, 0, 8), s.slice...)
	if s.rows >= 0 {
		at[s.rows] = row
	}
	if s.columns >= 0 {
		at[s.columns] = column
	}
	if i, ok := s.cells[string(place(at))]; ok {
		return i
	}
	return -1
}

// current returns the index of the cell under the cursor; -1 if there is none.
func (s *Screen) current() int { return s.at(s.row, s.column) }

// keyOf returns the key of the prediction of a cell, or of the cell that it is the same as; "" if it has none.
func (s *Screen) keyOf(i int) string {
	if i < 0 {
		return ""
	}
	c := &s.plan.Cells[i]
	if c.State == plan.Same {
		c = &s.plan.Cells[c.SameAs]
	}
	return c.NewestKey()
}

// follow selects the prediction of the cell under the cursor in the list.
func (s *Screen) follow() {
	if key := s.keyOf(s.current()); key != "" {
		s.List.Choose(key)
	}
}

// rowCount and columnCount return the numbers of values of the axes in sight.
func (s *Screen) rowCount() int    { return s.count(s.rows) }
func (s *Screen) columnCount() int { return s.count(s.columns) }

func (s *Screen) count(axis int) int {
	if axis < 0 {
		return 1
	}
	return len(s.plan.Axes[axis].Values)
}

// move runs an action that moves the cursor or changes what is in sight.
func (s *Screen) move(act keymap.Action) bool {
	down := s.grid().downs
	switch act {
	case keymap.ActUp:
		s.step(-1, 0)
	case keymap.ActDown:
		s.step(+1, 0)
	case keymap.ActLeft:
		s.step(0, -1)
	case keymap.ActRight:
		s.step(0, +1)
	case keymap.ActPageUp:
		s.turnPage(-down)
	case keymap.ActPageDown:
		s.turnPage(+down)
	case keymap.ActLarger:
		s.zoom = min(s.zoom+1, 6)
	case keymap.ActSmaller:
		s.zoom = max(s.zoom-1, -6)
	case actTurn:
		s.turn()
	case actAsList:
		s.asList, s.flicks = !s.asList, false
	case actPreviousSlice:
		s.turnSlice(-1)
	case actNextSlice:
		s.turnSlice(+1)
	default:
		return false
	}
	return true
}

// step moves the cursor. In a list it goes through the cells in the order of the plan.
func (s *Screen) step(down, right int) {
	if s.showsList() {
		s.choose(max(0, min(max(s.current(), 0)+down+right, len(s.plan.Cells)-1)))
		return
	}
	least := -1
	if s.flicks {
		least = 0
	}
	if s.flowing() {
		s.stepInFlow(down, right, least)
		return
	}
	s.row = max(least, min(s.row+down, s.rowCount()-1))
	s.column = max(least, min(s.column+right, s.columnCount()-1))
}

// stepInFlow moves the cursor in a flow. Above its first row all cells are chosen, as on the corner of a table.
func (s *Screen) stepInFlow(down, right, least int) {
	if s.column < 0 {
		if down > 0 || right > 0 {
			s.row, s.column = 0, 0
		}
		return
	}
	across, last := s.grid().across, s.columnCount()-1
	line := s.column/across + down
	if line < 0 && s.column < across && least < 0 {
		s.row, s.column = -1, -1
		return
	}
	line = max(0, min(line, last/across))
	s.column = max(0, min(line*across+s.column%across+right, last))
}

// turnPage moves the cursor and what is in sight by rows. In a list what is in sight follows the cursor.
func (s *Screen) turnPage(by int) {
	if s.showsList() {
		by = max(-s.listHeight(), min(by*s.listHeight(), s.listHeight()))
		s.step(by, 0)
		return
	}
	s.step(by, 0)
	s.top += by // Arrange keeps it within the table
}

// choose puts the cursor on a cell.
func (s *Screen) choose(i int) {
	at := s.plan.Cells[i].At
	copy(s.slice, at)
	if s.row = 0; s.rows >= 0 {
		s.row = at[s.rows]
	}
	if s.column = 0; s.columns >= 0 {
		s.column = at[s.columns]
	}
}

// turn puts other axes in sight: the columns become the rows, and the next axis becomes the columns.
func (s *Screen) turn() {
	order := s.order()
	if len(order) < 2 {
		return
	}
	if s.row >= 0 {
		s.slice[s.rows] = s.row
	}
	if s.column >= 0 {
		s.slice[s.columns] = s.column
	}
	slices.Sort(order)
	next := s.rows
	for i := range order {
		axis := order[(slices.Index(order, s.columns)+1+i)%len(order)]
		if axis != s.columns && axis != s.rows {
			next = axis
			break
		}
	}
	s.rows, s.columns = s.columns, next
	s.top, s.left = 0, 0
	s.row, s.column = s.slice[s.rows], s.slice[s.columns]
	s.keepSlice()
}

// Click selects the cell or the label under the pointer, or opens the selected cell.
func (s *Screen) Click(x, y int) tea.Cmd {
	if s.plan == nil || s.flicks {
		s.flicks = false
		return nil
	}
	if s.showsList() {
		if i := s.itemAt(y); i >= 0 {
			if i == s.current() {
				return s.program.Run(keymap.ActOpen)
			}
			s.choose(i)
			s.follow()
		}
		return nil
	}
	row, column, ok := s.grid().at(x, y)
	switch {
	case !ok:
	case row == s.row && column == s.column && row >= 0 && column >= 0:
		return s.program.Run(keymap.ActOpen)
	default:
		s.row, s.column = row, column
		s.follow()
	}
	return nil
}

// Wheel moves the cursor by rows.
func (s *Screen) Wheel(_, _, by int) tea.Cmd {
	if s.plan != nil {
		s.step(max(-1, min(by, 1)), 0)
		s.follow()
	}
	return nil
}
