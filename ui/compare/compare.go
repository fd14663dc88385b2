// Package compare is the screen that shows two to four pictures side by side, of different predictions or of one, with what they share and
// what differs. One of them is chosen: the one under the list's cursor, to which actions apply.
package compare

import (
	"cmp"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/keymap"
	"tintype/ui/layout"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/screen"
	"tintype/ui/wording"
)

// How many pictures can be compared.
const (
	minCompared = 2
	maxCompared = 4
)

// Screen is a comparison. It implements screen.Screen.
type Screen struct {
	screen.Base
	program          screen.Program
	previous         func() (list.Subject, bool)
	subjects         []list.Subject // in the order in which they were made
	shown            int            // on a narrow screen: the index of the one in sight, which is the chosen one once it can be drawn
	hidesDifferences bool           // the differences are hidden
	thumbs           []preview.Thumb
	layout           layout.Compare
	same             []string // what they share, in a few words each
	modelsDiffer     bool
	lines            []string // what differs, as styled lines
}

// New returns an empty comparison. previous returns what was shown before, which a single picture is compared with.
func New(p screen.Program, previous func() (list.Subject, bool)) *Screen {
	return &Screen{Base: screen.Base{List: p.List()}, program: p, previous: previous}
}

// Place is keymap.InCompare.
func (s *Screen) Place() keymap.Place { return keymap.InCompare }

// Open compares what is marked. With a single mark that is compared with what is selected. Without marks a run of several pictures is
// compared picture by picture, and a single picture with the one that was shown before.
func (s *Screen) Open() string {
	subjects, problem := s.comparable()
	if problem != "" {
		return problem
	}
	s.subjects, s.shown = subjects, 0
	if i := slices.Index(subjects, s.List.Current()); i < 0 {
		s.choose(0)
	}
	return ""
}

// Show compares some predictions or pictures, whatever is marked. The last one is chosen.
func (s *Screen) Show(subjects ...list.Subject) {
	s.subjects, s.shown = slices.Clone(subjects), 0
	s.choose(len(subjects) - 1)
}

// IsPossible reports whether there is something to compare.
func (s *Screen) IsPossible() bool {
	_, problem := s.comparable()
	return problem == ""
}

// comparable returns what is to be compared, or a sentence that says why nothing is.
func (s *Screen) comparable() (subjects []list.Subject, problem string) {
	subjects = s.List.Subjects()
	if n := len(subjects); n > maxCompared {
		return nil, fmt.Sprintf("Compare takes 2 to 4; %d are marked.", n)
	}
	if len(subjects) == 1 {
		subjects = s.withAnother(subjects[0])
	}
	if len(subjects) < minCompared {
		return nil, "Nothing to compare with yet: " + wording.Key(keymap.ActMark) + " marks, " + wording.Key(keymap.ActCompare) + " compares the marked."
	}
	slices.SortFunc(subjects, func(a, b list.Subject) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Output, b.Output)) })
	return subjects, ""
}

// withAnother returns what a single subject is compared with, and that.
func (s *Screen) withAnother(one list.Subject) []list.Subject {
	now := s.List.Current()
	if one != now && now.Key != "" { // it is marked
		return []list.Subject{one, now}
	}
	pictures := s.picturesOf(one.Key)
	if one.Output == 0 && len(pictures) >= minCompared {
		return pictures
	}
	if before, ok := s.previous(); ok && before != one && (before.Key != one.Key || before.Output != 0) {
		return []list.Subject{one, before}
	}
	return pictures
}

// picturesOf returns the pictures of a prediction, if there are not too many to compare.
func (s *Screen) picturesOf(key string) (pictures []list.Subject) {
	e, _ := s.List.Entry(key)
	for i, o := range e.Outputs {
		if o.Path != "" && len(e.Outputs) > 1 {
			pictures = append(pictures, list.Subject{Key: key, Output: i + 1})
		}
	}
	if len(pictures) > maxCompared {
		return nil
	}
	return pictures
}

