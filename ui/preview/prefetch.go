package preview

import (
	"cmp"
	"slices"
	"time"

	"tintype/ui/cell"
	"tintype/ui/picture"
)

// How many predictions on either side of the selected one are made ready while no picture in sight is missing.
const (
	draftsAhead = 6
	sharpAhead  = 1 // of these as well as cells can be
)

// How many predictions beyond the neighbouring pages of a gallery get thumbnails in advance. A held page down then fills each page in a
// fifteenth of the time that the pictures take to decode.
const (
	thumbnailsAhead   = 200
	thumbnailsBefore  = 40
	maxMadeThumbnails = 10_000 // predictions of which this is remembered
)

// lacks reports whether the frame of a tile still has to be rendered.
func (p *Preview) lacks(t Tile) bool {
	_, ok := p.frames.get(t.FrameKey)
	return !ok && p.errors[t.Path] == ""
}

// lacksAll reports whether a tile does not even have a draft.
func (p *Preview) lacksAll(t Tile) bool {
	_, ok := p.frames.best(t.FrameKey)
	return !ok && p.errors[t.Path] == ""
}

// FirstMissing returns the first of some tiles that has no frame yet.
func (p *Preview) FirstMissing(tiles []Tile) (FrameKey, bool) {
	if i := slices.IndexFunc(tiles, p.lacks); i >= 0 {
		return tiles[i].FrameKey, true
	}
	return FrameKey{}, false
}

// FirstMissingIn returns the first tile of some thumbnails that has no frame yet.
func (p *Preview) FirstMissingIn(thumbs ...Thumb) (FrameKey, bool) {
	for _, t := range thumbs {
		if want, missing := p.FirstMissing(t.Tiles); missing {
			return want, true
		}
	}
	return FrameKey{}, false
}

// firstDraft returns the draft of the first tile of a coming scene that could not be drawn at all.
func (p *Preview) firstDraft(sc Scene) (FrameKey, bool) {
	if i := slices.IndexFunc(sc.Tiles, p.lacksAll); i >= 0 {
		return sc.Tiles[i].draft(), true
	}
	return FrameKey{}, false
}

// Next returns the picture to make ready next: of the wanted scene, of other tiles in sight, and then of what the next key may show.
func (p *Preview) Next(now time.Time, others ...Tile) (FrameKey, bool) {
	if want, missing := p.nextWanted(now); missing {
		return want, true
	}
	if want, missing := p.FirstMissing(others); missing {
		return want, true
	}
	return p.nextNeighbour(now)
}

// nextWanted is what the wanted scene needs next: a draft for each tile that has nothing, and then, once the user has paused, the best
// that the terminal shows.
func (p *Preview) nextWanted(now time.Time) (FrameKey, bool) {
	if i := slices.IndexFunc(p.want.Tiles, p.lacksAll); i >= 0 {
		return p.want.Tiles[i].first(), true
	}
	if p.sharpenIn(now) > 0 {
		return FrameKey{}, false
	}
	return p.FirstMissing(p.want.Tiles)
}

// sharpenIn is how long the wanted scene stays a draft; 0 if it need not wait, or is as good as can be.
func (p *Preview) sharpenIn(now time.Time) time.Duration {
	if _, lacks := p.FirstMissing(p.want.Tiles); !lacks {
		return 0
	}
	return max(0, SharpenDelay-now.Sub(p.turnedAt))
}

// nextNeighbour is the next picture beside the selected one, and then the selected one as large as enter would show it. The form needs
// none; until the selected one is sharp, as while a key is held, drafts are enough.
func (p *Preview) nextNeighbour(now time.Time) (FrameKey, bool) {
	if p.place.InForm || p.zoom.percent != 0 || !p.want.Equal(p.shown) {
		return FrameKey{}, false
	}
	beside := p.neighbours()
	for _, sc := range beside {
		if want, missing := p.firstDraft(sc); missing {
			return want, true
		}
	}
	if p.sharpenIn(now) > 0 {
		return FrameKey{}, false
	}
	if p.place.Caps.Protocol == picture.Blocks {
		for _, sc := range beside[:min(2*sharpAhead, len(beside))] {
			if want, missing := p.FirstMissing(sc.Tiles); missing {
				return want, true
			}
		}
	}
	return p.firstDraft(p.enlarged())
}

// neighbours are the predictions on either side of the selected one as the preview would show them, the nearest first. Of two equally
// near ones, the one in the direction of the last move comes first. Those that have not been read are left out.
func (p *Preview) neighbours() []Scene {
	keys := p.list.Keys()
	at, ok := p.list.Index(p.list.Cursor())
	if !ok {
		return nil
	}
	var beside []Scene
	for d := 1; d <= draftsAhead; d++ {
		for _, i := range [2]int{at + d*p.list.Direction(), at - d*p.list.Direction()} {
			if i < 0 || i >= keys.Len() {
				continue
			}
			if e, known := p.list.Entry(keys.At(i)); known && HasPicture(e) {
				beside = append(beside, p.scene(e, 0, p.room()))
			}
		}
	}
	return beside
}

