package picture

import (
	"context"
	"slices"
)

// dither fits each cell to a palette, and hands most of what its mean then errs by to the cells to its right and below (the
// weights of Floyd and Steinberg), so that areas keep their mean colour. The colours of its splits are numbers of the palette.
func (b *blocks) dither(ctx context.Context, parts raster, g glyphs, p palette) error {
	m := newMixer(p, g)
	cell := make([]rgb, g.parts())
	owed := make([]rgb, b.size.W+2) // to this row, in 20ths, four of which are let go; cell x is owed[x+1]
	below := make([]rgb, b.size.W+2)
	for y := range b.size.H {
		if err := ctx.Err(); err != nil {
			return err
		}
		for x := range b.size.W {
			g.cut(parts, x, y, cell)
			for i := range cell {
				cell[i] = cell[i].plus(owed[x+1].mean(20)).clamped()
			}
			s, left := m.mix(cell)
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

// mixer fits cells to a palette: of the colours near to the cell it takes the two, and the glyph, that err least, where an
// error of the cell's mean counts more than one of its parts: so two colours stand side by side for one between them.
type mixer struct {
	palette palette
	fit     *fitter
	near    []int       // numbers of the colours that are tried
	errs    [][]float32 // of part i in colour near[n]: errs[i][n]
}

// meanCounts is how much more the mean's error counts than that of the parts.
const meanCounts = 3

func newMixer(p palette, g glyphs) *mixer {
	return &mixer{palette: p, fit: newFitter(g), errs: make([][]float32, g.parts())}
}

// mix splits a cell, and says what its sum over all parts then lacks, divided by their number.
func (m *mixer) mix(cell []rgb) (s split, left rgb) {
	m.choose(cell)
	var total rgb
	for _, c := range cell {
		total = total.plus(c)
	}
	least := float32(1e12)
	for f := range m.near {
		if err := m.err(total, 0, f, f); err < least {
			least, s = err, split{0, m.colour(f), m.colour(f)}
		}
		for b := range m.near {
			if f == b {
				continue
			}
			for i, mask := range m.fit.masks {
				if err := m.err(total, m.fit.counts[i], f, b) + m.partsErr(mask, f, b); err < least {
					least, s = err, split{mask, m.colour(f), m.colour(b)}
				}
			}
		}
	}
	return s, m.left(total, s)
}

// choose fills near with the colours nearest to the cell's mean and to the two of its best split.
func (m *mixer) choose(cell []rgb) {
	s := m.fit.fit(cell)
	var mean rgb
	for _, c := range cell {
		mean = mean.plus(c)
	}
	m.near = m.palette.nearest(m.near[:0], mean.mean(len(cell)), 6)
	m.near = m.palette.nearest(m.near, s.fg, 1)
	m.near = m.palette.nearest(m.near, s.bg, 1)
	for i, c := range cell {
		m.errs[i] = m.errs[i][:0]
		for _, n := range m.near {
			m.errs[i] = append(m.errs[i], c.minus(m.palette[n]).squared())
		}
	}
}

// err is that of the mean if count parts have colour f and the others b; with count 0, where f is b, that of the parts too.
func (m *mixer) err(total rgb, count, f, b int) float32 {
	n := m.fit.parts
	fg, bg := m.palette[m.near[f]], m.palette[m.near[b]]
	for c := range total {
		total[c] -= fg[c]*int32(count) + bg[c]*int32(n-count)
	}
	err := meanCounts * total.squared() * m.fit.over[n]
	if count == 0 {
		err += m.partsErr(0, f, b)
	}
	return err
}

func (m *mixer) partsErr(mask, f, b int) (err float32) {
	for i, e := range m.errs {
		if mask>>i&1 == 1 {
			err += e[f]
		} else {
			err += e[b]
		}
	}
	return err
}

func (m *mixer) colour(near int) rgb { return rgb{int32(m.near[near])} }

func (m *mixer) left(total rgb, s split) rgb {
	for i := range m.fit.parts {
		c := s.bg
		if s.mask>>i&1 == 1 {
			c = s.fg
		}
		total = total.minus(m.palette[c[0]])
	}
	return total.mean(m.fit.parts)
}

// nearest appends the numbers of the count colours nearest to c that are not yet among them. Of 256 it looks at the cube
// and the greys alone, since the others are the theme's.
func (p palette) nearest(among []int, c rgb, count int) []int {
	first := 0
	if len(p) > 16 {
		first = 16
	}
	for range count {
		best, least := -1, float32(1e12)
		for i := first; i < len(p); i++ {
			if d := c.minus(p[i]).squared(); d < least && !slices.Contains(among, i) {
				best, least = i, d
			}
		}
		among = append(among, best)
	}
	return among
}
