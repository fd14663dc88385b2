package duel

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history/duels"
	"tintype/ui/format"
	"tintype/ui/guard"
	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/rank"
	"tintype/ui/screen"
	"tintype/ui/wording"
)

// Screen is a duel, and the ranking under it. It implements screen.Screen.
type Screen struct {
	screen.Base
	program screen.Program
	contest *Contest
	ahead   []rank.Pair // which may come next
	changes int         // how often contest was replaced
	busy    bool        // a command is to replace it
	dirty   bool        // duels were recorded that searches do not know of

	ranked  bool // the ranking is shown
	cursor  int  // of the ranking: an item, or the lines below the last one
	top     int  // the first line of the ranking in sight
	seen    pairView
	flicks  bool // one picture has the room of both
	right   bool // and it is the right one
	looked  bool // both were seen, where only one is in sight at a time
	reveals bool
	zoom    zoom

	presses guard.Presses // of the keys that change which duels there are
	press   int           // how many of them there were
}

// pairView is what is in sight of a pair.
type pairView struct {
	pair   rank.Pair
	thumbs []preview.Thumb // of the left and the right one; none until both are ready
	room   [2]int          // the size of the screen
	since  time.Time       // when the pair came in sight
}

// New returns a screen without pictures.
func New(p screen.Program) *Screen {
	return &Screen{Base: screen.Base{List: p.List()}, program: p}
}

// Show begins the duels of a contest. Those that were made before on this screen can be undone.
func (s *Screen) Show(c *Contest) {
	if s.contest != nil {
		c.takeOver(s.contest)
	}
	*s = Screen{Base: s.Base, program: s.program, dirty: s.dirty, changes: s.changes}
	s.set(c)
	for _, sentence := range c.said {
		s.program.Notify(sentence)
	}
}

// Result is what a command of the screen has found.
type Result struct {
	contest *Contest
	ahead   []rank.Pair
	changes int // of the screen, when the command began
	isAhead bool
	wrote   bool
	err     error

	press int            // of the screen
	do    func() tea.Cmd // for a key that might have been held: what it does if it was not
}

// OnResult shows what a command has found, and returns the next one.
func (s *Screen) OnResult(r Result) tea.Cmd {
	s.dirty = s.dirty || r.wrote
	if r.changes != s.changes {
		return nil // other pictures are compared now
	}
	if r.isAhead {
		s.ahead = r.ahead
		return nil
	}
	if r.do != nil {
		if r.press != s.press {
			return nil // it is held
		}
		return r.do()
	}
	s.busy = false
	if r.err != nil {
		s.program.Notify(format.Sentence(format.Clean(r.err.Error())))
		return nil
	}
	s.set(r.contest)
	return s.Ahead()
}

// Ahead returns a command that finds the pairs that may come next, so that their pictures are ready.
func (s *Screen) Ahead() tea.Cmd {
	c, changes := s.contest, s.changes
	return func() tea.Msg { return Result{ahead: c.ahead(), changes: changes, isAhead: true} }
}

// set shows a contest. Where all pairs were skipped its ranking is shown.
func (s *Screen) set(c *Contest) {
	before := s.contest
	s.contest, s.ahead = c, nil
	s.changes++
	if before == nil || before.pair != c.pair {
		s.right, s.looked, s.reveals, s.zoom = false, false, false, zoom{}
	}
	if !c.hasPair {
		s.ranked = true
		s.program.Notify(c.whyNoPair())
	}
}

// TakeDirty reports whether duels were recorded since the last call.
func (s *Screen) TakeDirty() bool {
	was := s.dirty
	s.dirty = false
	return was
}

// Place is Place, or RankingPlace.
func (s *Screen) Place() keymap.Place {
	if s.ranked {
		return RankingPlace
	}
	return Place
}

// Open returns why there is no duel, in a sentence; "" if there are pictures.
func (s *Screen) Open() string {
	if s.contest == nil {
		return "Nothing is being compared."
	}
	return ""
}

// State returns what can be done now.
func (s *Screen) State() keymap.DuelState {
	return keymap.DuelState{CanUndo: s.contest != nil && len(s.contest.mine) > 0, Revealed: s.reveals, Unseen: s.isNarrow() && !s.looked, Flicks: s.isFlicking()}
}

// Subjects returns the picture under the cursor of the ranking. In a duel it returns none.
func (s *Screen) Subjects() []list.Subject {
	if !s.ranked || s.contest == nil {
		return nil
	}
	return []list.Subject{s.subjectOf(s.item().Picture)}
}

