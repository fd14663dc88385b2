package picture

import (
	"context"
	"image"
)

// encodeBlocks draws with glyphs and colours alone: the picture is text.
func encodeBlocks(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error) {
	b := &blocks{size: size, splits: make([]split, size.W*size.H)}
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
	lines, err := b.lines(ctx, caps)
	return Frame{Lines: lines}, err
}

// blocks is a picture as cells of two colours, row by row.
type blocks struct {
	size   Cells
	splits []split
}

// cellBand is how many rows of cells are one piece of work.
const cellBand = 4

// fit takes each cell for itself, with the finest glyphs that the terminal is known to draw well.
func (b *blocks) fit(ctx context.Context, img image.Image, caps Capabilities, o Options) error {
	from, err := sample(ctx, img, b.size, o)
	if err != nil {
		return err
	}
	return inBands(ctx, b.size.H, cellBand, func() func(from, to int) {
		f := newFitter(caps.best())
		return func(first, end int) {
			for y := first; y < end; y++ {
				for x := range b.size.W {
					b.splits[y*b.size.W+x] = f.fit(from, x, y, permitted(x, y))
				}
			}
		}
	})
}

// flat is colour without block glyphs: each cell is one colour, its background. The glyph on it is not seen, and is there for
// the guard.
func (b *blocks) flat(ctx context.Context, img image.Image, caps Capabilities, o Options) error {
	parts, err := scale(ctx, img, b.size.W, b.size.H, o.Under)
	if err != nil {
		return err
	}
	l := newLimited(paletteOf(caps.Colours))
	for i := range b.size.W * b.size.H {
		c := parts.vecAt(i%b.size.W, i/b.size.W).colour()
		if caps.Colours < 1<<24 {
			at, _ := l.nearest(l.reads(parts, i%b.size.W, i/b.size.W))
			c = l.number(at)
		}
		b.splits[i] = split{'#', '#', c, c}
	}
	return nil
}

// lines writes the cells as text.
func (b *blocks) lines(ctx context.Context, caps Capabilities) ([]string, error) {
	lines := make([]string, b.size.H)
	err := inBands(ctx, len(lines), cellBand, func() func(from, to int) {
		p := pen{colours: caps.Colours}
		return func(from, to int) {
			for y := from; y < to; y++ {
				lines[y] = p.row(b.splits[y*b.size.W:(y+1)*b.size.W], y)
			}
		}
	})
	return lines, err
}

// row writes row y. A cell of one colour is a blank, except where the guard wants a glyph.
func (p *pen) row(splits []split, y int) string {
	p.begin(len(splits))
	for x, s := range splits {
		switch turn := guarded(x, y); {
		case s.fg == s.bg && (x >= guardWidth || turn):
			p.write(' ', p.fg, s.bg)
		case turn && s.turned != 0:
			p.write(s.turned, s.bg, s.fg)
		default:
			p.write(s.r, s.fg, s.bg)
		}
	}
	return p.end()
}
