// Package compare is the screen that shows two to four predictions side by side, with what they share and what differs. One of them is
// chosen: the one under the list's cursor, to which actions apply.
package compare

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/keymap"
	"tintype/ui/layout"
	"tintype/ui/preview"
	"tintype/ui/screen"
	"tintype/ui/wording"
)

// How many predictions can be compared.
const (
	minCompared = 2
	maxCompared = 4
)

// Screen is a comparison. It implements screen.Screen.
type Screen struct {
	screen.Base
	program          screen.Program
	previous         func() (key string, ok bool)
	keys             []string // in the order in which they were made
	shown            int      // on a narrow screen: the index of the one in sight, which is the chosen one once it can be drawn
	hidesDifferences bool     // the differences are hidden
	thumbs           []preview.Thumb
	layout           layout.Compare
	same             []string // what they share, in a few words each
	lines            []string // what differs, as styled lines
}

// New returns an empty comparison. previous returns the prediction that was shown before, which a single one is compared with.
func New(p screen.Program, previous func() (key string, ok bool)) *Screen {
	return &Screen{Base: screen.Base{List: p.List()}, program: p, previous: previous}
}

// Place is keymap.InCompare.
func (s *Screen) Place() keymap.Place { return keymap.InCompare }

// Open compares the marked predictions, or a single one with the one that was shown before.
func (s *Screen) Open() string {
	keys, problem := s.comparable()
	if problem != "" {
		return problem
	}
	s.keys, s.shown = keys, 0
	if !slices.Contains(keys, s.List.Cursor()) {
		s.List.Choose(keys[0])
	}
	s.List.SetOutput(0)
	return ""
}

// comparable returns the keys of what is to be compared, or a sentence that says why nothing is.
func (s *Screen) comparable() (keys []string, problem string) {
	keys = s.List.Targets()
	switch n := len(keys); {
	case n > maxCompared:
		return nil, fmt.Sprintf("Compare takes 2 to 4; %d are marked.", n)
	case n == 1 && keys[0] != s.List.Cursor() && s.List.Cursor() != "":
		keys = append(keys, s.List.Cursor())
	case n == 1:
		if before, ok := s.previous(); ok && before != keys[0] {
			keys = append(keys, before)
		}
	}
	if len(keys) < minCompared {
		return nil, "Nothing to compare with yet: " + wording.Key(keymap.ActMark) + " marks, " + wording.Key(keymap.ActCompare) + " compares the marked."
	}
	slices.Sort(keys)
	return keys, ""
}

// chosen returns the index of the chosen one.
func (s *Screen) chosen() int { return max(slices.Index(s.keys, s.List.Cursor()), 0) }

// Do chooses another one, removes the chosen one, and shows or hides the differences.
func (s *Screen) Do(act keymap.Action) (cmd tea.Cmd, mine bool) {
	switch act {
	case keymap.ActLeft:
		s.choose(s.chosen() - 1)
	case keymap.ActRight:
		s.choose(s.chosen() + 1)
	case keymap.ActNextCompared:
		s.choose((s.chosen() + 1) % len(s.keys))
	case keymap.ActMark, keymap.ActMarkUp, keymap.ActMarkDown:
		s.removeChosen()
	case keymap.ActDetails:
		s.hidesDifferences = !s.hidesDifferences
	default:
		return nil, false
	}
	return nil, true
}

func (s *Screen) choose(i int) { s.List.Choose(s.keys[max(0, min(i, len(s.keys)-1))]) }

// removeChosen removes the chosen one and its mark. When only one is left the comparison is closed.
func (s *Screen) removeChosen() {
	i := s.chosen()
	s.program.RememberMarks()
	s.List.Unmark(s.keys[i])
	s.keys = slices.Delete(slices.Clone(s.keys), i, i+1)
	if len(s.keys) < minCompared {
		s.program.Close()
		return
	}
	s.choose(i)
}

// Targets returns the chosen one, even if others are marked.
func (s *Screen) Targets() []string { return []string{s.List.Cursor()} }

// Click chooses the one under the pointer, or opens the chosen one.
func (s *Screen) Click(x, y int) tea.Cmd {
	i, ok := s.layout.At(x, y)
	switch {
	case !ok:
		return nil
	case s.layout.Single || i == s.chosen():
		return s.program.Run(keymap.ActOpen)
	}
	s.choose(i)
	return nil
}

// Wheel chooses the next or previous one.
func (s *Screen) Wheel(_, _, by int) tea.Cmd {
	if by < 0 {
		s.choose(s.chosen() - 1)
	} else {
		s.choose(s.chosen() + 1)
	}
	return nil
}

// Arrange computes the places of the pictures, and what is the same and what differs.
func (s *Screen) Arrange() {
	w, h := s.program.Size()
	s.shown = min(s.shown, len(s.keys)-1)
	s.layout = layout.ArrangeCompare(w, h, len(s.keys))
	entries := make([]history.Entry, len(s.keys))
	s.thumbs = make([]preview.Thumb, len(s.keys))
	for i, key := range s.keys {
		row, ok := s.List.Row(key)
		if !ok { // its entry is being read
			s.thumbs[i] = preview.Thumb{Key: key, Cell: s.layout.Cells[i]}
			return
		}
		entries[i], s.thumbs[i] = row.Entry, s.program.Preview().Thumb(key, s.layout.Cells[i])
	}
	if _, missing := s.program.Preview().FirstMissing(s.thumbs[s.chosen()].Tiles); !missing {
		s.shown = s.chosen()
	}
	d := newDifference(entries)
	s.same = d.same
	s.lines = d.lines(s.layout.Differences.W, s.layout.Differences.H, s.program.Look())
}

// Pictures returns those compared, or on a narrow screen one of them.
func (s *Screen) Pictures() screen.Pictures {
	if s.layout.Single {
		return screen.Pictures{Thumbs: s.thumbs[s.shown : s.shown+1]}
	}
	return screen.Pictures{Thumbs: s.thumbs}
}

// NextPicture returns the next picture to render, the chosen one's first.
func (s *Screen) NextPicture() (preview.FrameKey, bool) {
	p := s.program.Preview()
	if want, missing := p.FirstMissing(s.thumbs[s.chosen()].Tiles); missing {
		return want, true
	}
	for _, t := range s.thumbs {
		if want, missing := p.FirstMissing(t.Tiles); missing {
			return want, true
		}
	}
	return preview.FrameKey{}, false
}

// Missing returns the keys of those compared.
func (s *Screen) Missing() []string { return s.keys }
