package preview

import (
	"slices"

	"tintype/ui/cell"
	"tintype/ui/picture"
)

// ImageLayer lays pictures over the frames of text: picture.Overlay, the program's output.
type ImageLayer interface {
	Place(slot int, f picture.Frame, x, y int) // with the next frame
	Remove(slot int)
	Send(b []byte) error // at once, between two frames
	Flush() error        // draws what is due, if no frame has done so
	Frames() int64       // how many frames were written
}

// placement is a picture over the text and its first cell. Pictures of sixel, iTerm2 and kitty's direct protocol are not part of the
// text. The zero placement is an empty slot.
type placement struct {
	key  FrameKey
	x, y int
}

// Cover is what no picture may be laid over.
type Cover struct {
	All    bool        // no picture is in sight
	Screen cell.Rect   // the terminal: a picture over its edge would scroll it
	Over   []cell.Rect // text that covers the pictures for a while; the terminal keeps the rest of each picture
}

// hides reports whether a picture must not be laid over a place.
func (c Cover) hides(at cell.Rect) bool {
	return at.Empty() || !at.Within(c.Screen) || slices.ContainsFunc(c.Over, at.Overlaps)
}

// Change is a change of one slot of the layer.
type Change struct {
	Slot   int
	Remove bool          // take the picture of the slot away; else
	Frame  picture.Frame // place this one
	X, Y   int           // with its first cell there
}

// Apply makes a change.
func (c Change) Apply(l ImageLayer) {
	if c.Remove {
		l.Remove(c.Slot)
		return
	}
	l.Place(c.Slot, c.Frame, c.X, c.Y)
}

// LayerChanges returns what has to change so that the pictures in sight are drawn over the text: those of thumbs, or of the shown scene
// if thumbs is nil. It then assumes that the changes were made. The program has to apply them in the same Update, before the state is
// drawn: a command might run before or after the frame that makes room for the pictures (see picture.Overlay).
func (p *Preview) LayerChanges(thumbs []Thumb, cover Cover) []Change {
	wanted := p.placements(thumbs, cover)
	var changes []Change
	for slot := range max(len(p.layer), len(wanted)) {
		var before, after placement
		if slot < len(p.layer) {
			before = p.layer[slot]
		}
		if slot < len(wanted) {
			after = wanted[slot]
		}
		if before != after {
			frame, _ := p.frames.get(after.key)
			changes = append(changes, Change{slot, after == placement{}, frame, after.x, after.y})
		}
	}
	p.layer = wanted
	return changes
}

// placements are the pictures that should be over the text. Each tile has a slot of its own, so that a picture that comes later moves
// none of the others.
func (p *Preview) placements(thumbs []Thumb, cover Cover) []placement {
	if cover.All {
		return nil
	}
	var wanted []placement
	for _, pic := range p.InSight(thumbs) {
		var at placement
		if pic.Frame.Overlay && !cover.hides(pic.At) {
			at = placement{pic.FrameKey, pic.At.X, pic.At.Y}
		}
		wanted = append(wanted, at)
	}
	return wanted
}

// DeleteAll empties the layer and the cache. It returns the changes of the layer, and what makes the terminal delete every picture that
// it was sent.
func (p *Preview) DeleteAll() (changes []Change, deletes []byte) {
	changes = p.LayerChanges(nil, Cover{All: true})
	p.frames.clear()
	return changes, p.frames.takeDeletes()
}
