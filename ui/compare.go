package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/layout"
	"tintype/ui/preview"
)

// The least and the most that are compared.
const (
	comparesLeast = 2
	comparesMost  = 4
)

// comparing is two to four predictions side by side. One of them is chosen: verbs act on it.
type comparing struct {
	from   screen // what it returns to
	keys   []string
	shown  int // the one on a narrow screen: the chosen one, once it can be drawn
	quiet  bool
	cells  []preview.Thumb // the pictures in their places
	placed layout.CompareLayout
	same   []string // what they share, in few words
	lines  []string // what differs, styled
}

// openCompare puts the marked predictions side by side; one alone beside the one seen last.
func (m *Model) openCompare() tea.Cmd {
	keys, why := m.comparable()
	if why != "" {
		m.notify(why)
		return nil
	}
	from := m.baseScreen()
	m.compare = comparing{from: from, keys: keys, quiet: m.compare.quiet}
	m.screen = compareScreen
	if !slices.Contains(keys, m.list.Cursor()) {
		m.list.Choose(keys[0])
	}
	m.list.SetOutput(0)
	return nil
}

// comparable is what is to be compared, or why nothing is, in a sentence.
func (m *Model) comparable() (keys []string, why string) {
	keys = m.list.Targets()
	switch n := len(keys); {
	case n > comparesMost:
		return nil, fmt.Sprintf("Compare takes 2 to 4; %d are marked.", n)
	case n == 1 && keys[0] != m.list.Cursor() && m.list.Cursor() != "":
		keys = append(keys, m.list.Cursor())
	case n == 1:
		if before, ok := m.previousSubject(); ok && before.Key != keys[0] {
			keys = append(keys, before.Key)
		}
	}
	if len(keys) < comparesLeast {
		return nil, "Nothing to compare with yet: space marks, c compares the marked."
	}
	slices.Sort(keys) // in the order in which they were made
	return keys, ""
}

// chosen is the place of the chosen one among those compared.
func (m *Model) chosen() int { return max(slices.Index(m.compare.keys, m.list.Cursor()), 0) }

// chooseCompared chooses the next one, or the one before.
func (m *Model) chooseCompared(by int, around bool) tea.Cmd {
	if m.screen != compareScreen { // run from the help
		m.notify("Nothing is being compared: c compares.")
		return nil
	}
	n, i := len(m.compare.keys), m.chosen()+by
	if around {
		i = (i + n) % n
	}
	m.list.Choose(m.compare.keys[max(0, min(i, n-1))])
	return nil
}

// uncompare takes the chosen one out, and its mark away; a single one is no comparison.
func (m *Model) uncompare() tea.Cmd {
	i := m.chosen()
	key := m.compare.keys[i]
	m.pushMarks()
	m.list.Unmark(key)
	m.compare.keys = slices.Delete(slices.Clone(m.compare.keys), i, i+1)
	if len(m.compare.keys) < comparesLeast {
		m.screen = m.compare.from
		return nil
	}
	m.list.Choose(m.compare.keys[min(i, len(m.compare.keys)-1)])
	return nil
}

// arrangeCompare finds the places of the pictures, and what is the same and what differs.
func (m *Model) arrangeCompare() {
	co := &m.compare
	co.shown = min(co.shown, len(co.keys)-1)
	co.placed = layout.ArrangeComparison(m.terminal.w, m.terminal.h, len(co.keys))
	entries := make([]history.Entry, len(co.keys))
	co.cells = make([]preview.Thumb, len(co.keys))
	for i, key := range co.keys {
		row, ok := m.list.Row(key)
		if !ok { // still being read
			co.cells[i] = preview.Thumb{Key: key, Cell: co.placed.Cells[i]}
			return
		}
		entries[i], co.cells[i] = row.Entry, m.preview.Thumb(key, co.placed.Cells[i])
	}
	if _, missing := m.preview.FirstMissing(co.cells[m.chosen()].Tiles); !missing {
		co.shown = m.chosen()
	}
	d := differ(entries)
	co.same = d.same
	co.lines = m.differenceLines(d, co.placed.Words.W, co.placed.Words.H)
}

// missingCompared is the next picture of a comparison to be made ready, the chosen one's first.
func (m *Model) missingCompared() (preview.FrameKey, bool) {
	if want, missing := m.preview.FirstMissing(m.compare.cells[m.chosen()].Tiles); missing {
		return want, true
	}
	for _, t := range m.compare.cells {
		if want, missing := m.preview.FirstMissing(t.Tiles); missing {
			return want, true
		}
	}
	return preview.FrameKey{}, false
}

// inSight are the places of pictures on a screen of several: of the gallery, or of a comparison.
func (m *Model) inSight() []preview.Thumb {
	switch drawn := m.drawn(); {
	case drawn == galleryScreen:
		return m.gallery.thumbs
	case drawn == compareScreen && m.compare.placed.Single:
		return m.compare.cells[m.compare.shown : m.compare.shown+1]
	case drawn == compareScreen:
		return m.compare.cells
	}
	return nil
}

// targets is what a verb acts on: the marked rows, else the one under the cursor; in a comparison the chosen one.
func (m *Model) targets() []string {
	if m.screen == compareScreen {
		return []string{m.list.Cursor()}
	}
	return m.list.Targets()
}

// onCompareClick chooses the one under the pointer; the chosen one opens.
func (m *Model) onCompareClick(x, y int) tea.Cmd {
	i, ok := m.compare.placed.At(x, y)
	switch {
	case !ok:
		return nil
	case m.compare.placed.Single || i == m.chosen():
		return m.openSelected()
	}
	m.list.Choose(m.compare.keys[i])
	return nil
}

// sameText is what a comparison's pictures share, for its header.
func (m *Model) sameText() string {
	if len(m.compare.same) == 0 {
		return ""
	}
	return "same: " + strings.Join(m.compare.same, string(m.look.Glyphs.Joint))
}
