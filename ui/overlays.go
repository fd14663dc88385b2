package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/layout"
	"tintype/ui/picture"
	"tintype/ui/preview"
)

// ImageLayer lays pictures over frames: picture.Overlay, the program's output. Place and Remove write nothing, and belong into the
// Update that leads to a view with other pictures.
type ImageLayer interface {
	Place(slot int, f picture.Frame, x, y int) // with the next frame
	Remove(slot int)
	Send(b []byte) error // at once, between two frames
	Flush() error        // draws what is due, if no frame has done so
	Frames() int64       // how many frames were written
}

// overlays are the pictures that lie over the frames: sixel, iTerm2 and kitty's direct ones, which are no part of the text.
type overlays struct {
	shown []placement // by slot
}

// placement is one such picture at its first cell.
type placement struct {
	key  preview.FrameKey
	x, y int
}

// frameSettles is how long after a change the frame with the pictures' cells is surely on the screen.
const frameSettles = 3 * time.Second / frameRate

// placements are the pictures that should lie over what View draws now: none while something else stands in their place.
func (m *Model) placements() []placement {
	covered := m.screen == help || m.layout.Shape == layout.TooSmallScreen || (m.screen == home && m.layout.Stage.Empty())
	if covered || m.options.Layer == nil {
		return nil
	}
	if several := m.inSight(); several != nil {
		var tiles []preview.Tile
		for _, t := range several {
			tiles = append(tiles, t.tiles...)
		}
		return m.overlaid(tiles, func(t preview.Tile, f picture.Frame) cell.Rect { return centred(t.At, f) })
	}
	room := m.pictureRoom()
	return m.overlaid(m.preview.Shown.Tiles, func(t preview.Tile, f picture.Frame) cell.Rect {
		if at := m.tilePlace(t, f); at.Within(room) {
			return at
		}
		return cell.Rect{} // as drawTile does
	})
}

// canOverlay tells whether a picture may be laid over a place: none hangs over the edge, where it would scroll the screen, and none is
// laid over text that stands in its place for a while. There the terminal keeps what the text leaves of the picture before.
func (m *Model) canOverlay(at cell.Rect) bool {
	over := m.dialogs.IsModal() && at.Meets(m.layout.Dialog)
	return !at.Empty() && at.Within(cell.Rect{X: 0, Y: 0, W: m.terminal.w, H: m.terminal.h}) && !at.Meets(m.layout.Above) && !over
}

// overlaid are the overlays among the frames of some tiles, where place puts them. Each tile has a slot of its own, the zero
// placement while there is nothing in it: a picture that comes later moves none of the others.
func (m *Model) overlaid(tiles []preview.Tile, place func(preview.Tile, picture.Frame) cell.Rect) []placement {
	wanted := make([]placement, len(tiles))
	for i, t := range tiles {
		frame, ok := m.preview.Frames.Get(t.FrameKey)
		if !ok || !frame.Overlay {
			continue
		}
		at := place(t, frame)
		if !m.canOverlay(at) {
			continue
		}
		wanted[i] = placement{t.FrameKey, at.X, at.Y}
	}
	return wanted
}

// syncLayer has pictures placed and removed where that differs from what lies there. That is done here and not by a
// command, before the view of the same state is taken: of a command nobody knows whether that view's frame is out already.
func (m *Model) syncLayer() tea.Cmd {
	changes := m.changedSlots(m.placements())
	if len(changes) == 0 {
		return nil
	}
	for _, c := range changes {
		if c.to == (placement{}) {
			m.options.Layer.Remove(c.slot)
		} else {
			m.options.Layer.Place(c.slot, c.frame, c.to.x, c.to.y)
		}
	}
	return after(frameSettles, placedMsg{})
}

// slotChange is a slot's new picture; one whose place is zero is taken away.
type slotChange struct {
	slot  int
	to    placement
	frame picture.Frame
}

// changedSlots is what has to change for the wanted placements to stand, and takes them as standing.
func (m *Model) changedSlots(wanted []placement) []slotChange {
	var changes []slotChange
	before := m.pictures.shown
	for slot := range max(len(before), len(wanted)) {
		var was, to placement
		if slot < len(before) {
			was = before[slot]
		}
		if slot < len(wanted) {
			to = wanted[slot]
		}
		if was != to {
			frame, _ := m.preview.Frames.Get(to.key)
			changes = append(changes, slotChange{slot, to, frame})
		}
	}
	m.pictures.shown = wanted
	return changes
}

// flush draws the pictures that are still due, once the frame is surely out: none follows where no text has changed.
func flush(p ImageLayer) tea.Cmd {
	return func() tea.Msg {
		_ = p.Flush() // a terminal that is gone is told by its input
		return nil
	}
}

// takeDown removes every picture, at the end.
func (m *Model) takeDown() {
	for slot := range m.pictures.shown {
		m.options.Layer.Remove(slot)
	}
	m.pictures.shown = nil
}

// deleteAllPictures makes the terminal delete every picture that it was sent, and then goes on to the end. Later would be too late:
// kitty keeps the pictures of each screen apart.
func (m *Model) deleteAllPictures(end tea.Cmd) tea.Cmd {
	m.takeDown()
	m.preview.Frames.Clear()
	gone := m.preview.Frames.Forgotten()
	if len(gone) == 0 || m.options.Layer == nil {
		return end
	}
	return tea.Sequence(func() tea.Msg {
		_ = m.options.Layer.Send(gone) // a terminal that is gone needs to forget nothing
		return nil
	}, end)
}
