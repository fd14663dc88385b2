package ui

import (
	"context"
	"image"
	"slices"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/picture"
	"tintype/ui/preview"
)

// zoomSteps are the sizes beside the one that fits: those above it, and 100 where that is below it.
var zoomSteps = []int{25, 50, 100, 200, 400}

// The cell that is taken for granted where the terminal tells no size.
const usualCellWidth, usualCellHeight = 10, 20

// cell is the size of a cell in pixels.
func (t *terminal) cell() (w, h int) {
	if t.can.CellWidth > 0 && t.can.CellHeight > 0 {
		return t.can.CellWidth, t.can.CellHeight
	}
	return usualCellWidth, usualCellHeight
}

// stepsAbout are the steps for a picture that fits at so many per cent, which stands among them as 0.
func stepsAbout(fit float64) []int {
	const clearly = 1.05 // a step that is hardly seen is none
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

// stepped is the step by places away from percent.
func stepped(percent, by int, fit float64) int {
	steps := stepsAbout(fit)
	at := slices.Index(steps, percent)
	if at < 0 { // of a picture of another size: what fits is nearest
		at = slices.Index(steps, 0)
	}
	return steps[max(0, min(at+by, len(steps)-1))]
}

// fitPercent is at how many per cent a picture of w×h pixels fits into a room.
func (m *Model) fitPercent(room cell.Rect, w, h int) float64 {
	cw, ch := m.terminal.cell()
	return 100 * min(float64(room.W*cw)/float64(w), float64(room.H*ch)/float64(h))
}

// zoomable is the one picture that stands on the whole screen, whose size is known; else a sentence says what is in the way.
func (m *Model) zoomable() (o history.Output, why string) {
	e, ok := m.list.Selected()
	if !ok || !hasPicture(e) {
		return o, "There is no picture here."
	}
	if n := len(e.Outputs); n > 1 && m.list.Output() == 0 {
		return o, "→ goes to one of them; + makes that one larger."
	}
	o = e.Outputs[max(m.list.Output(), 1)-1]
	if o.Width <= 0 || o.Height <= 0 {
		return o, "The size of this picture is not known."
	}
	return o, ""
}

// resize makes larger or smaller what stands there: the picture on the whole screen, or the gallery's thumbnails.
func (m *Model) resize(by int) tea.Cmd {
	if m.screen != full {
		return m.resizeThumbnails(by)
	}
	o, why := m.zoomable()
	if why != "" {
		m.notify(why)
		return nil
	}
	z := &m.preview.Zoom
	if z.Percent == 0 {
		z.X, z.Y = 0.5, 0.5
	}
	z.Percent = stepped(z.Percent, by, m.fitPercent(m.pictureRoom(), o.Width, o.Height))
	m.preview.Turned = m.now()
	if z.Percent == 0 {
		m.unzoom()
	}
	return nil
}

// panParts is into how many steps the seen part is cut by panning.
const panParts = 8

// pan looks at another part of a picture that is larger than the screen.
func (m *Model) pan(dx, dy int) tea.Cmd {
	o, why := m.zoomable()
	seen := m.seenPart()
	if why != "" || seen.Empty() || seen.Dx() >= o.Width && seen.Dy() >= o.Height {
		m.notify("The whole picture is in sight; + makes it larger.")
		return nil
	}
	middle := func(at float64, by, seen, all int) float64 {
		half := float64(seen) / 2 / float64(all)
		return min(max(at+float64(by)*half*2/panParts, half), 1-half)
	}
	z := &m.preview.Zoom
	z.X, z.Y = middle(z.X, dx, seen.Dx(), o.Width), middle(z.Y, dy, seen.Dy(), o.Height)
	m.preview.Turned = m.now()
	return nil
}

// seenPart is the part of the picture that is wanted on the screen; empty while all of it fits.
func (m *Model) seenPart() image.Rectangle {
	if tiles := m.preview.Want.Tiles; len(tiles) == 1 {
		return tiles[0].Part
	}
	return image.Rectangle{}
}

// unzoom draws pictures as large as they fit again.
func (m *Model) unzoom() {
	m.preview.Zoom = preview.Zoom{}
	m.background.held.picture.Store(nil)
}

// magnified is a scene with its single picture as large as was asked for.
func (m *Model) magnified(sc preview.Scene) preview.Scene {
	z := m.preview.Zoom
	if m.screen != full || z.Percent == 0 || len(sc.Tiles) != 1 {
		return sc
	}
	if o, why := m.zoomable(); why == "" {
		cw, ch := m.terminal.cell()
		t := &sc.Tiles[0]
		x, partW, boxW := z.Along(z.X, o.Width, sc.Room.W, cw)
		y, partH, boxH := z.Along(z.Y, o.Height, sc.Room.H, ch)
		t.Part, t.Of = image.Rect(x, y, x+partW, y+partH), image.Pt(o.Width, o.Height)
		t.Box = picture.Cells{W: boxW, H: boxH}
	}
	return sc
}

// heldPicture is the picture that one looks at in parts: it is not decoded anew for each.
type heldPicture struct {
	picture atomic.Pointer[loadedPicture]
}

type loadedPicture struct {
	path  string
	image image.Image
}

// load decodes a picture, or hands out the one that is held.
func (h *heldPicture) load(ctx context.Context, path string) (image.Image, error) {
	if held := h.picture.Load(); held != nil && held.path == path {
		return held.image, nil
	}
	img, _, err := picture.Load(ctx, path, picture.DefaultLimits)
	if err == nil && ctx.Err() == nil {
		h.picture.Store(&loadedPicture{path, img})
	}
	return img, err
}

// magnify makes a part of a picture ready for its cells.
func magnify(ctx context.Context, p ImageLayer, held *heldPicture, want preview.FrameKey, options picture.Options) tea.Cmd {
	return ask(func() renderedMsg {
		img, err := held.load(ctx, want.Path)
		if err != nil {
			return renderedMsg{want: want, err: err}
		}
		frame, err := picture.Render(ctx, partOf(img, want.Part, want.Of), want.Box, want.Cap, options)
		return renderedMsg{want: want, frame: sent(p, frame, err), err: err}
	})
}

// partOf is a part of an image, taken from a picture of such a size: a file that was replaced may have another.
func partOf(img image.Image, part image.Rectangle, of image.Point) image.Image {
	b := img.Bounds()
	at := func(p image.Point) image.Point { return image.Pt(p.X*b.Dx()/of.X, p.Y*b.Dy()/of.Y).Add(b.Min) }
	part = image.Rectangle{at(part.Min), at(part.Max)}.Intersect(b)
	if cut, ok := img.(interface {
		SubImage(r image.Rectangle) image.Image
	}); ok && !part.Empty() {
		return cut.SubImage(part)
	}
	return img
}
