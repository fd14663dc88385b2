package picture

import "context"

// palette is the colours of a terminal that has no others.
type palette []rgb

// paletteOf gives xterm's 256 or the usual 16; of the latter every theme has its own, so they are a guess.
func paletteOf(colours int) palette {
	p := palette{
		{0, 0, 0},
		{205, 0, 0},
		{0, 205, 0},
		{205, 205, 0},
		{0, 0, 238},
		{205, 0, 205},
		{0, 205, 205},
		{229, 229, 229},
		{127, 127, 127},
		{255, 0, 0},
		{0, 255, 0},
		{255, 255, 0},
		{92, 92, 255},
		{255, 0, 255},
		{0, 255, 255},
		{255, 255, 255},
	}
	if colours < 256 {
		return p
	}
	steps := [6]int32{0, 95, 135, 175, 215, 255}
	for i := range 216 {
		p = append(p, rgb{steps[i/36], steps[i/6%6], steps[i%6]})
	}
	for i := range int32(24) {
		p = append(p, rgb{8 + 10*i, 8 + 10*i, 8 + 10*i})
	}
	return p
}

// nearest is the number of the colour with the least squared distance; of 256 it looks at the cube and the greys, whose
// colours no theme changes.
func (p palette) nearest(c rgb) int {
	first := 0
	if len(p) > 16 {
		first = 16
	}
	best, least := first, float32(1e9)
	for i, candidate := range p[first:] {
		if d := c.minus(candidate).squared(); d < least {
			best, least = first+i, d
		}
	}
	return best
}

// dither fits each cell to the palette, and hands what it errs by to the cells to its right and below (the weights of Floyd
// and Steinberg), so that areas keep their mean colour. The colours of its splits are numbers of the palette.
func (b *blocks) dither(ctx context.Context, parts raster, g glyphs, p palette) error {
	f := newFitter(g)
	cell := make([]rgb, g.parts())
	owed := make([]rgb, b.size.W+2) // to this row, in 16ths; cell x is owed[x+1]
	below := make([]rgb, b.size.W+2)
	for y := range b.size.H {
		if err := ctx.Err(); err != nil {
			return err
		}
		for x := range b.size.W {
			g.cut(parts, x, y, cell)
			for i := range cell {
				cell[i] = cell[i].plus(owed[x+1].mean(16)).clamped()
			}
			s, left := p.fit(f, cell)
			b.splits[y*b.size.W+x] = s
			for c, e := range left {
				owed[x+2][c] += 7 * e
				below[x][c] += 3 * e
				below[x+1][c] += 5 * e
				below[x+2][c] += e
			}
		}
		owed, below = below, owed
		clear(below)
	}
	return nil
}

// fit splits a cell with colours of the palette, and says what its mean then lacks.
func (p palette) fit(f *fitter, cell []rgb) (s split, left rgb) {
	s = f.fit(cell)
	fg, bg := p.nearest(s.fg), p.nearest(s.bg)
	var sum rgb
	for i, c := range cell {
		shown := p[bg]
		if s.mask>>i&1 == 1 {
			shown = p[fg]
		}
		sum = sum.plus(c.minus(shown))
	}
	if fg == bg {
		s.mask = 0
	}
	s.fg, s.bg = rgb{int32(fg)}, rgb{int32(bg)}
	return s, sum.mean(f.parts)
}
