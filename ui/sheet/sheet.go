package sheet

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
	"tintype/ui/lab"
	"tintype/ui/layout"
	"tintype/ui/list"
	"tintype/ui/plan"
	"tintype/ui/preview"
	"tintype/ui/screen"
)

// Place is where the sheet's keys are pressed.
var Place = keymap.NewPlace("plan")

// Program is what the sheet needs of the program beside what every screen does.
type Program interface {
	screen.Program
	BuyPlan(p *plan.Plan) tea.Cmd         // buys its new cells
	StopPlan(p *plan.Plan) tea.Cmd        // sends nothing more of it
	ChoosePlanCells(p *plan.Plan) tea.Cmd // asks how many of the cells are made, and makes the plan again
	UsePlan(p *plan.Plan) tea.Cmd         // loads its prompt and its axes into the form
	PlanStatus(p *plan.Plan) string       // what is going on with it: "8 running", "Stopped at …"; "" if nothing is
	IsFree() bool                         // the provider bills nothing
}

// A cursor is in the table, on the label of a row (column -1) or of a column (row -1).
type cursor struct{ row, column int }

// Screen is the sheet of a plan. It implements screen.Screen.
type Screen struct {
	screen.Base
	program Program
	table   table
	cursor  cursor
	from    cursor // the first row and column in sight
	size    int    // of the thumbnails, an index of layout.ThumbnailColumns; layout.AnySize until one was chosen
	asList  bool   // it was chosen
	thumbs  []preview.Thumb
}

// New returns the sheet, without a plan.
func New(p Program) *Screen {
	return &Screen{Base: screen.Base{List: p.List()}, program: p, size: layout.AnySize}
}

// Show shows a plan. The cursor stays if it is the same table.
func (s *Screen) Show(p *plan.Plan) {
	if s.table.plan != nil && s.table.plan.Key == p.Key && len(s.table.plan.Cells) == len(p.Cells) {
		s.table.plan = p
		return
	}
	s.table = newTable(p)
	s.cursor, s.from = cursor{}, cursor{}
}

// Plan returns the plan that is shown; nil if there is none.
func (s *Screen) Plan() *plan.Plan { return s.table.plan }

// Place is where its keys are looked up.
func (s *Screen) Place() keymap.Place { return Place }

// Open says why there is no plan.
func (s *Screen) Open() string {
	if s.table.plan == nil {
		return "There is no plan yet."
	}
	s.Resume()
	return ""
}

// Resume selects what is under the cursor.
func (s *Screen) Resume() { s.follow() }

// isList reports whether the plan is shown as a list.
func (s *Screen) isList() bool {
	w, _ := s.program.Size()
	return s.asList || w < minTableWidth
}

// minTableWidth is the width of a screen below which a plan is a list.
const minTableWidth = 72

// cell returns the cell under the cursor.
func (s *Screen) cell() (i int, ok bool) {
	if s.isList() {
		return s.cursor.row, s.table.plan != nil && s.cursor.row >= 0 && s.cursor.row < len(s.table.plan.Cells)
	}
	if s.table.plan == nil || s.cursor.row < 0 || s.cursor.column < 0 {
		return 0, false
	}
	return s.table.at(s.cursor.row, s.cursor.column)
}

// cells returns the cells under the cursor: one, or those of a row or a column if it is on a label.
func (s *Screen) cells() []int {
	switch i, ok := s.cell(); {
	case ok:
		return []int{i}
	case s.isList() || s.table.plan == nil:
		return nil
	}
	return s.table.line(s.cursor.row, s.cursor.column)
}

// follow makes the prediction of the cell under the cursor the list's selected one.
func (s *Screen) follow() {
	if key := s.key(); key != "" && key != s.List.Cursor() {
		s.List.Choose(key)
	}
}

// key returns the key of the prediction under the cursor; "" if there is none.
func (s *Screen) key() string {
	i, ok := s.cell()
	if !ok {
		return ""
	}
	c := &s.table.plan.Cells[i]
	if c.State == plan.Same {
		c = &s.table.plan.Cells[c.SameAs]
	}
	return lab.NewestKey(c)
}

// Subjects returns the prediction of the cell under the cursor.
func (s *Screen) Subjects() []list.Subject {
	if key := s.key(); key != "" {
		return []list.Subject{{Key: key}}
	}
	return nil
}

// Do moves the cursor, leaves cells out, turns the table, and asks the program to buy.
func (s *Screen) Do(act keymap.Action) (cmd tea.Cmd, mine bool) {
	if s.table.plan == nil {
		return nil, false
	}
	switch act {
	case actBuy:
		return s.program.BuyPlan(s.table.plan), true
	case actStop:
		return s.program.StopPlan(s.table.plan), true
	case actHow:
		return s.program.ChoosePlanCells(s.table.plan), true
	case keymap.ActUse:
		if _, onCell := s.cell(); !onCell || s.key() == "" {
			return s.program.UsePlan(s.table.plan), true
		}
		return nil, false
	case keymap.ActOpen, keymap.ActStar, keymap.ActCopy:
		if s.key() == "" {
			s.program.Notify("There is no picture here yet.")
			return nil, true
		}
		return nil, false
	}
	if !s.move(act) && !s.change(act) {
		return nil, false
	}
	s.follow()
	return nil, true
}

