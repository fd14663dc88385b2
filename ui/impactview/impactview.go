// Package impactview is the screen that shows which phrases of a prompt matter: the prompt with its phrases marked, a list of them with bars
// and numbers, and the pictures with and without the one under the cursor, in the same cells.
package impactview

import (
	"cmp"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/impact"
	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/plan"
	"tintype/ui/preview"
	"tintype/ui/screen"
)

// Program is what the screen needs of the program beside what every screen does.
type Program interface {
	screen.Program
	DuelPictures(pictures []list.Subject) tea.Cmd      // asks which of some pictures is better
	PlanImpact(of history.Entry, by impact.By) tea.Cmd // measures the same prompt by phrases or by words
}

// Measured is what was measured of the prompt of a prediction.
type Measured struct {
	Of         history.Entry
	By         impact.By
	Experiment impact.Experiment
	Result     impact.Result
	Plan       *plan.Plan // of its pictures
}

// Screen is the impact of one prompt at a time. It implements screen.Screen.
type Screen struct {
	screen.Base
	program Program
	shown   *Measured
	keys    [][]string // of the pictures: the entire prompt's, and those without each part, by seed; "": there is none
	order   []int      // indices of the parts, that of the largest impact first
	row     int        // of the cursor, in the order
	top     int        // the first row in sight
	prompt  wrapped    // the prompt as it was drawn last
	seed    int
	without bool // the picture without the part is in sight, and not that of the entire prompt
	opened  bool // on a narrow screen: the picture has the room of the list
	thumb   preview.Thumb
	other   preview.Thumb // what enter shows next
}

// New returns a screen without anything measured.
func New(p Program) *Screen {
	return &Screen{Base: screen.Base{List: p.List()}, program: p}
}

// Place returns the place of the screen in the keymap.
func (s *Screen) Place() keymap.Place { return Place }

// Plan returns the plan of the pictures that were measured; nil if nothing was.
func (s *Screen) Plan() *plan.Plan {
	if s.shown == nil {
		return nil
	}
	return s.shown.Plan
}

// Show shows what was measured, with the cursor on the part that matters most.
func (s *Screen) Show(m Measured) {
	s.row, s.top, s.seed, s.without, s.opened = 0, 0, 0, false, false
	s.set(m)
	s.follow()
}

// Update shows what was measured again of the same plan. The cursor stays on its part.
func (s *Screen) Update(m Measured) {
	part := s.order[s.row]
	s.set(m)
	s.row = slices.Index(s.order, part)
	s.follow()
}

// set sets what is shown: the pictures, and the order of the parts.
func (s *Screen) set(m Measured) {
	s.shown, s.keys, s.prompt = &m, nil, wrapped{}
	for _, cells := range m.Experiment.Cells(m.Plan) {
		keys := make([]string, len(cells))
		for seed, i := range cells {
			if i >= 0 && m.Plan.Cells[i].State == plan.Had {
				keys[seed] = m.Plan.Cells[i].NewestKey()
			}
		}
		s.keys = append(s.keys, keys)
	}
	s.order = make([]int, len(m.Result.Parts))
	for i := range s.order {
		s.order[i] = i
	}
	slices.SortStableFunc(s.order, func(a, b int) int {
		x, y := m.Result.Parts[a], m.Result.Parts[b]
		return cmp.Or(cmp.Compare(min(y.Seeds, 1), min(x.Seeds, 1)), cmp.Compare(y.Impact, x.Impact))
	})
}

// Open returns why the screen cannot be opened, in a sentence; "" if something was measured.
func (s *Screen) Open() string {
	if s.shown == nil {
		return "No impact was measured yet."
	}
	return ""
}

// Resume selects the picture in sight again.
func (s *Screen) Resume() { s.follow() }

// Subjects returns the picture in sight.
func (s *Screen) Subjects() []list.Subject {
	if key := s.key(s.without); key != "" {
		return []list.Subject{{Key: key}}
	}
	return nil
}

// key returns the prediction of the picture without the part under the cursor, or of that of the entire prompt; "" if there is none.
func (s *Screen) key(without bool) string {
	if s.shown == nil || len(s.order) == 0 {
		return ""
	}
	if !without {
		return s.keys[0][s.seed]
	}
	return s.keys[1+s.part()][s.seed]
}

// part returns the index of the part under the cursor.
func (s *Screen) part() int {
	if len(s.order) == 0 {
		return noPart
	}
	return s.order[s.row]
}

// follow selects the picture in sight in the list.
func (s *Screen) follow() {
	if key := s.key(s.without); key != "" {
		s.List.Choose(key)
	}
}

// Do runs an action of the screen.
func (s *Screen) Do(act keymap.Action) (cmd tea.Cmd, mine bool) {
	if s.shown == nil {
		return nil, false
	}
	switch act {
	case keymap.ActUp:
		s.move(s.row - 1)
	case keymap.ActDown:
		s.move(s.row + 1)
	case keymap.ActPageUp:
		s.move(s.row - s.layout().rows.H)
	case keymap.ActPageDown:
		s.move(s.row + s.layout().rows.H)
	case keymap.ActLeft:
		s.turn(-1)
	case keymap.ActRight:
		s.turn(+1)
	case keymap.ActOpen, actFlick:
		s.flick()
	case keymap.ActDuel:
		return s.duel(), true
	case actByWord:
		return s.program.PlanImpact(s.shown.Of, s.otherUnit()), true
	case keymap.ActBack:
		mine = s.opened
		s.opened, s.without = false, false
		return nil, mine
	default:
		return nil, false
	}
	s.follow()
	return nil, true
}

// move moves the cursor to a row, and shows the picture of the entire prompt.
func (s *Screen) move(row int) {
	s.row = max(0, min(row, len(s.order)-1))
	if !s.opened {
		s.without = false
	}
}

// turn shows the pictures of another seed.
func (s *Screen) turn(by int) {
	n := s.shown.Experiment.Seeds
	s.seed = (s.seed + by + n) % n
}

// flick shows the picture without the part in the cells of that with it, and the other way round.
func (s *Screen) flick() {
	if !s.isWide() && !s.opened {
		s.opened = true
		return
	}
	s.without = !s.without
}

// otherUnit returns what is left out at a time if it is not what is shown.
func (s *Screen) otherUnit() impact.By {
	if s.shown.By == impact.Word {
		return impact.Phrase
	}
	return impact.Word
}

// duel asks which is better, with the part or without it.
func (s *Screen) duel() tea.Cmd {
	with, without := s.key(false), s.key(true)
	if with == "" || without == "" {
		s.program.Notify("There are no two pictures of this seed to choose from.")
		return nil
	}
	if with == without {
		s.program.Notify("Both are the same picture.")
		return nil
	}
	return s.program.DuelPictures([]list.Subject{{Key: with}, {Key: without}})
}

// Click moves the cursor to a row, or flicks when it is there or on the picture.
func (s *Screen) Click(x, y int) tea.Cmd {
	if s.shown == nil {
		return nil
	}
	l := s.layout()
	row := s.top + y - l.rows.Y
	switch {
	case s.opened || l.picture.Contains(x, y):
		s.flick()
	case !l.rows.Contains(x, y) || row >= len(s.order):
		return nil
	case row == s.row:
		s.flick()
	default:
		s.move(row)
	}
	s.follow()
	return nil
}

// Wheel moves the cursor.
func (s *Screen) Wheel(_, _, by int) tea.Cmd {
	if s.shown != nil {
		s.move(s.row + max(-1, min(by, 1)))
		s.follow()
	}
	return nil
}
