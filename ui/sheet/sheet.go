// Package sheet is the screen of a plan: a table of its cells, in which their pictures appear while they are bought. Two axes are in sight,
// and the others are slices. It buys nothing itself: the program does.
package sheet

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/plan"
	"tintype/ui/screen"
	"tintype/ui/text"
)

// Program is what the sheet needs of the program beside what every screen does.
type Program interface {
	screen.Program
	BuyPlan(p *plan.Plan, again bool) tea.Cmd // buys its new cells; again: those that are had, too
	StopPlan(p *plan.Plan) tea.Cmd            // sends nothing more of it
	ChoosePlanCells(p *plan.Plan) tea.Cmd     // asks how many of the cells are made, and makes the plan again
	UsePlan(p *plan.Plan) tea.Cmd             // loads its prompt and its axes into the form
	PlanStatus(p *plan.Plan) string           // how far its purchase is; "" if it is not being bought
	IsSending(p *plan.Plan) bool              // some of its cells wait to be sent
	BudgetLeft() string                       // what is left of the budget; "" without a limit
	IsFree() bool                             // the provider bills nothing
}

// Screen is the sheet of one plan at a time. It implements screen.Screen.
type Screen struct {
	screen.Base
	program Program
	plan    *plan.Plan
	earlier []*plan.Plan   // those from which this one was opened, which esc shows again
	cells   map[string]int // index of a cell by its place

	rows, columns int   // indices of the axes in sight; -1: none
	slice         []int // index of the value of each axis, for those that are slices
	sliced        slicing
	row, column   int // of the cursor; -1 is the labels
	top, left     int // the first row and column in sight
	zoom          int // steps by which cells are larger than fits
	asList        bool
	flicks        bool // one picture of the row has the room of the table
	thumbs        []thumb
	laid          grid // the layout of the table, and what it was computed for
	laidFor       layout
	labelled      map[int][]text.Safe // labels of the axes that were shown
	totals        plan.Totals         // when the screen was arranged last: a plan may have thousands of cells
	lastBuy       time.Time           // when y was pressed last
	shown         time.Time           // when another table was put on the screen
}

// New returns a sheet without a plan.
func New(p Program) *Screen {
	return &Screen{Base: screen.Base{List: p.List()}, program: p}
}

// Plan returns the plan that is shown; nil if there was none yet.
func (s *Screen) Plan() *plan.Plan { return s.plan }

// mostAcross is how many values an axis may have to be put across because it is the longer one: a screen is wider than high. More are
// put down, since pages turn downwards.
const mostAcross = 12

// Show shows a plan. The cursor stays if it is the same table; otherwise the axes in sight are the first two that are not
// seeds, the longer one across if it is not very long.
func (s *Screen) Show(p *plan.Plan) {
	if s.plan != nil && isSameTable(s.plan, p) {
		s.plan = p
		return
	}
	s.plan, s.row, s.column, s.top, s.left, s.flicks = p, 0, 0, 0, 0, false
	s.shown = s.program.Now()
	s.slice = make([]int, len(p.Axes))
	s.labelled, s.laidFor, s.sliced = map[int][]text.Safe{}, layout{}, slicing{}
	s.cells = make(map[string]int, len(p.Cells))
	for i := range p.Cells {
		s.cells[string(place(p.Cells[i].At))] = i
	}
	order := s.order()
	s.rows, s.columns = -1, -1
	if len(order) > 0 {
		s.columns = order[0]
	}
	if len(order) > 1 {
		s.rows, s.columns = order[0], order[1]
		rows, columns := s.count(s.rows), s.count(s.columns)
		if rows > columns && rows <= mostAcross || columns > rows && columns > mostAcross {
			s.rows, s.columns = s.columns, s.rows
		}
	}
	if len(p.Cells) > 0 {
		s.choose(0)
	}
	s.follow()
}

// isSameTable reports whether two plans have the same cells with the same labels. The same spec makes other ones when a list of values
// has changed, or other cells were chosen.
func isSameTable(a, b *plan.Plan) bool {
	return a.Key == b.Key && slices.EqualFunc(a.Axes, b.Axes, func(a, b plan.Axis) bool {
		return slices.Equal(a.Of, b.Of) && slices.EqualFunc(a.Values, b.Values, func(a, b plan.Value) bool { return a.Text == b.Text })
	}) && slices.EqualFunc(a.Cells, b.Cells, func(a, b plan.Cell) bool { return slices.Equal(a.At, b.At) })
}

