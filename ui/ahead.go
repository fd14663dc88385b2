package ui

import (
	"cmp"
	"slices"

	"tintype/ui/cell"
	"tintype/ui/layout"
	"tintype/ui/picture"
	"tintype/ui/preview"
)

// How far ahead of the hand pictures are made ready while nobody waits for one.
const (
	roughAhead  = 6   // predictions on either side of the selected one, in rough cells
	wholeAhead  = 1   // of these as well as cells can be
	filedAhead  = 200 // predictions beyond the gallery's pages: their thumbnails alone, on the disk
	filedBefore = 40
	filedLatest = 20 // of what was saved in this sitting
	filedKnown  = 10_000
)

// missingFrame is the next picture to be made ready: of what is in sight, then of what may come into sight with the next key.
func (m *Model) missingFrame() (preview.FrameKey, bool) {
	switch m.screen {
	case galleryScreen:
		return m.missingThumb()
	case compareScreen:
		return m.missingCompared()
	}
	if want, missing := m.preview.NextMissing(m.now()); missing {
		return want, true
	}
	if t, ok := m.inputPreview(); ok {
		if want, missing := m.preview.FirstMissing([]preview.Tile{t}); missing {
			return want, true
		}
	}
	if want, missing := m.missingNeighbour(); missing {
		return want, true
	}
	return m.unfiled()
}

// missingNeighbour is the next picture beside the selected one, and then that one itself as large as enter would show it. None is
// wanted from the form; while the best of the selected one has still to come, as behind a held key, they are wanted roughly.
func (m *Model) missingNeighbour() (preview.FrameKey, bool) {
	if m.inForm() || m.preview.Zoom.Percent != 0 || !m.preview.Want.Same(m.preview.Shown) {
		return preview.FrameKey{}, false
	}
	beside := m.neighbours()
	for _, sc := range beside {
		if want, missing := m.preview.FirstDraft(sc); missing {
			return want, true
		}
	}
	if m.preview.SharpenIn(m.now()) > 0 {
		return preview.FrameKey{}, false
	}
	if m.terminal.can.Protocol == picture.Blocks {
		for _, sc := range beside[:min(2*wholeAhead, len(beside))] {
			if want, missing := m.preview.FirstMissing(sc.Tiles); missing {
				return want, true
			}
		}
	}
	return m.preview.FirstDraft(m.enlarged())
}

// neighbours are the predictions on either side of the selected one where they would stand, the nearest first, and first the one
// that the hand is going to. Those that have not been read are left out.
func (m *Model) neighbours() []preview.Scene {
	keys := m.list.Keys()
	at, ok := m.list.Index(m.list.Cursor())
	if !ok {
		return nil
	}
	var beside []preview.Scene
	room := m.pictureRoom()
	for d := 1; d <= roughAhead; d++ {
		for _, i := range [2]int{at + d*m.list.Direction(), at - d*m.list.Direction()} {
			if i < 0 || i >= keys.Len() {
				continue
			}
			if e, known := m.list.Entry(keys.At(i)); known && hasPicture(e) {
				beside = append(beside, preview.SceneOf(e, 0, room, m.terminal.can, m.session.History.Path))
			}
		}
	}
	return beside
}

// enlarged is the selected prediction as it would stand on the whole screen; empty there.
func (m *Model) enlarged() preview.Scene {
	e, ok := m.list.Selected()
	if !ok || m.screen == full || m.layout.Full.Empty() {
		return preview.Scene{}
	}
	room := m.layout.Full
	if m.factsLent() {
		room, _ = layout.LendThird(room)
	}
	return preview.SceneOf(e, 0, room, m.terminal.can, m.session.History.Path)
}

// missingThumb is the next picture of the gallery to be made ready: the one under the cursor, the one that the next page key puts
// there, the others in sight from the cursor outwards, and, when these are there, those of the next page and of the one before.
func (m *Model) missingThumb() (preview.FrameKey, bool) {
	if m.sizeInSight() > preview.FramesBudget*3/4 {
		return preview.FrameKey{}, false // a screen of uncommon size: more would only put out what is there
	}
	near := m.nearest()
	for i, t := range near {
		if want, missing := m.preview.FirstMissing(t.tiles); missing {
			return want, true
		}
		if i > 0 {
			continue
		}
		if want, missing := m.missingTurned(m.list.Direction()); missing {
			return want, true
		}
	}
	if want, missing := m.missingTurned(-m.list.Direction()); missing {
		return want, true
	}
	if want, missing := m.missingAhead(); missing {
		return want, true
	}
	if want, missing := m.preview.FirstDraft(m.enlarged()); missing {
		return want, true
	}
	return m.unfiled()
}

