package picture

import (
	"context"
	"image"
)

// encodeBlocks draws with glyphs and colours alone: the picture is text.
func encodeBlocks(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error) {
	switch {
	case caps.Colours == 0:
		return inkBlocks(ctx, img, size, o)
	case caps.ASCII:
		return plainBlocks(ctx, img, size, caps, o)
	}
	g := caps.best()
	if caps.Colours < 1<<24 {
		g = quadrants // enough for a dither
	}
	parts, err := scale(ctx, img, size.W*g.cols, size.H*g.rows, o.Under)
	if err != nil {
		return Frame{}, err
	}
	b := &blocks{size: size, runes: g.runes, splits: make([]split, size.W*size.H)}
	if caps.Colours >= 1<<24 {
		err = b.fit(ctx, parts, g)
	} else {
		err = b.dither(ctx, parts, g, paletteOf(caps.Colours))
	}
	if err != nil {
		return Frame{}, err
	}
	return Frame{Lines: b.lines(caps.Colours)}, nil
}

// blocks is a picture as cells of two colours.
type blocks struct {
	size   Cells
	runes  []rune // by mask
	splits []split
}

// fit takes each cell for itself.
func (b *blocks) fit(ctx context.Context, parts raster, g glyphs) error {
	f := newFitter(g)
	cell := make([]rgb, g.parts())
	for y := range b.size.H {
		if err := ctx.Err(); err != nil {
			return err
		}
		for x := range b.size.W {
			g.cut(parts, x, y, cell)
			b.splits[y*b.size.W+x] = f.fit(cell)
		}
	}
	return nil
}

// lines writes the cells as text.
func (b *blocks) lines(colours int) []string {
	full := len(b.runes) - 1
	lines := make([]string, b.size.H)
	p := pen{colours: colours}
	for y := range lines {
		p.begin(b.size.W)
		for x, s := range b.splits[y*b.size.W : (y+1)*b.size.W] {
			switch turn := guarded(x, y); {
			case s.mask == 0 && x < 8 && !turn:
				p.write('▀', s.fg, s.bg) // with the part at the top left, as the row's bit asks
			case s.mask == 0:
				p.write(' ', p.fg, s.bg)
			case turn:
				s = s.turned(full)
				p.write(b.runes[s.mask], s.fg, s.bg)
			default:
				p.write(b.runes[s.mask], s.fg, s.bg)
			}
		}
		lines[y] = p.end()
	}
	return lines
}

// plainBlocks is colour without block glyphs: each cell is one colour, its background. The glyph is not seen, and is
// there for the guard.
func plainBlocks(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error) {
	g := glyphs{cols: 1, rows: 1, runes: []rune{' ', '#'}}
	parts, err := scale(ctx, img, size.W, size.H, o.Under)
	if err != nil {
		return Frame{}, err
	}
	b := &blocks{size: size, runes: g.runes, splits: make([]split, size.W*size.H)}
	if caps.Colours >= 1<<24 {
		err = b.fit(ctx, parts, g)
	} else {
		err = b.dither(ctx, parts, g, paletteOf(caps.Colours))
	}
	if err != nil {
		return Frame{}, err
	}
	return Frame{Lines: b.plainLines(caps.Colours)}, nil
}

func (b *blocks) plainLines(colours int) []string {
	lines := make([]string, b.size.H)
	p := pen{colours: colours}
	for y := range lines {
		p.begin(b.size.W)
		for x, s := range b.splits[y*b.size.W : (y+1)*b.size.W] {
			if guarded(x, y) {
				p.write('#', s.bg, s.bg)
			} else {
				p.write(' ', p.fg, s.bg)
			}
		}
		lines[y] = p.end()
	}
	return lines
}
