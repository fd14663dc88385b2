package ui

import (
	"cmp"
	"slices"

	"tintype/ui/picture"
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
func (m *Model) missingFrame() (frameKey, bool) {
	switch m.screen {
	case galleryScreen:
		return m.missingThumb()
	case compareScreen:
		return m.missingCompared()
	}
	if want, missing := m.stage.missing(m.now()); missing {
		return want, true
	}
	if t, ok := m.inputPreview(); ok {
		if want, missing := m.stage.lacks([]tile{t}); missing {
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
func (m *Model) missingNeighbour() (frameKey, bool) {
	if m.inForm() || m.stage.zoom.percent != 0 || !m.stage.want.same(m.stage.shown) {
		return frameKey{}, false
	}
	beside := m.neighbours()
	for _, sc := range beside {
		if want, missing := m.stage.roughly(sc); missing {
			return want, true
		}
	}
	if m.stage.sharpens(m.now()) > 0 {
		return frameKey{}, false
	}
	if m.terminal.can.Protocol == picture.Blocks {
		for _, sc := range beside[:min(2*wholeAhead, len(beside))] {
			if want, missing := m.stage.lacks(sc.tiles); missing {
				return want, true
			}
		}
	}
	return m.stage.roughly(m.enlarged())
}

// neighbours are the predictions on either side of the selected one where they would stand, the nearest first, and first the one
// that the hand is going to. Those that have not been read are left out.
func (m *Model) neighbours() []scene {
	keys := m.list.keys()
	at, ok := m.list.index(m.list.cursor)
	if !ok {
		return nil
	}
	var beside []scene
	room := m.pictureRoom()
	for d := 1; d <= roughAhead; d++ {
		for _, i := range [2]int{at + d*m.list.toward(), at - d*m.list.toward()} {
			if i < 0 || i >= keys.Len() {
				continue
			}
			if e, known := m.list.rows[keys.At(i)]; known && hasPicture(e) {
				beside = append(beside, sceneOf(e, 0, room, m.terminal.can, m.session.History.Path))
			}
		}
	}
	return beside
}

// enlarged is the selected prediction as it would stand on the whole screen; empty there.
func (m *Model) enlarged() scene {
	e, ok := m.list.selected()
	if !ok || m.screen == full || m.layout.full.empty() {
		return scene{}
	}
	room := m.layout.full
	if m.factsLent() {
		room, _ = lendThird(room)
	}
	return sceneOf(e, 0, room, m.terminal.can, m.session.History.Path)
}

// missingThumb is the next picture of the gallery to be made ready: the one under the cursor, the one that the next page key puts
// there, the others in sight from the cursor outwards, and, when these are there, those of the next page and of the one before.
func (m *Model) missingThumb() (frameKey, bool) {
	if m.sizeInSight() > framesBudget*3/4 {
		return frameKey{}, false // a screen of uncommon size: more would only put out what is there
	}
	near := m.nearest()
	for i, t := range near {
		if want, missing := m.stage.lacks(t.tiles); missing {
			return want, true
		}
		if i > 0 {
			continue
		}
		if want, missing := m.missingTurned(m.list.toward()); missing {
			return want, true
		}
	}
	if want, missing := m.missingTurned(-m.list.toward()); missing {
		return want, true
	}
	if want, missing := m.missingAhead(); missing {
		return want, true
	}
	if want, missing := m.stage.roughly(m.enlarged()); missing {
		return want, true
	}
	return m.unfiled()
}

// nearest are the thumbnails in sight from the cursor outwards: its row first, then the rows beside that.
func (m *Model) nearest() []thumb {
	near := slices.Clone(m.gallery.thumbs)
	at := slices.IndexFunc(near, func(t thumb) bool { return t.key == m.list.cursor })
	if at < 0 {
		return near
	}
	from := near[at].cell
	slices.SortStableFunc(near, func(a, b thumb) int {
		return cmp.Or(cmp.Compare(gap(a.cell.y, from.y), gap(b.cell.y, from.y)), cmp.Compare(gap(a.cell.x, from.x), gap(b.cell.x, from.x)))
	})
	return near
}

func gap(a, b int) int { return max(a-b, b-a) }

// missingTurned is the picture that stands under the cursor once the page is turned: with it no page begins empty.
func (m *Model) missingTurned(toward int) (frameKey, bool) {
	keys := m.list.keys()
	at, ok := m.list.index(m.list.cursor)
	if next := at + toward*m.list.height; ok && next >= 0 && next < keys.Len() && m.sendsAhead() {
		return m.stage.lacks(m.thumb(keys.At(next), m.sheet().cell(0)).tiles)
	}
	return frameKey{}, false
}

// sendsAhead tells whether thumbnails are made ready before they are seen: not over SSH where they are pixels, which cost more
// than work.
func (m *Model) sendsAhead() bool {
	return !m.terminal.can.Remote || m.terminal.can.Protocol == picture.Blocks
}

// missingAhead is the next picture beyond those in sight that is worth having, in the order in which they come with page
// down, then page up. Beyond half of what the frames may take, none is.
func (m *Model) missingAhead() (frameKey, bool) {
	if !m.sendsAhead() {
		return frameKey{}, false
	}
	used := m.sizeInSight()
	for _, key := range m.aheadKeys() {
		if used > framesBudget/2 {
			return frameKey{}, false
		}
		t := m.thumb(key, m.sheet().cell(0))
		if want, missing := m.stage.lacks(t.tiles); missing {
			return want, true
		}
		used += m.stage.frames.sizes(t.tiles)
	}
	return frameKey{}, false
}

// sizeInSight is how many bytes the pictures in sight take.
func (m *Model) sizeInSight() int {
	used := 0
	for _, t := range m.gallery.thumbs {
		used += m.stage.frames.sizes(t.tiles)
	}
	return used
}

// aheadKeys are the predictions of the next page, the nearest first, and then those of the page before.
func (m *Model) aheadKeys() []string { return m.list.around(0, m.list.height, m.list.height) }

// unfiled is the next picture whose thumbnail is to be made for later: of what was saved in this sitting, and in the gallery of
// what lies some pages ahead.
func (m *Model) unfiled() (frameKey, bool) {
	cell := m.sheet().cell(0)
	for _, key := range m.stage.latest[max(len(m.stage.latest)-filedLatest, 0):] {
		if want, missing := m.unfiledOf(key, cell); missing {
			return want, true
		}
	}
	if m.screen != galleryScreen {
		return frameKey{}, false
	}
	for _, key := range m.farKeys() {
		if want, missing := m.unfiledOf(key, cell); missing {
			return want, true
		}
	}
	return frameKey{}, false
}

// farKeys are the predictions beyond the pages beside this one.
func (m *Model) farKeys() []string { return m.list.around(m.list.height, filedAhead, filedBefore) }

// filing is a prediction whose thumbnails lie on the disk, for cells of such a size.
type filing struct {
	key  string
	w, h int
}

// unfiledOf is the next picture of a prediction without a thumbnail. That there is none is remembered.
func (m *Model) unfiledOf(key string, cell rect) (frameKey, bool) {
	done := filing{key, cell.w, cell.h}
	e, ok := m.list.rows[key]
	if !ok || !hasPicture(e) || m.work.filed[done] {
		return frameKey{}, false
	}
	for _, t := range sceneOf(e, 0, cell, m.terminal.can, m.session.History.Path).tiles {
		want := t.frameKey
		want.made = filed
		if _, is := m.stage.frames.get(want); !is && m.stage.troubles[t.path] == "" {
			return want, true
		}
	}
	if m.work.filed == nil || len(m.work.filed) >= filedKnown {
		m.work.filed = map[filing]bool{}
	}
	m.work.filed[done] = true
	return frameKey{}, false
}

// worthIt tells whether a picture that is being made ready is to be finished though another one is wanted first: it
// stands on the same screen.
func (m *Model) worthIt(key frameKey) bool {
	if key == (frameKey{}) || m.screen == full {
		return false
	}
	return slices.ContainsFunc(m.inSight(), func(t thumb) bool {
		return slices.ContainsFunc(t.tiles, func(t tile) bool { return t.frameKey == key })
	})
}
