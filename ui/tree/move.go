package tree

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
)

// move runs an action that moves the cursor or folds.
func (s *Screen) move(act keymap.Action) bool {
	page := max(s.layout().rows.H-1, 1)
	switch act {
	case keymap.ActUp:
		s.step(-1)
	case keymap.ActDown:
		s.step(+1)
	case keymap.ActPageUp:
		s.step(-page)
	case keymap.ActPageDown:
		s.step(+page)
	case actTop:
		s.step(-len(s.rows))
	case actBottom:
		s.step(len(s.rows))
	case keymap.ActLeft:
		s.goUp()
	case keymap.ActRight:
		s.goDown()
	case actFold:
		s.fold()
	case actUnfold:
		s.unfold()
	default:
		return false
	}
	return true
}

// step moves the cursor by rows.
func (s *Screen) step(by int) { s.at = max(0, min(s.at+by, len(s.rows)-1)) }

// goUp folds the branches under the cursor, or goes to the parent.
func (s *Screen) goUp() {
	member := s.rows[s.at].Member
	if s.showsBranches(member) {
		s.setOpen(member, false)
	} else if main := s.tree.Members[member].Main; main >= 0 {
		s.refold(main)
	}
}

// goDown shows the branches under the cursor, or goes to the first of them.
func (s *Screen) goDown() {
	r := s.rows[s.at]
	switch next := s.at + 1; {
	case r.Hidden > 0:
		s.setOpen(r.Member, true)
	case next < len(s.rows) && s.tree.Members[s.rows[next].Member].Main == r.Member:
		s.at = next
	}
}

// fold folds the branches under the cursor; on a branch without any, those that it is one of.
func (s *Screen) fold() {
	r := s.rows[s.at]
	switch {
	case s.showsBranches(r.Member):
		s.setOpen(r.Member, false)
	case r.Depth > 0 && s.tree.Members[r.Member].Main >= 0:
		s.setOpen(s.tree.Members[r.Member].Main, false)
	default:
		s.program.Notify("There is no branch to fold here.")
	}
}

// unfold shows the branches under the cursor.
func (s *Screen) unfold() {
	if r := s.rows[s.at]; r.Hidden > 0 {
		s.setOpen(r.Member, true)
		return
	}
	s.program.Notify("There is nothing folded here.")
}

// scroll brings the cursor in sight, with a row beside it if there is one.
func (s *Screen) scroll(height int) {
	beside := 0
	if height > 2 {
		beside = 1
	}
	s.top = min(s.top, max(s.at-beside, 0))
	s.top = max(s.top, min(s.at+beside, len(s.rows)-1)-height+1)
	s.top = max(0, min(s.top, len(s.rows)-height))
}

// Click selects the row under the pointer, shows what is folded under the selected one, or opens that.
func (s *Screen) Click(x, y int) tea.Cmd {
	if len(s.rows) == 0 || s.endFlick() {
		return nil
	}
	l := s.layout()
	i := s.top + y - l.rows.Y
	switch {
	case l.picture.Contains(x, y):
		return s.program.Run(keymap.ActOpen)
	case !l.rows.Contains(x, y) || i >= len(s.rows):
	case i != s.at:
		s.at = i
		s.follow()
	case s.rows[i].Hidden > 0 && x >= l.rows.Right()-len(foldedText(s.rows[i].Hidden, l)):
		s.unfold()
	default:
		return s.program.Run(keymap.ActOpen)
	}
	return nil
}

// Wheel moves the cursor by rows.
func (s *Screen) Wheel(_, _, by int) tea.Cmd {
	if len(s.rows) > 0 {
		s.step(max(-1, min(by, 1)))
		s.flick = flickOff
		s.follow()
	}
	return nil
}