// change changes how the plan is shown, and which cells are left out.
func (s *Screen) change(act keymap.Action) bool {
	switch act {
	case actTurn:
		s.table.turn()
		s.cursor, s.from = cursor{}, cursor{}
	case actNextSlice:
		s.table.slice(+1)
	case actPreviousSlice:
		s.table.slice(-1)
	case keymap.ActDetails:
		s.asList = !s.asList
		s.cursor, s.from = cursor{}, cursor{}
	case keymap.ActLarger:
		s.resize(+1)
	case keymap.ActSmaller:
		s.resize(-1)
	case keymap.ActMark:
		s.leaveOut()
	default:
		return false
	}
	return true
}

// leaveOut leaves the cells under the cursor out, or takes them in again if all of them are.
func (s *Screen) leaveOut() {
	cells := s.cells()
	all := true
	for _, i := range cells {
		if state := s.table.plan.Cells[i].State; state != plan.LeftOut && state != plan.Invalid {
			all = false
		}
		if s.table.plan.Cells[i].Job != "" && s.table.plan.Cells[i].State == plan.Coming {
			s.program.Notify("It is running. X stops what is not sent yet.")
			return
		}
	}
	s.table.plan.LeaveOut(cells, !all)
}

// resize makes the thumbnails larger or smaller.
func (s *Screen) resize(by int) {
	size := s.grid().size + by
	if size >= 0 && size < len(layout.ThumbnailColumns) {
		s.size = size
	}
}

// move moves the cursor. It stops at the ends; before the first cell is the label.
func (s *Screen) move(act keymap.Action) bool {
	rows, columns := s.table.size()
	page := max(s.grid().rows, 1)
	least := -1
	if s.isList() {
		rows, columns, least = len(s.table.plan.Cells), 1, 0
	}
	to := s.cursor
	switch act {
	case keymap.ActUp:
		to.row--
	case keymap.ActDown:
		to.row++
	case keymap.ActLeft:
		to.column--
	case keymap.ActRight:
		to.column++
	case keymap.ActPageUp:
		to.row = max(to.row-page, 0)
	case keymap.ActPageDown:
		to.row = min(to.row+page, rows-1)
	default:
		return false
	}
	to.row, to.column = min(max(to.row, least), rows-1), min(max(to.column, least), columns-1)
	if to.row < 0 && (to.column < 0 || s.table.right < 0) || to.column < 0 && s.table.down < 0 {
		return true // there is no label
	}
	s.cursor = to
	return true
}

// Arrange computes which cells are in sight, and where their pictures are.
func (s *Screen) Arrange() {
	s.thumbs = nil
	if s.table.plan == nil {
		return
	}
	if s.isList() {
		s.scrollTo(&s.from.row, s.cursor.row, s.listRows())
		return
	}
	g := s.grid()
	s.scrollTo(&s.from.row, max(s.cursor.row, 0), g.rows)
	s.scrollTo(&s.from.column, max(s.cursor.column, 0), g.columns)
	for row := range g.rows {
		for column := range g.columns {
			if i, ok := s.table.at(s.from.row+row, s.from.column+column); ok && s.inTable(s.from.row+row, s.from.column+column) {
				if key := s.shownKey(i); key != "" {
					s.thumbs = append(s.thumbs, s.program.Preview().Thumb(key, g.cell(row, column)))
				}
			}
		}
	}
}

// inTable reports whether a row and a column exist.
func (s *Screen) inTable(row, column int) bool {
	rows, columns := s.table.size()
	return row < rows && column < columns
}

// shownKey returns the key of the prediction whose picture is drawn in a cell; "" for none.
func (s *Screen) shownKey(i int) string {
	c := &s.table.plan.Cells[i]
	if c.State != plan.Had {
		return ""
	}
	return lab.NewestKey(c)
}

// scrollTo changes the first index in sight so that another one is in sight.
func (s *Screen) scrollTo(first *int, index, page int) {
	*first = max(min(*first, index), index-max(page, 1)+1, 0)
}

// Pictures returns the thumbnails.
func (s *Screen) Pictures() screen.Pictures {
	return screen.Pictures{Thumbs: s.thumbs, FromThumbnails: true}
}

// NextPicture returns the next thumbnail to render.
func (s *Screen) NextPicture() (preview.FrameKey, bool) {
	for _, thumb := range s.thumbs {
		if want, missing := s.program.Preview().FirstMissing(thumb.Tiles); missing {
			return want, true
		}
	}
	return preview.FrameKey{}, false
}

// Missing returns the keys of the plan's predictions whose entries are needed.
func (s *Screen) Missing() (keys []string) {
	if s.table.plan == nil {
		return nil
	}
	for i := range s.table.plan.Cells {
		if key := lab.NewestKey(&s.table.plan.Cells[i]); key != "" && len(keys) < mostMissing {
			if _, ok := s.List.Row(key); !ok {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// mostMissing is how many entries are asked for at once.
const mostMissing = 200