// order returns the axes with several values, seeds last: the first two are put in sight.
func (s *Screen) order() (axes []int) {
	var seeds []int
	for i, a := range s.plan.Axes {
		switch {
		case len(a.Values) < 2:
		case a.Sets(plan.OfSeed):
			seeds = append(seeds, i)
		default:
			axes = append(axes, i)
		}
	}
	return append(axes, seeds...)
}

// Place returns the place of the sheet in the keymap.
func (s *Screen) Place() keymap.Place { return Place }

// Open returns why the sheet cannot be opened, in a sentence; "" if it has a plan.
func (s *Screen) Open() string {
	if s.plan == nil {
		return "No plan is open."
	}
	s.shown, s.earlier = s.program.Now(), nil
	return ""
}

// Resume selects the prediction of the cell under the cursor again.
func (s *Screen) Resume() { s.follow() }

// Subjects returns the prediction of the cell under the cursor.
func (s *Screen) Subjects() []list.Subject {
	if key := s.keyOf(s.current()); key != "" {
		return []list.Subject{{Key: key}}
	}
	return nil
}

// Do runs an action of the sheet.
func (s *Screen) Do(act keymap.Action) (cmd tea.Cmd, mine bool) {
	if s.plan == nil {
		return nil, false
	}
	if s.move(act) {
		s.follow()
		return nil, true
	}
	s.follow() // the cell may have got its prediction since the cursor came to it
	switch act {
	case actBuy:
		return s.buy(false), true
	case actAgain:
		return s.buy(true), true
	case actStop:
		return s.program.StopPlan(s.plan), true
	case actHow:
		if s.mayChange("choose") {
			return s.program.ChoosePlanCells(s.plan), true
		}
	case actLeaveOut:
		s.leaveOut()
	case keymap.ActUse:
		if s.row < 0 || s.column < 0 {
			return s.program.UsePlan(s.plan), true
		}
		return nil, !s.hasPrediction()
	case keymap.ActOpen, keymap.ActStar, keymap.ActTree, keymap.ActImpact:
		return nil, !s.hasPrediction()
	case actBack:
		return nil, s.endFlick() || s.showEarlier()
	case actFlick:
		s.flick()
	default:
		return nil, false
	}
	return nil, true
}

// endFlick shows the table again; it is false if that is in sight.
func (s *Screen) endFlick() bool {
	was := s.flicks
	s.flicks = false
	return was
}

// ShowOver shows a plan that was opened from the one on the screen, to which esc returns.
func (s *Screen) ShowOver(p *plan.Plan) {
	if s.plan != nil && s.plan.Key != p.Key {
		s.earlier = append(s.earlier, s.plan)
	}
	s.Show(p)
}

// showEarlier shows the plan from which this one was opened; it is false if there is none.
func (s *Screen) showEarlier() bool {
	n := len(s.earlier)
	if n == 0 {
		return false
	}
	before := s.earlier[n-1]
	s.earlier = s.earlier[:n-1]
	s.Show(before)
	return true
}

// hasPrediction reports whether the cell under the cursor has a prediction, and says so if it has none.
func (s *Screen) hasPrediction() bool {
	if s.keyOf(s.current()) != "" {
		return true
	}
	s.program.Notify("This cell has no picture yet.")
	return false
}

// isBuying reports whether the plan is being bought.
func (s *Screen) isBuying() bool { return s.program.PlanStatus(s.plan) != "" }

// State returns what can be done with the plan now.
func (s *Screen) State() (now keymap.PlanState) {
	if s.plan == nil {
		return now
	}
	_, slices := s.sliceNumber()
	now.Slices, now.Turns, now.Sends = slices > 1 && !s.showsList(), len(s.order()) > 1 && !s.showsList(), s.program.IsSending(s.plan)
	w, _ := s.program.Size()
	now.Buying, now.Table, now.List = s.isBuying(), !s.showsList(), s.asList && w >= narrow
	now.Buys = s.totals.New > 0 && !now.Buying
	for i := range s.plan.Cells {
		if s.plan.Cells[i].NewestKey() != "" {
			now.Pictures = true
			break
		}
	}
	return now
}

// flick shows the picture under the cursor in the room of the table, and then the next one of its row.
func (s *Screen) flick() {
	if !s.flicks {
		if s.hasPrediction() {
			s.flicks = true
		}
		return
	}
	n := s.columnCount()
	for i := 1; i <= n; i++ {
		next := (max(s.column, 0) + i) % n
		if s.keyOf(s.at(s.row, next)) != "" {
			s.column = next
			break
		}
	}
	s.follow()
}
