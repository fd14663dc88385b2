package picture

import (
	"context"
	"image"
)

// encodeBlocks draws with glyphs and colours alone: the picture is text.
func encodeBlocks(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error) {
	b := &cellGrid{size: size, cells: make([]glyphCell, size.W*size.H)}
	var err error
	switch {
	case caps.Colours == 0:
		return inkBlocks(ctx, img, size, o)
	case caps.ASCII:
		err = b.fillBackgrounds(ctx, img, caps, o)
	case caps.Colours < 1<<24:
		err = b.dither(ctx, img, paletteOf(caps.Colours), o)
	default:
		err = b.fitTrueColour(ctx, img, caps, o)
	}
	if err != nil {
		return Frame{}, err
	}
	lines, err := b.lines(ctx, caps)
	return Frame{Lines: lines}, err
}

// cellGrid is a picture as cells of two colours, row by row.
type cellGrid struct {
	size  Cells
	cells []glyphCell
}

// cellBand is how many rows of cells are one piece of work.
const cellBand = 4

// fitTrueColour takes each cell for itself, with the finest glyphs that the terminal is known to draw well.
func (b *cellGrid) fitTrueColour(ctx context.Context, img image.Image, caps Capabilities, o Options) error {
	from, err := sampleCells(ctx, img, b.size, o)
	if err != nil {
		return err
	}
	return inBands(ctx, b.size.H, cellBand, func() func(from, to int) {
		f := newFitter(caps.finestGlyphs())
		return func(first, end int) {
			for y := first; y < end; y++ {
				for x := range b.size.W {
					b.cells[y*b.size.W+x] = f.fit(from, x, y, allowedGlyphs(x, y))
				}
			}
		}
	})
}

// fillBackgrounds is colour without block glyphs: each cell is one colour, its background. The glyph on it is not seen, and is there for
// the guard.
func (b *cellGrid) fillBackgrounds(ctx context.Context, img image.Image, caps Capabilities, o Options) error {
	parts, err := scale(ctx, img, b.size.W, b.size.H, o.Under)
	if err != nil {
		return err
	}
	l := newLabPalette(paletteOf(caps.Colours))
	for i := range b.size.W * b.size.H {
		c := parts.vecAt(i%b.size.W, i/b.size.W).round()
		if caps.Colours < 1<<24 {
			at, _ := l.nearest(l.labAt(parts, i%b.size.W, i/b.size.W))
			c = l.paletteNumber(at)
		}
		b.cells[i] = glyphCell{'#', '#', c, c}
	}
	return nil
}

// lines writes the cells as text.
func (b *cellGrid) lines(ctx context.Context, caps Capabilities) ([]string, error) {
	lines := make([]string, b.size.H)
	err := inBands(ctx, len(lines), cellBand, func() func(from, to int) {
		p := sgrWriter{colours: caps.Colours}
		return func(from, to int) {
			for y := from; y < to; y++ {
				lines[y] = p.row(b.cells[y*b.size.W:(y+1)*b.size.W], y)
			}
		}
	})
	return lines, err
}

// row writes row y. A cell of one colour is a blank, except where the guard wants a glyph.
func (p *sgrWriter) row(splits []glyphCell, y int) string {
	p.begin(len(splits))
	for x, s := range splits {
		switch turn := hasRowBit(x, y); {
		case s.fg == s.bg && (x >= rowBits || turn):
			p.cell(' ', p.fg, s.bg)
		case turn && s.swapped != 0:
			p.cell(s.swapped, s.bg, s.fg)
		default:
			p.cell(s.glyph, s.fg, s.bg)
		}
	}
	return p.end()
}
