// Package tree is the screen of where predictions came from: a tree of rows, the oldest at the top. The path to the prediction that it was opened
// for is straight, and the branches beside it are folded, with a count. Each row says what changed from its parent.
package tree

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
	"tintype/ui/lineage"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/screen"
	"tintype/ui/text"
	"tintype/ui/wording"
)

// Program is what the tree needs of the program beside what every screen does.
type Program interface {
	screen.Program
	CompareThese(subjects ...list.Subject) // opens the comparison of two to four
}

// Screen is the tree of one prediction at a time. It implements screen.Screen.
type Screen struct {
	screen.Base
	program Program

	tree  lineage.Tree
	short func(key string) string // a key as it is shown
	open  map[string]bool         // the keys of members whose branches are shown
	rows  []row                   // those that are shown, in order
	at    int                     // index in rows of the cursor
	top   int                     // index in rows of the first one in sight
	flick flick
	words map[int][]text.Safe // of members: what changed
	thumb thumb               // the picture that is drawn
	want  thumb               // the picture that is to be drawn
}

// flick is what the place of the picture shows while a picture and its parent's are flicked.
type flick int

const (
	flickOff    flick = iota // the picture under the cursor, if there is room beside the rows
	flickOwn                 // the same, in the room of the rows
	flickParent              // its parent's
)

// New returns a screen without a tree.
func New(p Program) *Screen {
	return &Screen{Base: screen.Base{List: p.List()}, program: p}
}

// Show shows a tree, with the cursor on the prediction that it was made for. short returns a key as it is shown.
func (s *Screen) Show(t lineage.Tree, short func(key string) string) {
	isOther := len(s.tree.Members) == 0 || selectedKey(&s.tree) != selectedKey(&t)
	s.set(t, short)
	if isOther {
		s.open = map[string]bool{}
		s.openChain(t.Selected)
	}
	s.flick = flickOff
	s.thumb, s.want = thumb{}, thumb{}
	s.refold(t.Selected)
	s.top = max(s.at-s.layout().rows.H/2, 0)
	s.follow()
}

// Update shows what is new in the tree that is shown. The cursor stays on its prediction and in its row of the screen, and what is folded stays so.
func (s *Screen) Update(t lineage.Tree, short func(key string) string) {
	if len(s.rows) == 0 || selectedKey(&s.tree) != selectedKey(&t) {
		return
	}
	key, above := s.member().Key, s.at-s.top
	s.set(t, short)
	member := slices.IndexFunc(t.Members, func(m lineage.Member) bool { return m.Key == key })
	if member < 0 { // it was taken out of the journal
		member = t.Selected
	}
	s.refold(member)
	s.top = max(s.at-above, 0)
	if _, problem := s.parent(); problem != "" {
		s.flick = flickOff
	}
}

// set keeps a tree whose words are still to be made.
func (s *Screen) set(t lineage.Tree, short func(key string) string) {
	s.tree, s.short, s.words = t, short, map[int][]text.Safe{}
}

// Of returns the key of the prediction whose tree is shown; "" without a tree.
func (s *Screen) Of() string {
	if len(s.tree.Members) == 0 {
		return ""
	}
	return selectedKey(&s.tree)
}

func selectedKey(t *lineage.Tree) string { return t.Members[t.Selected].Key }

// Place returns the place of the tree in the keymap.
func (s *Screen) Place() keymap.Place { return Place }

// Open returns why the tree cannot be opened, in a sentence; "" if it has one.
func (s *Screen) Open() string {
	if len(s.rows) == 0 {
		return "No tree is open."
	}
	return ""
}

// Resume selects the prediction under the cursor again.
func (s *Screen) Resume() { s.follow() }

// Subjects returns the prediction under the cursor.
func (s *Screen) Subjects() []list.Subject {
	if m := s.member(); m != nil && !m.Missing {
		return []list.Subject{{Key: m.Key}}
	}
	return nil
}

// State returns what can be done with the row under the cursor.
func (s *Screen) State() (now keymap.TreeState) {
	m := s.member()
	if m == nil {
		return now
	}
	_, problem := s.parent()
	now.Here, now.Parent = !m.Missing, problem == ""
	now.Folds, now.Unfolds = s.showsBranches(s.rows[s.at].Member), s.rows[s.at].Hidden > 0
	return now
}

// Do runs an action of the tree.
func (s *Screen) Do(act keymap.Action) (cmd tea.Cmd, mine bool) {
	if len(s.rows) == 0 {
		return nil, false
	}
	if s.move(act) {
		s.flick = flickOff
		s.follow()
		return nil, true
	}
	s.follow()
	switch act {
	case keymap.ActOpen, keymap.ActUse, keymap.ActStar, keymap.ActFinal, keymap.ActTree, keymap.ActImpact:
		return nil, !s.isHere()
	case keymap.ActCompare:
		s.compare()
	case actFlick:
		s.toggleFlick()
	case keymap.ActBack:
		return nil, s.endFlick()
	default:
		return nil, false
	}
	return nil, true
}

// isHere reports whether the prediction under the cursor is in the history, and says so if it is not.
func (s *Screen) isHere() bool {
	if m := s.member(); m.Missing {
		s.program.Notify(notHere)
		return false
	}
	return true
}

const notHere = "This run is not here: only its key is known."

// member returns what is under the cursor; nil without a tree.
func (s *Screen) member() *lineage.Member {
	if len(s.rows) == 0 {
		return nil
	}
	return &s.tree.Members[s.rows[s.at].Member]
}

// parent returns the key of the main parent of what is under the cursor, or a sentence that says why there is none.
func (s *Screen) parent() (key, problem string) {
	m := s.member()
	switch {
	case m.Missing:
		return "", notHere
	case m.Main < 0:
		return "", "This run came from no other one."
	case s.tree.Members[m.Main].Missing:
		return "", "The run that this one came from is not here."
	}
	return s.tree.Members[m.Main].Key, ""
}

// compare compares what is under the cursor with its parent.
func (s *Screen) compare() {
	key, problem := s.parent()
	if problem != "" {
		s.program.Notify(problem)
		return
	}
	s.program.CompareThese(list.Subject{Key: key}, list.Subject{Key: s.member().Key})
}

// toggleFlick shows the parent's picture in place of the one under the cursor, or that one again. Without room for a picture beside the rows, both
// are shown in the room of the rows.
func (s *Screen) toggleFlick() {
	parent, problem := s.parent()
	hasPlace := !s.layout().picture.Empty()
	switch {
	case problem != "":
		s.program.Notify(problem)
	case !s.hasPicture(s.member().Key) && !s.hasPicture(parent):
		s.program.Notify("Neither this run nor the one that it came from has a picture here.")
	case s.flick == flickParent && hasPlace:
		s.flick = flickOff
	case s.flick == flickParent:
		s.flick = flickOwn
	case s.flick == flickOff && !hasPlace:
		s.flick = flickOwn
		s.program.Notify(wording.Key(actFlick) + " shows its parent in the same place.")
	default:
		s.flick = flickParent
	}
}

// hasPicture reports whether a prediction has a picture, or its entry is not read yet.
func (s *Screen) hasPicture(key string) bool {
	e, known := s.List.Entry(key)
	return !known || preview.HasPicture(e)
}

// endFlick ends the flicking; it is false if nothing was flicked.
func (s *Screen) endFlick() bool {
	was := s.flick != flickOff
	s.flick = flickOff
	return was
}

// follow selects the prediction under the cursor in the list.
func (s *Screen) follow() {
	if m := s.member(); m != nil && !m.Missing {
		s.List.Choose(m.Key)
	}
}