// Compared returns what is compared, in the order in which it was made.
func (s *Screen) Compared() []list.Subject { return s.subjects }

// chosen returns the index of the chosen one.
func (s *Screen) chosen() int { return max(slices.Index(s.subjects, s.List.Current()), 0) }

// Do chooses another one, removes the chosen one, and shows or hides the differences.
func (s *Screen) Do(act keymap.Action) (cmd tea.Cmd, mine bool) {
	if n, ok := act.PictureNumber(); ok {
		if n > len(s.subjects) {
			s.program.Notify(fmt.Sprintf("%d are compared.", len(s.subjects)))
			return nil, true
		}
		s.choose(n - 1)
		return nil, true
	}
	switch act {
	case keymap.ActLeft:
		s.choose(s.chosen() - 1)
	case keymap.ActRight:
		s.choose(s.chosen() + 1)
	case keymap.ActNextCompared:
		s.choose((s.chosen() + 1) % len(s.subjects))
	case keymap.ActMark, keymap.ActMarkUp, keymap.ActMarkDown:
		s.removeChosen()
	case keymap.ActDetails:
		s.hidesDifferences = !s.hidesDifferences
	default:
		return nil, false
	}
	return nil, true
}

func (s *Screen) choose(i int) { s.List.ChooseSubject(s.subjects[max(0, min(i, len(s.subjects)-1))]) }

// removeChosen removes the chosen one and its mark. When only one is left the comparison is closed.
func (s *Screen) removeChosen() {
	i := s.chosen()
	s.program.RememberMarks()
	s.List.Unmark(s.subjects[i])
	s.subjects = slices.Delete(slices.Clone(s.subjects), i, i+1)
	if len(s.subjects) < minCompared {
		s.program.Close()
		return
	}
	s.choose(i)
}

// Subjects returns the chosen one, even if others are marked.
func (s *Screen) Subjects() []list.Subject { return []list.Subject{s.List.Current()} }

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
	s.shown = min(s.shown, len(s.subjects)-1)
	d, known := s.compare()
	s.place(d)
	if !known {
		return
	}
	if _, missing := s.program.Preview().FirstMissing(s.thumbs[s.chosen()].Tiles); !missing {
		s.shown = s.chosen()
	}
	s.same, s.modelsDiffer = d.same, d.hasRow("model")
	s.lines = d.lines(s.layout, s.shown, s.program.Look())
}

// compare compares what is shown. It reports false while an entry is being read.
func (s *Screen) compare() (d difference, known bool) {
	entries := make([]history.Entry, len(s.subjects))
	for i, subject := range s.subjects {
		row, ok := s.List.Row(subject.Key)
		if !ok {
			return difference{}, false
		}
		entries[i] = row.Entry
	}
	return newDifference(entries), true
}

// place places the pictures over the text about a difference.
func (s *Screen) place(d difference) {
	w, h := s.program.Size()
	p := s.program.Preview()
	shapes := make([]layout.Shape, len(s.subjects))
	for i, subject := range s.subjects {
		shapes[i] = p.Shape(subject)
	}
	rows := d.height()
	if s.hidesDifferences {
		rows = 0
	}
	s.layout = layout.ArrangeCompare(w, h, shapes, p.CellAspect(), rows)
	if rows > 0 && len(d.rows) > 0 && !s.layout.Columns { // its columns have a row of letters
		s.layout = layout.ArrangeCompare(w, h, shapes, p.CellAspect(), rows+1)
	}
	s.thumbs = make([]preview.Thumb, len(s.subjects))
	for i, subject := range s.subjects {
		s.thumbs[i] = p.ThumbOf(subject, s.layout.Cells[i])
	}
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
	if want, missing := p.FirstMissingIn(s.thumbs[s.chosen()]); missing {
		return want, true
	}
	return p.FirstMissingIn(s.thumbs...)
}

// Missing returns the keys of those compared.
func (s *Screen) Missing() []string { return list.KeysOf(s.subjects) }
