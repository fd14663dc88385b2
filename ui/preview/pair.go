package preview

import (
	"fmt"
	"image"
	"math"

	"tintype/history"
	"tintype/ui/picture"
)

// Magnified enlarges the picture of a thumb, which must have one, by a factor: 1 is as large as it fits. The part around a middle is in sight,
// given from 0 to 1 in both directions. A picture of unknown size stays as it is.
func (p *Preview) Magnified(t Thumb, factor, x, y float64) Thumb {
	e, ok := p.list.Entry(t.Key)
	if !ok || factor <= 1 || len(t.Tiles) != 1 || t.Output < 1 || t.Output > len(e.Outputs) {
		return t
	}
	o := e.Outputs[t.Output-1]
	if o.Width <= 0 || o.Height <= 0 {
		return t
	}
	cw, ch := p.cellSize()
	percent := factor * p.fitPercent(t.Cell, o.Width, o.Height)
	left, partW, boxW := enlarged(x, o.Width, t.Cell.W, cw, percent)
	top, partH, boxH := enlarged(y, o.Height, t.Cell.H, ch, percent)
	tile := t.Tiles[0]
	tile.Part, tile.Of = image.Rect(left, top, left+partW, top+partH), image.Pt(o.Width, o.Height)
	tile.Box = picture.Cells{W: boxW, H: boxH}
	t.Tiles = []Tile{tile}
	return t
}

// enlarged computes in one direction how a picture is drawn at a percentage of its size: where the part in sight begins, how many of all pixels it
// has, and how many cells it fills, at most room. cell is the size of a cell in pixels in that direction.
func enlarged(middle float64, all, room, cell int, percent float64) (from, part, cells int) {
	cells = max(1, min(int(math.Round(float64(all)*percent/100/float64(cell))), room))
	part = all
	if cells == room {
		part = max(1, min(int(math.Round(float64(room*cell)*100/percent)), all))
	}
	return max(0, min(int(math.Round(middle*float64(all)))-part/2, all-part)), part, cells
}

// AreReady reports whether some thumbs have pictures, and all of them can be drawn as well as the terminal can.
func (p *Preview) AreReady(thumbs []Thumb) bool {
	for _, t := range thumbs {
		if len(t.Tiles) == 0 {
			return false
		}
		for _, tile := range t.Tiles {
			if _, ok := p.frames.get(tile.FrameKey); !ok {
				return false
			}
		}
	}
	return true
}

// Trouble returns why a picture of a thumb cannot be drawn, in a sentence; "" if it can, as far as is known.
func (p *Preview) Trouble(t Thumb) string {
	for _, tile := range t.Tiles {
		if why := p.errors[tile.Path]; why != "" {
			return why
		}
	}
	return ""
}

// SizeText returns the size of an output, from 1, in pixels: "1024×768"; "" if it is not known.
func SizeText(e history.Entry, output int) string {
	if output < 1 || output > len(e.Outputs) || e.Outputs[output-1].Width <= 0 {
		return ""
	}
	o := e.Outputs[output-1]
	return fmt.Sprintf("%d×%d", o.Width, o.Height)
}