// nearest are the thumbnails in sight from the cursor outwards: its row first, then the rows beside that.
func (m *Model) nearest() []thumb {
	near := slices.Clone(m.gallery.thumbs)
	at := slices.IndexFunc(near, func(t thumb) bool { return t.key == m.list.Cursor() })
	if at < 0 {
		return near
	}
	from := near[at].cell
	slices.SortStableFunc(near, func(a, b thumb) int {
		return cmp.Or(cmp.Compare(gap(a.cell.Y, from.Y), gap(b.cell.Y, from.Y)), cmp.Compare(gap(a.cell.X, from.X), gap(b.cell.X, from.X)))
	})
	return near
}

func gap(a, b int) int { return max(a-b, b-a) }

// missingTurned is the picture that stands under the cursor once the page is turned: with it no page begins empty.
func (m *Model) missingTurned(toward int) (preview.FrameKey, bool) {
	keys := m.list.Keys()
	at, ok := m.list.Index(m.list.Cursor())
	if next := at + toward*m.list.Height(); ok && next >= 0 && next < keys.Len() && m.sendsAhead() {
		return m.preview.FirstMissing(m.thumb(keys.At(next), m.sheet().Cell(0)).tiles)
	}
	return preview.FrameKey{}, false
}

// sendsAhead tells whether thumbnails are made ready before they are seen: not over SSH where they are pixels, which cost more
// than work.
func (m *Model) sendsAhead() bool {
	return !m.terminal.can.Remote || m.terminal.can.Protocol == picture.Blocks
}

// missingAhead is the next picture beyond those in sight that is worth having, in the order in which they come with page
// down, then page up. Beyond half of what the frames may take, none is.
func (m *Model) missingAhead() (preview.FrameKey, bool) {
	if !m.sendsAhead() {
		return preview.FrameKey{}, false
	}
	used := m.sizeInSight()
	for _, key := range m.aheadKeys() {
		if used > preview.FramesBudget/2 {
			return preview.FrameKey{}, false
		}
		t := m.thumb(key, m.sheet().Cell(0))
		if want, missing := m.preview.FirstMissing(t.tiles); missing {
			return want, true
		}
		used += m.preview.Frames.Sizes(t.tiles)
	}
	return preview.FrameKey{}, false
}

// sizeInSight is how many bytes the pictures in sight take.
func (m *Model) sizeInSight() int {
	used := 0
	for _, t := range m.gallery.thumbs {
		used += m.preview.Frames.Sizes(t.tiles)
	}
	return used
}

// aheadKeys are the predictions of the next page, the nearest first, and then those of the page before.
func (m *Model) aheadKeys() []string { return m.list.Around(0, m.list.Height(), m.list.Height()) }

// unfiled is the next picture whose thumbnail is to be made for later: of what was saved in this sitting, and in the gallery of
// what lies some pages ahead.
func (m *Model) unfiled() (preview.FrameKey, bool) {
	cell := m.sheet().Cell(0)
	for _, key := range m.preview.Latest[max(len(m.preview.Latest)-filedLatest, 0):] {
		if want, missing := m.unfiledOf(key, cell); missing {
			return want, true
		}
	}
	if m.screen != galleryScreen {
		return preview.FrameKey{}, false
	}
	for _, key := range m.farKeys() {
		if want, missing := m.unfiledOf(key, cell); missing {
			return want, true
		}
	}
	return preview.FrameKey{}, false
}

// farKeys are the predictions beyond the pages beside this one.
func (m *Model) farKeys() []string { return m.list.Around(m.list.Height(), filedAhead, filedBefore) }

// filing is a prediction whose thumbnails lie on the disk, for cells of such a size.
type filing struct {
	key  string
	w, h int
}

// unfiledOf is the next picture of a prediction without a thumbnail. That there is none is remembered.
func (m *Model) unfiledOf(key string, cell cell.Rect) (preview.FrameKey, bool) {
	done := filing{key, cell.W, cell.H}
	e, ok := m.list.Entry(key)
	if !ok || !hasPicture(e) || m.background.filed[done] {
		return preview.FrameKey{}, false
	}
	for _, t := range preview.SceneOf(e, 0, cell, m.terminal.can, m.session.History.Path).Tiles {
		want := t.FrameKey
		want.Made = preview.Filed
		if _, is := m.preview.Frames.Get(want); !is && m.preview.Errors[t.Path] == "" {
			return want, true
		}
	}
	if m.background.filed == nil || len(m.background.filed) >= filedKnown {
		m.background.filed = map[filing]bool{}
	}
	m.background.filed[done] = true
	return preview.FrameKey{}, false
}

// worthIt tells whether a picture that is being made ready is to be finished though another one is wanted first: it
// stands on the same screen.
func (m *Model) worthIt(key preview.FrameKey) bool {
	if key == (preview.FrameKey{}) || m.screen == full {
		return false
	}
	return slices.ContainsFunc(m.inSight(), func(t thumb) bool {
		return slices.ContainsFunc(t.tiles, func(t preview.Tile) bool { return t.FrameKey == key })
	})
}
