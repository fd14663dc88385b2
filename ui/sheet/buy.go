package sheet

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/guard"
	"tintype/ui/plan"
)

// buyPause is how long y must be released before it buys once more, so that a held key buys once.
const buyPause = 2 * time.Second

// buy buys what is new; again: what is had, too. A key that was pressed before anybody could read the price does not buy.
func (s *Screen) buy(again bool) tea.Cmd {
	now := s.program.Now()
	if now.Sub(s.shown) < guard.Grace {
		s.program.Notify("That key came before the plan was on the screen; press it again.")
		return nil
	}
	held := now.Sub(s.lastBuy) < buyPause
	s.lastBuy = now
	if held || s.isBuying() {
		return nil
	}
	return s.program.BuyPlan(s.plan, again)
}

// mayChange reports whether the cells of the plan may be chosen, and says why not: while it is being bought its buyer has them.
func (s *Screen) mayChange(to string) bool {
	switch {
	case s.program.IsSending(s.plan):
		s.program.Notify("The plan is being bought; stop it first.")
	case s.isBuying():
		s.program.Notify("Cells are running; " + to + " when these have ended.")
	default:
		return true
	}
	return false
}

// leaveOut leaves out the cell under the cursor, or the row or the column of a label; or takes them in again.
func (s *Screen) leaveOut() {
	if !s.mayChange("leave cells out") {
		return
	}
	var cells []int
	for i := range s.plan.Cells {
		if s.isUnderCursor(s.plan.Cells[i].At) {
			cells = append(cells, i)
		}
	}
	out := false
	for _, i := range cells {
		state := s.plan.Cells[i].State
		out = out || state != plan.LeftOut && state != plan.Invalid
	}
	s.plan.LeaveOut(cells, out)
}

// isUnderCursor reports whether a cell at a place is under the cursor, or in the row or column whose label is. On the corner that is each
// cell of the slice.
func (s *Screen) isUnderCursor(at []int) bool {
	for axis, v := range at {
		switch {
		case axis == s.rows:
			if s.row >= 0 && v != s.row {
				return false
			}
		case axis == s.columns:
			if s.column >= 0 && v != s.column {
				return false
			}
		case v != s.slice[axis]:
			return false
		}
	}
	return true
}
