package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/picture"
)

// Placer lays pictures over frames: picture.Overlay, the program's output.
type Placer interface {
	Place(slot int, f picture.Frame, x, y int) error
	Remove(slot int) error
	Send(b []byte) error // at once, between two frames
	Flush() error        // draws what is due, if no frame has done so
}

// overlays are the pictures that lie over the frames: sixel, iTerm2 and kitty's direct ones, which are no part of the text.
type overlays struct {
	shown  []placement // by slot
	laying bool        // a command is at it
}

// placement is one such picture at its first cell.
type placement struct {
	key  frameKey
	x, y int
}

// frameSettles is how long after a change the frame with the pictures' cells is surely on the screen.
const frameSettles = 3 * time.Second / frameRate

// placements are the pictures that should lie over what View draws now: none while something else stands in their place.
func (m *Model) placements() []placement {
	covered := m.screen == help || m.layout.shape == tooSmallScreen || (m.screen == home && m.layout.stage.empty())
	if covered || m.options.Placer == nil {
		return nil
	}
	if several := m.inSight(); several != nil {
		var tiles []tile
		for _, t := range several {
			tiles = append(tiles, t.tiles...)
		}
		return m.overlaid(tiles, func(t tile, f picture.Frame) rect { return centred(t.at, f) })
	}
	return m.overlaid(m.stage.shown.tiles, m.tilePlace)
}

// overlaid are the overlays among the frames of some tiles, where place puts them. Each tile has a slot of its own, the zero
// placement while there is nothing in it: a picture that comes later moves none of the others.
func (m *Model) overlaid(tiles []tile, place func(tile, picture.Frame) rect) []placement {
	wanted := make([]placement, len(tiles))
	for i, t := range tiles {
		frame, ok := m.stage.frames.get(t.frameKey)
		if !ok || !frame.Overlay {
			continue
		}
		at := place(t, frame)
		wanted[i] = placement{t.frameKey, at.x, at.y}
	}
	return wanted
}

// needOverlays has pictures placed and removed where that differs from what lies there: one such command at a time, since
// two might overtake each other.
func (m *Model) needOverlays() tea.Cmd {
	if m.pictures.laying {
		return nil
	}
	changes := m.changedSlots(m.placements())
	if len(changes) == 0 {
		return nil
	}
	m.pictures.laying = true
	return lay(m.options.Placer, changes)
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
			frame, _ := m.stage.frames.get(to.key)
			changes = append(changes, slotChange{slot, to, frame})
		}
	}
	m.pictures.shown = wanted
	return changes
}

// lay puts pictures over the next frame, and takes others away.
func lay(p Placer, changes []slotChange) tea.Cmd {
	return ask(func() placedMsg {
		for _, c := range changes {
			if c.to == (placement{}) {
				_ = p.Remove(c.slot) // a terminal that is gone is told by its input
			}
		}
		for _, c := range changes {
			if c.to != (placement{}) {
				_ = p.Place(c.slot, c.frame, c.to.x, c.to.y) // as above
			}
		}
		return placedMsg{}
	})
}

// placed makes sure, once the frame is out, that what is due has been drawn, even if no other frame follows.
func (m *Model) placed(msg placedMsg) tea.Cmd {
	if !msg.flush {
		m.pictures.laying = false
		return after(frameSettles, placedMsg{flush: true})
	}
	return flush(m.options.Placer)
}

// flush draws the pictures that are due.
func flush(p Placer) tea.Cmd {
	return func() tea.Msg {
		_ = p.Flush() // as above
		return nil
	}
}
