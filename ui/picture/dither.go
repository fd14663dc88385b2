package picture

import (
	"context"
	"image"
	"math/bits"
)

// dither fits each cell to a palette, and hands most of what its mean then errs by to the cells to its right and below (the
// weights of Floyd and Steinberg), so that areas keep their mean colour. The colours of its splits are numbers of the palette.
func (b *blocks) dither(ctx context.Context, img image.Image, p palette, o Options) error {
	parts, err := scale(ctx, img, b.size.W*2, b.size.H*2, o.Under)
	if err != nil {
		return err
	}
	m := mixer{palette: p}
	owed := make([]vec, b.size.W+2) // to this row; cell x is owed[x+1]
	below := make([]vec, b.size.W+2)
	for y := range b.size.H {
		if err := ctx.Err(); err != nil {
			return err
		}
		for x := range b.size.W {
			m.read(parts, x, y, owed[x+1])
			s, left := m.mix()
			b.splits[y*b.size.W+x] = s
			owed[x+2] = owed[x+2].plus(left.times(7. / 20)) // in 20ths: a fifth is let go
			below[x] = below[x].plus(left.times(3. / 20))
			below[x+1] = below[x+1].plus(left.times(5. / 20))
			below[x+2] = below[x+2].plus(left.times(1. / 20))
		}
		owed, below = below, owed
		clear(below)
	}
	return nil
}

// mixer fits cells of four quarters to a palette: of the colours near to the cell it takes the two, and the quadrants, that
// err least, where an error of the cell's mean counts more than one of its quarters: so two colours stand side by side for
// one between them.
type mixer struct {
	palette palette
	cell    [4]vec
	total   vec
	near    []int        // numbers of the colours that are tried
	errs    [4][]float32 // of quarter i in colour near[n]: errs[i][n]
}

// meanCounts is how much more the mean's error counts than that of the quarters.
const meanCounts = 1

// read takes the quarters of the cell at x, y, and what its neighbours owe it.
func (m *mixer) read(r raster, x, y int, owed vec) {
	m.total = vec{}
	for i := range m.cell {
		p := r.pix[((2*y+i/2)*r.w+2*x+i%2)*3:]
		m.cell[i] = vec{min(max(float32(p[0])+owed.r, 0), 255), min(max(float32(p[1])+owed.g, 0), 255), min(max(float32(p[2])+owed.b, 0), 255)}
		m.total = m.total.plus(m.cell[i])
	}
}

// mix splits the cell, and says what its mean then lacks.
func (m *mixer) mix() (s split, left vec) {
	m.choose()
	least, mask, fg, bg := float32(1e12), 0, 0, 0
	for f := range m.near {
		if err := m.err(0, f, f); err < least {
			least, mask, fg, bg = err, 0, f, f
		}
		for b := range m.near {
			if f == b {
				continue
			}
			for try := 1; try < 15; try += 2 {
				if err := m.err(try, f, b); err < least {
					least, mask, fg, bg = err, try, f, b
				}
			}
		}
	}
	left = m.meanError(mask, fg, bg)
	s = split{'▀', '▄', rgb{int32(m.near[fg])}, rgb{int32(m.near[bg])}}
	if mask != 0 {
		s.r, s.turned = quadrants.runes[mask], quadrants.runes[15&^mask]
	}
	return s, left
}

// choose fills near with the colours around the cell's mean, and those nearest to its darkest and its lightest quarter.
func (m *mixer) choose() {
	dark, light := m.cell[0], m.cell[0]
	for _, c := range m.cell[1:] {
		if c.lightness() < dark.lightness() {
			dark = c
		}
		if c.lightness() > light.lightness() {
			light = c
		}
	}
	m.near = m.palette.nearest(m.near[:0], m.total.times(1./4), 6)
	m.near = m.palette.nearest(m.near, dark, 1)
	m.near = m.palette.nearest(m.near, light, 1)
	for i, c := range m.cell {
		m.errs[i] = m.errs[i][:0]
		for _, n := range m.near {
			m.errs[i] = append(m.errs[i], c.minus(m.palette[n].vec()).squared())
		}
	}
}

func (a vec) lightness() float32 { return 2*a.r + 5*a.g + a.b }

// err is what the cell errs by if the quarters of mask have colour f, and the others b.
func (m *mixer) err(mask, f, b int) float32 {
	err := 4 * meanCounts * m.meanError(mask, f, b).squared()
	for i, e := range m.errs {
		if mask>>i&1 == 1 {
			err += e[f]
		} else {
			err += e[b]
		}
	}
	return err
}

// meanError is the colour by which the mean of the cell falls short.
func (m *mixer) meanError(mask, f, b int) vec {
	n := float32(bits.OnesCount(uint(mask)))
	fg, bg := m.palette[m.near[f]].vec(), m.palette[m.near[b]].vec()
	return m.total.minus(fg.times(n)).minus(bg.times(4 - n)).times(1. / 4)
}
