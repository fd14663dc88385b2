package preview

import (
	"image"
	"slices"
	"time"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/picture"
	"tintype/ui/wording"
)

// zoom is how large a picture is drawn on the entire screen, and which part of it is in sight. It stays when the selection changes, so
// that the same part of the next picture comes into the same cells.
type zoom struct {
	percent int     // screen pixels to a hundred of the picture's; 0: as large as fits
	x, y    float64 // the middle of the part in sight, from 0 to 1 of the picture
}

// zoomSteps are the sizes beside the one that fits: those above it, and 100 if that is below it.
var zoomSteps = []int{25, 50, 100, 200, 400}

// The size of a cell in pixels where the terminal tells none.
const defaultCellWidth, defaultCellHeight = 10, 20

// panSteps is in how many steps panning moves by the part in sight.
const panSteps = 8

// cellSize is the size of a cell in pixels.
func (p *Preview) cellSize() (w, h int) {
	if caps := p.place.Caps; caps.CellWidth > 0 && caps.CellHeight > 0 {
		return caps.CellWidth, caps.CellHeight
	}
	return defaultCellWidth, defaultCellHeight
}

// stepsFor returns the steps for a picture that fits at so many per cent; the step at which it fits is 0.
func stepsFor(fit float64) []int {
	const clearly = 1.05 // a step that can hardly be seen is left out
	var steps []int
	fits := false
	for _, step := range zoomSteps {
		above := float64(step) > fit*clearly
		if above && !fits {
			steps, fits = append(steps, 0), true
		}
		if above || step == 100 && float64(step) < fit/clearly {
			steps = append(steps, step)
		}
	}
	if !fits {
		steps = append(steps, 0)
	}
	return steps
}

// stepFrom returns the step that is by positions after percent, or before it if by is negative.
func stepFrom(percent, by int, fit float64) int {
	steps := stepsFor(fit)
	at := slices.Index(steps, percent)
	if at < 0 { // percent was a step of a picture of another size: start from the step that fits
		at = slices.Index(steps, 0)
	}
	return steps[max(0, min(at+by, len(steps)-1))]
}

// fitPercent is the percentage at which a picture of w×h pixels fits into a room.
func (p *Preview) fitPercent(room cell.Rect, w, h int) float64 {
	cw, ch := p.cellSize()
	return 100 * min(float64(room.W*cw)/float64(w), float64(room.H*ch)/float64(h))
}

// zoomable returns the picture on the entire screen if it can be zoomed; else why says what prevents it.
func (p *Preview) zoomable() (o history.Output, why string) {
	e, ok := p.list.Entry(p.list.Cursor())
	if !ok || !HasPicture(e) {
		return o, "There is no picture here."
	}
	if n := len(e.Outputs); n > 1 && p.list.Output() == 0 {
		return o, wording.Key(keymap.ActRight) + " goes to one of them; " + wording.Key(keymap.ActLarger) + " enlarges that one."
	}
	o = e.Outputs[max(p.list.Output(), 1)-1]
	if o.Width <= 0 || o.Height <= 0 {
		return o, "The size of this picture is not known."
	}
	return o, ""
}

// ZoomPercent returns the percentage at which the picture on the entire screen is drawn, 0 if it is drawn as large as it fits; ok is
// false if it cannot be zoomed.
func (p *Preview) ZoomPercent() (percent int, ok bool) {
	if _, why := p.zoomable(); why != "" {
		return 0, false
	}
	return p.zoom.percent, true
}

// ZoomBy makes the picture on the entire screen larger or smaller by a step. why says why it cannot; "" if it can.
func (p *Preview) ZoomBy(by int, now time.Time) (why string) {
	o, why := p.zoomable()
	if why != "" {
		return why
	}
	if p.zoom.percent == 0 {
		p.zoom.x, p.zoom.y = 0.5, 0.5
	}
	p.zoom.percent = stepFrom(p.zoom.percent, by, p.fitPercent(p.room(), o.Width, o.Height))
	p.turnedAt = now
	if p.zoom.percent == 0 {
		p.unzoom()
	}
	return ""
}

// Pan moves the part in sight of a picture that is larger than the screen. why says why it cannot; "" if it can.
func (p *Preview) Pan(dx, dy int, now time.Time) (why string) {
	o, why := p.zoomable()
	seen := p.partInSight()
	if why != "" || seen.Empty() || seen.Dx() >= o.Width && seen.Dy() >= o.Height {
		return "All of the picture is shown; " + wording.Key(keymap.ActLarger) + " enlarges it."
	}
	middle := func(at float64, by, seen, all int) float64 {
		half := float64(seen) / 2 / float64(all)
		return min(max(at+float64(by)*half*2/panSteps, half), 1-half)
	}
	p.zoom.x, p.zoom.y = middle(p.zoom.x, dx, seen.Dx(), o.Width), middle(p.zoom.y, dy, seen.Dy(), o.Height)
	p.turnedAt = now
	return ""
}

// partInSight is the part of the picture that is wanted on the screen; empty while all of it fits.
func (p *Preview) partInSight() image.Rectangle {
	if tiles := p.want.Tiles; len(tiles) == 1 {
		return tiles[0].Part
	}
	return image.Rectangle{}
}

// unzoom draws pictures as large as they fit again.
func (p *Preview) unzoom() {
	p.zoom = zoom{}
	p.renders.decoded.drop()
}

// magnify makes the single picture of a scene on the entire screen as large as the zoom says.
func (p *Preview) magnify(sc Scene) Scene {
	z := p.zoom
	if !p.place.IsFull || z.percent == 0 || len(sc.Tiles) != 1 {
		return sc
	}
	if o, why := p.zoomable(); why == "" {
		cw, ch := p.cellSize()
		t := &sc.Tiles[0]
		x, partW, boxW := z.along(z.x, o.Width, sc.Room.W, cw)
		y, partH, boxH := z.along(z.y, o.Height, sc.Room.H, ch)
		t.Part, t.Of = image.Rect(x, y, x+partW, y+partH), image.Pt(o.Width, o.Height)
		t.Box = picture.Cells{W: boxW, H: boxH}
	}
	return sc
}

// along computes the zoom in one direction, as enlarged does.
func (z zoom) along(middle float64, all, room, cell int) (from, part, cells int) {
	return enlarged(middle, all, room, cell, float64(z.percent))
}
