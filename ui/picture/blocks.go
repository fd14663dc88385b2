package picture

import (
	"context"
	"image"
)

// encodeBlocks draws with glyphs and colours alone: the picture is text.
func encodeBlocks(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error) {
	b := &blocks{size: size, splits: make([]split, 0, size.W*size.H)}
	var err error
	switch {
	case caps.Colours == 0:
		return inkBlocks(ctx, img, size, o)
	case caps.ASCII:
		err = b.flat(ctx, img, caps, o)
	case caps.Colours < 1<<24:
		err = b.dither(ctx, img, paletteOf(caps.Colours), o)
	default:
		err = b.fit(ctx, img, caps, o)
	}
	if err != nil {
		return Frame{}, err
	}
	return Frame{Lines: b.lines(caps)}, nil
}

// blocks is a picture as cells of two colours, row by row.
type blocks struct {
	size   Cells
	splits []split
}

// fit takes each cell for itself, with the finest glyphs that the terminal is known to draw well.
func (b *blocks) fit(ctx context.Context, img image.Image, caps Capabilities, o Options) error {
	fineParts, err := scale(ctx, img, b.size.W*fine, b.size.H*fine, o.Under)
	if err != nil {
		return err
	}
	f := newFitter(caps.best())
	for y := range b.size.H {
		if err := ctx.Err(); err != nil {
			return err
		}
		for x := range b.size.W {
			b.splits = append(b.splits, f.fit(fineParts, x, y, permitted(x, y)))
		}
	}
	return nil
}

// flat is colour without block glyphs: each cell is one colour, its background. The glyph on it is not seen, and is there for
// the guard.
func (b *blocks) flat(ctx context.Context, img image.Image, caps Capabilities, o Options) error {
	parts, err := scale(ctx, img, b.size.W, b.size.H, o.Under)
	if err != nil {
		return err
	}
	p := paletteOf(caps.Colours)
	for i := range b.size.W * b.size.H {
		at := parts.pix[3*i:]
		c := rgb{int32(at[0]), int32(at[1]), int32(at[2])}
		if caps.Colours < 1<<24 {
			c = rgb{int32(p.nearest(nil, c.vec(), 1)[0])}
		}
		b.splits = append(b.splits, split{'#', '#', c, c})
	}
	return nil
}

// lines writes the cells as text. A cell of one colour is a blank, except where the guard wants a glyph.
func (b *blocks) lines(caps Capabilities) []string {
	lines := make([]string, b.size.H)
	p := pen{colours: caps.Colours}
	for y := range lines {
		p.begin(b.size.W)
		for x, s := range b.splits[y*b.size.W : (y+1)*b.size.W] {
			switch turn := guarded(x, y); {
			case s.fg == s.bg && (x >= guardWidth || turn):
				p.write(' ', p.fg, s.bg)
			case turn && s.turned != 0:
				p.write(s.turned, s.bg, s.fg)
			default:
				p.write(s.r, s.fg, s.bg)
			}
		}
		lines[y] = p.end()
	}
	return lines
}
