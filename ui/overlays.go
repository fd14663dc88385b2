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
	Flush() error // draws what is due, if no frame has done so
}

// overlays are the pictures that lie over the frames: sixel, iTerm2 and kitty's direct ones, which are no part of the text.
type overlays struct {
	shown []placement
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

// overlaid are the overlays among the frames of some tiles, where place puts them.
func (m *Model) overlaid(tiles []tile, place func(tile, picture.Frame) rect) []placement {
	var wanted []placement
	for _, t := range tiles {
		frame, ok := m.stage.frames.get(t.frameKey)
		if !ok || !frame.Overlay {
			continue
		}
		at := place(t, frame)
		wanted = append(wanted, placement{t.frameKey, at.x, at.y})
	}
	return wanted
}

// needOverlays has pictures placed and removed where that differs from what lies there.
func (m *Model) needOverlays() tea.Cmd {
	wanted, before := m.placements(), m.pictures.shown
	if samePlacements(wanted, before) {
		return nil
	}
	m.pictures.shown = wanted
	frames := make([]picture.Frame, len(wanted))
	for i, p := range wanted {
		frames[i], _ = m.stage.frames.get(p.key)
	}
	return lay(m.options.Placer, wanted, frames, len(before))
}

func samePlacements(a, b []placement) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// lay puts pictures over the next frame, and takes the others away.
func lay(p Placer, wanted []placement, frames []picture.Frame, before int) tea.Cmd {
	return ask(func() placedMsg {
		for slot := range max(before, len(wanted)) {
			if slot < len(wanted) {
				_ = p.Place(slot, frames[slot], wanted[slot].x, wanted[slot].y) // a terminal that is gone is told by its input
			} else {
				_ = p.Remove(slot)
			}
		}
		return placedMsg{}
	})
}

// placed makes sure, once the frame is out, that what is due has been drawn, even if no other frame follows.
func (m *Model) placed(msg placedMsg) tea.Cmd {
	if !msg.flush {
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