// enlarged is the selected prediction as the entire screen would show it; empty if it is shown that way already.
func (p *Preview) enlarged() Scene {
	e, ok := p.list.Entry(p.list.Cursor())
	if !ok || p.place.IsFull || p.place.Screen.Empty() {
		return Scene{}
	}
	return p.scene(e, 0, leave(p.place.Screen, p.details))
}

// NextOfPage returns the next picture of a gallery to make ready: the one under the cursor, the one that the next page key puts there,
// the others in sight from the cursor outwards, and then those of the next page and of the one before. thumbs are in sight; pictures that
// have no place yet are made ready for a cell like first.
func (p *Preview) NextOfPage(thumbs []Thumb, first cell.Rect) (FrameKey, bool) {
	if p.sizeOf(thumbs) > frameBudget*3/4 {
		return FrameKey{}, false // on an uncommonly large screen more pictures would only evict those that are there
	}
	toward := p.list.Direction()
	for i, t := range p.fromCursor(thumbs) {
		if want, missing := p.FirstMissing(t.Tiles); missing {
			return want, true
		}
		if i > 0 {
			continue
		}
		if want, missing := p.nextTurned(first, toward); missing {
			return want, true
		}
	}
	if want, missing := p.nextTurned(first, -toward); missing {
		return want, true
	}
	if want, missing := p.nextBeside(thumbs, first); missing {
		return want, true
	}
	if want, missing := p.firstDraft(p.enlarged()); missing {
		return want, true
	}
	return p.nextThumbnail(first)
}

// fromCursor are thumbs from the selected one outwards: its row first, then the rows beside that.
func (p *Preview) fromCursor(thumbs []Thumb) []Thumb {
	near := slices.Clone(thumbs)
	at := slices.IndexFunc(near, func(t Thumb) bool { return t.Key == p.list.Cursor() })
	if at < 0 {
		return near
	}
	from := near[at].Cell
	distance := func(a, b int) int { return max(a-b, b-a) }
	slices.SortStableFunc(near, func(a, b Thumb) int {
		return cmp.Or(
			cmp.Compare(distance(a.Cell.Y, from.Y), distance(b.Cell.Y, from.Y)), cmp.Compare(distance(a.Cell.X, from.X), distance(b.Cell.X, from.X)),
		)
	})
	return near
}

// nextTurned is the picture that will be under the cursor after the next page key. Rendering it in advance keeps a new page from starting
// empty.
func (p *Preview) nextTurned(first cell.Rect, toward int) (FrameKey, bool) {
	keys := p.list.Keys()
	at, ok := p.list.Index(p.list.Cursor())
	if next := at + toward*p.list.Height(); ok && next >= 0 && next < keys.Len() && p.sendsAhead() {
		return p.FirstMissing(p.Thumb(keys.At(next), first).Tiles)
	}
	return FrameKey{}, false
}

// sendsAhead reports whether thumbnails are made ready before they are in sight: not over SSH if they are pixels, which cost more than
// work.
func (p *Preview) sendsAhead() bool {
	return !p.place.Caps.Remote || p.place.Caps.Protocol == picture.Blocks
}

// nextBeside is the next picture of the pages beside the one in sight: of the next page, then of the one before. There is none once the
// frames take half of their budget.
func (p *Preview) nextBeside(thumbs []Thumb, first cell.Rect) (FrameKey, bool) {
	if !p.sendsAhead() {
		return FrameKey{}, false
	}
	used := p.sizeOf(thumbs)
	for _, key := range p.beside() {
		if used > frameBudget/2 {
			return FrameKey{}, false
		}
		t := p.Thumb(key, first)
		if want, missing := p.FirstMissing(t.Tiles); missing {
			return want, true
		}
		used += p.frames.size(t.Tiles)
	}
	return FrameKey{}, false
}

// nextThumbnail is the next picture beyond the pages beside this one whose thumbnail has to be made.
func (p *Preview) nextThumbnail(first cell.Rect) (FrameKey, bool) {
	for _, key := range p.beyond() {
		made := madeThumbnails{key, first.W, first.H}
		e, ok := p.list.Entry(key)
		if !ok || !HasPicture(e) || p.renders.made[made] {
			continue
		}
		for _, t := range p.scene(e, 0, first).Tiles {
			if t.Quality = ThumbnailOnly; p.lacks(t) {
				return t.FrameKey, true
			}
		}
		if len(p.renders.made) >= maxMadeThumbnails {
			clear(p.renders.made)
		}
		p.renders.made[made] = true
	}
	return FrameKey{}, false
}

// beside are the predictions of the next page, the nearest first, and then those of the page before; beyond are those after them.
func (p *Preview) beside() []string { return p.list.Around(0, p.list.Height(), p.list.Height()) }

func (p *Preview) beyond() []string {
	return p.list.Around(p.list.Height(), thumbnailsAhead, thumbnailsBefore)
}

// Ahead returns the predictions out of sight whose entries NextOfPage needs.
func (p *Preview) Ahead() []string { return append(p.beside(), p.beyond()...) }

// sizeOf is how many bytes the frames of some thumbs take.
func (p *Preview) sizeOf(thumbs []Thumb) int {
	size := 0
	for _, t := range thumbs {
		size += p.frames.size(t.Tiles)
	}
	return size
}
