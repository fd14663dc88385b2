package bisectview

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/bisect"
	"tintype/ui/guard"
	"tintype/ui/lab"
)

// buyPause is how long y must be released before it buys once more, so that a held key buys once.
const buyPause = 2 * time.Second

// buy agrees to the price of the rest of the search, and buys the next picture.
func (s *Screen) buy() tea.Cmd {
	switch now := s.State(); {
	case s.program.Now().Sub(s.opened) < guard.Grace:
		s.program.Notify("That key came before the price was on the screen; press it again.")
	case s.busy || s.isBuying() || s.program.Now().Sub(s.bought) < buyPause: // a held key
	case !now.Buys:
		s.program.Notify("Nothing is to be bought.")
	default:
		s.is.Agreement.Agree(s.is.Search.Status())
		if s.is.Agreement.Take(s.is.cell()) {
			s.bought = s.program.Now()
			return s.program.BuyPlan(s.is.Plan, false)
		}
	}
	return nil
}

// judge tells the search a verdict of the new picture, keeps it, and goes on to the next one.
func (s *Screen) judge(v bisect.Verdict) tea.Cmd {
	now := s.State()
	switch {
	case s.busy:
		return nil
	case s.is.Plan == nil:
		s.program.Notify("The search has ended: nothing is left to judge.")
		return nil
	case v == bisect.Good && !now.Good || v == bisect.Bad && !now.Bad || v == bisect.Skip && !now.Skips:
		s.program.Notify("The new picture is not made yet, so it cannot be judged.")
		return nil
	case now.Good && (s.ready.IsZero() || s.program.Now().Sub(s.ready) < guard.Grace):
		s.program.Notify("That key came before the picture was on the screen; press it again.")
		return nil
	}
	c := s.is
	said := lab.Verdict{Key: c.cell().NewestKey(), Picture: c.Search.Key(), Verdict: string(v)}
	c.Verdicts = append(slices.Clone(c.Verdicts), said)
	c.Search.Judge(v)
	s.busy = true
	return s.program.KeepVerdict(c, said)
}

// undo undoes the last verdict, and shows its picture again.
func (s *Screen) undo() tea.Cmd {
	if s.busy {
		return nil
	}
	if !s.is.Search.Undo() {
		s.program.Notify("There is no verdict to undo.")
		return nil
	}
	picture := s.is.Search.Key()
	s.is.forget(picture)
	s.busy = true
	return s.program.KeepVerdict(s.is, lab.Verdict{Picture: picture})
}

// newRow returns the state of the prediction of the new picture, and what is said about it.
func (s *Screen) newRow() (state history.State, said string) {
	cell := s.is.cell()
	if cell == nil {
		return "", ""
	}
	row, ok := s.List.Row(cell.NewestKey())
	if !ok {
		return "", ""
	}
	return row.State, s.program.Status(row)
}