// subjectOf returns what the list knows a picture as.
func (s *Screen) subjectOf(p duels.Picture) list.Subject {
	if len(s.contest.entries[p.Key].Outputs) > 1 {
		return list.Subject{Key: p.Key, Output: p.Output}
	}
	return list.Subject{Key: p.Key}
}

// Do runs an action of the duel, or of the ranking.
func (s *Screen) Do(act keymap.Action) (cmd tea.Cmd, mine bool) {
	if s.contest == nil {
		return nil, false
	}
	if s.ranked {
		return s.doInRanking(act)
	}
	switch act {
	case keymap.ActLeft:
		return s.answer(act, duels.A), true
	case keymap.ActRight:
		return s.answer(act, duels.B), true
	case keymap.ActUp:
		return s.answer(act, duels.Tie), true
	case keymap.ActDown:
		return s.answer(act, duels.Bad), true
	case actSkip:
		return s.skip(), true
	case keymap.ActUndo:
		return s.undo(), true
	case actFlick:
		s.flick()
	case actShow:
		s.reveals = true
	case keymap.ActBack:
		s.back()
	case keymap.ActDuel: // of the menu: it is on
	default:
		return nil, s.look(act)
	}
	return nil, true
}

// back shows both pictures again, or the ranking.
func (s *Screen) back() {
	if s.isFlicking() {
		s.flicks = false
		return
	}
	s.ranked, s.cursor, s.top = true, 0, 0
	s.follow()
}

// isFlicking reports whether one picture has the room of both by choice, and not because the screen is narrow.
func (s *Screen) isFlicking() bool { return s.flicks && !s.isNarrow() }

// flick shows one picture in the room of both, and then the other one in the same cells.
func (s *Screen) flick() {
	if !s.flicks && !s.isNarrow() {
		s.flicks, s.right = true, false
		return
	}
	s.right, s.looked = !s.right, true
}

// once runs what a key does, unless it is a repeat of one that is held: each press judges, skips or undoes one pair.
func (s *Screen) once(key guard.Press, do func() tea.Cmd) tea.Cmd {
	switch key {
	case guard.HeldPress:
		return nil
	case guard.MaybePress:
		due := Result{changes: s.changes, press: s.press, do: do}
		return tea.Tick(guard.RepeatPause, func(time.Time) tea.Msg { return due })
	}
	return do()
}

// pressed records a key.
func (s *Screen) pressed(act keymap.Action) guard.Press {
	s.press++
	return s.presses.Kind(string(act), s.program.Now())
}

// answer records an answer to the pair in sight. One that was pressed before the pair was in sight for a moment is none.
func (s *Screen) answer(act keymap.Action, won duels.Outcome) tea.Cmd {
	key := s.pressed(act)
	switch {
	case s.busy || len(s.seen.thumbs) == 0 || s.seen.pair != s.contest.pair || s.program.Now().Sub(s.seen.since) < guard.Grace:
		return nil
	case s.reveals:
		s.program.Notify("This pair is revealed, so it is not judged: " + wording.Key(actSkip) + " goes on.")
		return nil
	case s.isNarrow() && !s.looked:
		s.program.Notify("Look at the other one first: " + wording.Key(actFlick) + " shows it.")
		return nil
	}
	return s.once(key, func() tea.Cmd {
		return s.replace(func(c *Contest) (*Contest, error) { return c.answer(won) }, true)
	})
}

// skip goes on to another pair.
func (s *Screen) skip() tea.Cmd {
	return s.once(s.pressed(actSkip), func() tea.Cmd {
		return s.replace(func(c *Contest) (*Contest, error) { return c.skip(), nil }, false)
	})
}

// undo makes the last duel that was made here not count.
func (s *Screen) undo() tea.Cmd {
	key := s.pressed(keymap.ActUndo)
	if len(s.contest.mine) == 0 {
		s.program.Notify("Nothing to undo: no duel of these pictures since the program began.")
		return nil
	}
	return s.once(key, func() tea.Cmd { return s.replace((*Contest).undo, true) })
}

// replace replaces the contest by what a function returns, which runs in the background.
func (s *Screen) replace(by func(*Contest) (*Contest, error), writes bool) tea.Cmd {
	if s.busy {
		return nil
	}
	s.busy = true
	c, changes := s.contest, s.changes
	return func() tea.Msg {
		next, err := by(c)
		return Result{contest: next, changes: changes, wrote: writes && err == nil, err: err}
	}
}
