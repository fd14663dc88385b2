package duel

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/rank"
)

// Rows of the ranking that are not its lines: the header and the heading above them, the caption and the last row below.
const (
	rankingTop   = 2
	rankingBelow = 2

	leastPanel = 26 // columns of the picture beside the lines
)

// doInRanking runs an action of the ranking.
func (s *Screen) doInRanking(act keymap.Action) (cmd tea.Cmd, mine bool) {
	page := max(s.height()-1, 1)
	switch act {
	case keymap.ActUp:
		s.move(-1)
	case keymap.ActDown:
		s.move(+1)
	case keymap.ActPageUp:
		s.move(-page)
	case keymap.ActPageDown:
		s.move(+page)
	case keymap.ActDuel:
		s.goOn()
	case keymap.ActOpen, keymap.ActStar:
		s.follow()
		return nil, len(s.contest.ranking.Items) == 0
	default:
		return nil, false
	}
	return nil, true
}

// goOn shows a pair again.
func (s *Screen) goOn() {
	if !s.contest.hasPair {
		s.program.Notify(s.contest.whyNoPair())
		return
	}
	s.ranked, s.seen = false, pairView{}
}

// whyNoPair says why no pair is left.
func (c *Contest) whyNoPair() string {
	if len(c.pictures) < 2 {
		return "No pair is left: fewer than two pictures can be shown."
	}
	return "No pair is left: all were skipped."
}

// move moves the cursor through the pictures, and then through what is said below them.
func (s *Screen) move(by int) {
	s.cursor = max(0, min(s.cursor+by, s.lineCount()-1))
	s.follow()
}

// follow selects the picture under the cursor in the list.
func (s *Screen) follow() {
	if len(s.contest.ranking.Items) > 0 {
		s.List.ChooseSubject(s.subjectOf(s.item().Picture))
	}
}

// Resume selects the picture under the cursor of the ranking again.
func (s *Screen) Resume() {
	if s.ranked && s.contest != nil {
		s.follow()
	}
}

// item returns what is under the cursor; below the pictures, the last one.
func (s *Screen) item() rank.Item {
	items := s.contest.ranking.Items
	if len(items) == 0 {
		return rank.Item{}
	}
	return items[max(0, min(s.cursor, len(items)-1))]
}

// height returns how many lines are in sight.
func (s *Screen) height() int {
	_, h := s.program.Size()
	return max(h-rankingTop-rankingBelow, 1)
}

// lineCount returns how many lines there are: one for each picture, and those below.
func (s *Screen) lineCount() int { return len(s.contest.ranking.Items) + len(s.tail()) }

// scroll brings the cursor in sight.
func (s *Screen) scroll() {
	n := s.lineCount()
	s.cursor = max(0, min(s.cursor, n-1))
	s.top = max(s.cursor-s.height()+1, min(s.top, s.cursor))
	s.top = max(0, min(s.top, n-s.height()))
}

// panel returns the place of the picture under the cursor; empty on a narrow screen.
func (s *Screen) panel() cell.Rect {
	w, h := s.program.Size()
	if w < narrow {
		return cell.Rect{}
	}
	width := max(w/3, leastPanel)
	return cell.Rect{X: w - width, Y: rankingTop, W: width, H: max(h-rankingTop-rankingBelow, 1)}
}

// textWidth returns how many columns the lines have.
func (s *Screen) textWidth() int {
	w, _ := s.program.Size()
	if panel := s.panel(); !panel.Empty() {
		return panel.X - gutter
	}
	return w
}

// rankingThumbs returns the picture under the cursor.
func (s *Screen) rankingThumbs() []preview.Thumb {
	panel, at := s.panel(), s.item().Picture
	if panel.Empty() || at.Key == "" {
		return []preview.Thumb{}
	}
	return []preview.Thumb{s.program.Preview().ThumbOf(list.Subject{Key: at.Key, Output: at.Output}, panel)}
}

// Click selects the picture in a row of the ranking, or opens the selected one. In a duel the picture that was clicked is the better one.
func (s *Screen) Click(x, y int) tea.Cmd {
	if s.contest == nil {
		return nil
	}
	if !s.ranked {
		return s.clickPair(x, y)
	}
	at := s.top + y - rankingTop
	if y < rankingTop || at >= len(s.contest.ranking.Items) || y >= rankingTop+s.height() {
		return nil
	}
	if at == s.cursor {
		return s.program.Run(keymap.ActOpen)
	}
	s.cursor = at
	s.follow()
	return nil
}

// clickPair answers for the picture under the pointer.
func (s *Screen) clickPair(x, y int) tea.Cmd {
	left, right := s.rooms()
	switch {
	case s.isSingle():
		s.flick()
	case left.Contains(x, y):
		return s.program.Run(keymap.ActLeft)
	case right.Contains(x, y):
		return s.program.Run(keymap.ActRight)
	}
	return nil
}

// Wheel moves through the ranking. In a duel it does nothing.
func (s *Screen) Wheel(_, _, by int) tea.Cmd {
	if s.ranked && s.contest != nil {
		s.move(max(-1, min(by, 1)))
	}
	return nil
}
