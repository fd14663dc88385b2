// Package bisectview is the screen of a bisect: the good picture, the bad one, and one between them that a person judges, again and again
// until the cause is found. It buys nothing itself: the program does, and only what a person agreed to.
package bisectview

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/bisect"
	"tintype/ui/keymap"
	"tintype/ui/lab"
	"tintype/ui/layout"
	"tintype/ui/list"
	"tintype/ui/plan"
	"tintype/ui/preview"
	"tintype/ui/screen"
)

// Program is what the screen needs of the program beside what every screen does.
type Program interface {
	screen.Program
	BuyPlan(p *plan.Plan, again bool) tea.Cmd // buys its new cells
	PlanStatus(p *plan.Plan) string           // how far its purchase is; "" if it is not being bought
	IsFree() bool                             // the provider bills nothing
	// KeepVerdict keeps a verdict of a bisect, or drops the one of a picture if it says nothing, makes the plan of the next picture, and then calls
	// Continue.
	KeepVerdict(c *Case, v lab.Verdict) tea.Cmd
}

// Screen is one bisect at a time. It implements screen.Screen.
type Screen struct {
	screen.Base
	program Program
	is      *Case
	busy    bool      // the next picture is being planned
	ready   time.Time // since when the picture that is to be judged is on the screen; zero if it is not
	opened  time.Time // when the step was put on the screen
	bought  time.Time // when y was pressed last
	chosen  int       // index of the picture that actions are for; on a narrow screen the one in sight
	newest  string    // key of the new picture when the panels were arranged last; "" if there was none
	panels  []panel
	layout  layout.Compare
}

// A panel is one of the pictures.
type panel struct {
	name  string // good, new or bad
	key   string // of the prediction; "" if there is none yet
	gone  bool   // its file is not there
	thumb preview.Thumb
}

// New returns a screen without a bisect.
func New(p Program) *Screen {
	return &Screen{Base: screen.Base{List: p.List()}, program: p}
}

// Place returns the place of the screen in the keymap.
func (s *Screen) Place() keymap.Place { return Place }

// Case returns the bisect that is shown; nil if there was none yet.
func (s *Screen) Case() *Case { return s.is }

// Show shows a bisect. It buys nothing.
func (s *Screen) Show(c *Case) {
	s.is, s.busy = c, false
	s.begin()
}

// begin shows the step that the search is at.
func (s *Screen) begin() {
	s.ready, s.opened = time.Time{}, s.program.Now()
	s.is.Agreement.Note(s.is.cell())
	s.chosen, s.newest = 0, ""
	s.arrangePanels()
	s.follow()
}

// Continue shows the next step of a bisect: the plan of the picture with some of the changes. With buys it buys that if it was
// agreed to. A plan of another step, which was overtaken, is ignored.
func (s *Screen) Continue(c *Case, changes []int, next *plan.Plan, buys bool) tea.Cmd {
	if c != s.is || !slices.Equal(changes, c.Search.Status().Next) {
		return nil
	}
	isNew := s.busy
	if !isNew && c.cell() != nil && c.cell().Job != "" {
		return nil // it was bought meanwhile
	}
	s.busy, c.Plan = false, next
	if isNew {
		s.begin()
	} else { // another program goes on with the same picture
		c.Agreement.Note(c.cell())
		s.arrangePanels()
	}
	if cell := c.cell(); buys && cell != nil && cell.State == plan.New && cell.Job == "" && c.Agreement.Take(cell) {
		return s.program.BuyPlan(next, false)
	}
	return nil
}

// Open returns why the screen cannot be opened, in a sentence; "" if it has a bisect.
func (s *Screen) Open() string {
	if s.is == nil {
		return "No bisect was begun."
	}
	s.opened = s.program.Now()
	return ""
}

// Resume selects the chosen picture again.
func (s *Screen) Resume() { s.follow() }

// Subjects returns the chosen picture.
func (s *Screen) Subjects() []list.Subject {
	if s.chosen < len(s.panels) && s.panels[s.chosen].key != "" {
		return []list.Subject{{Key: s.panels[s.chosen].key}}
	}
	return nil
}

// follow selects the chosen picture in the list.
func (s *Screen) follow() {
	if of := s.Subjects(); of != nil {
		s.List.Choose(of[0].Key)
	}
}

// isBuying reports whether the next picture is being bought, or waits for another program.
func (s *Screen) isBuying() bool {
	cell := s.is.cell()
	return cell != nil && (cell.State == plan.Coming || s.program.PlanStatus(s.is.Plan) != "")
}

// Waits reports whether the next picture is not here, and this program does not make it: another one may.
func (s *Screen) Waits() bool {
	cell := s.is.cell()
	return !s.busy && cell != nil && (cell.State == plan.Coming || cell.State == plan.New && cell.Job == "") && s.program.PlanStatus(s.is.Plan) == ""
}

// isMade reports whether the picture that is to be judged is there, and isFailed whether its prediction ended without one.
func (s *Screen) isMade() bool { c := s.is.cell(); return c != nil && c.State == plan.Had }

func (s *Screen) isFailed() bool {
	c := s.is.cell()
	return c != nil && c.State == plan.New && c.Job != "" && !s.isBuying()
}

// State returns what can be done now.
func (s *Screen) State() (now keymap.BisectState) {
	if s.is == nil || s.busy {
		return now
	}
	cell := s.is.cell()
	now.Undoes = len(s.is.Search.Steps()) > 0
	if cell == nil {
		return now
	}
	now.Buys = cell.State == plan.New && !s.isBuying()
	now.Good, now.Bad = s.isMade(), s.isMade() || s.isFailed()
	now.Skips = now.Bad || cell.State == plan.Invalid
	return now
}

// Do runs an action of the screen.
func (s *Screen) Do(act keymap.Action) (cmd tea.Cmd, mine bool) {
	if s.is == nil {
		return nil, false
	}
	switch act {
	case actBuy:
		return s.buy(), true
	case actGood:
		return s.judge(bisect.Good), true
	case actBad:
		return s.judge(bisect.Bad), true
	case actSkip:
		return s.judge(bisect.Skip), true
	case keymap.ActUndo:
		return s.undo(), true
	case keymap.ActLeft:
		s.choose(s.chosen - 1)
	case keymap.ActRight:
		s.choose(s.chosen + 1)
	case actNext:
		s.choose((s.chosen + 1) % len(s.panels))
	case keymap.ActOpen, keymap.ActStar, keymap.ActUse:
		if s.Subjects() == nil {
			s.program.Notify("This picture is not made yet.")
			return nil, true
		}
		return nil, false
	default:
		return nil, false
	}
	return nil, true
}

// choose chooses one of the pictures.
func (s *Screen) choose(i int) {
	s.chosen = max(0, min(i, len(s.panels)-1))
	s.follow()
}

// Click chooses the picture under the pointer, or opens the chosen one.
func (s *Screen) Click(x, y int) tea.Cmd {
	i, ok := s.layout.At(x, y)
	switch {
	case s.is == nil || !ok || i >= len(s.panels):
	case s.layout.Single || i == s.chosen:
		return s.program.Run(keymap.ActOpen)
	default:
		s.choose(i)
	}
	return nil
}

// Wheel chooses the next or the previous picture.
func (s *Screen) Wheel(_, _, by int) tea.Cmd {
	if s.is != nil {
		s.choose(s.chosen + max(-1, min(by, 1)))
	}
	return nil
}
