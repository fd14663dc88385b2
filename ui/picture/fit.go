package picture

// rgb is a colour, or a sum of colours.
type rgb [3]int32

// split is a cell of two colours: fg where the bits of mask are set, bg elsewhere. A cell of one colour has mask 0 and
// fg equal to bg. Else bit 0 (the part at the top left) is always set; turned gives the same cell the other way round.
type split struct {
	mask   int
	fg, bg rgb
}

// turned is the same look, with the colours in each other's place.
func (s split) turned(full int) split { return split{full &^ s.mask, s.bg, s.fg} }

// fitter finds the best split of a cell: of all glyphs of a set the one whose two parts' means err least, in squares over
// all parts. The sum of squares of a group of n parts about its mean is that of the parts less |sum|²/n, so the best glyph
// is the one with the greatest |sum₁|²/n₁ + |sum₀|²/n₀.
type fitter struct {
	parts  int
	masks  []int     // those with bit 0 set that have a glyph, as has their complement; without the full one
	counts []int     // bits set in each mask
	over   []float32 // over[n] is 1/n
}

// worthwhile is what a second colour must save, in squares a part: less is noise, and costs bytes.
const worthwhile = 6

func newFitter(g glyphs) *fitter {
	f := &fitter{parts: g.parts(), over: make([]float32, g.parts()+1)}
	full := 1<<f.parts - 1
	for mask := 1; mask < full; mask += 2 {
		if g.runes[mask] == 0 || g.runes[full&^mask] == 0 {
			continue
		}
		n := 0
		for m := mask; m > 0; m &= m - 1 {
			n++
		}
		f.masks, f.counts = append(f.masks, mask), append(f.counts, n)
	}
	for n := 1; n <= f.parts; n++ {
		f.over[n] = 1 / float32(n)
	}
	return f
}

// fit splits the cell whose parts have these colours.
func (f *fitter) fit(parts []rgb) split {
	var low, high [16]rgb // sums of the first four parts by their mask, and of the others by theirs
	subsets(low[:], parts[:min(4, len(parts))])
	subsets(high[:], parts[min(4, len(parts)):])
	total := low[1<<min(4, f.parts)-1].plus(high[1<<max(0, f.parts-4)-1])
	best, bestMask, bestCount := total.squared()*f.over[f.parts]+worthwhile*float32(f.parts), 0, 0
	for i, mask := range f.masks {
		n := f.counts[i]
		ones := low[mask&15].plus(high[mask>>4])
		score := ones.squared()*f.over[n] + total.minus(ones).squared()*f.over[f.parts-n]
		if score > best {
			best, bestMask, bestCount = score, mask, n
		}
	}
	if bestMask == 0 {
		mean := total.mean(f.parts)
		return split{0, mean, mean}
	}
	ones := low[bestMask&15].plus(high[bestMask>>4])
	return split{bestMask, ones.mean(bestCount), total.minus(ones).mean(f.parts - bestCount)}
}

// subsets fills sums with the sum of each subset of at most four parts, by its mask.
func subsets(sums, parts []rgb) {
	for mask := 1; mask < 1<<len(parts); mask++ {
		without := mask & (mask - 1)
		lowest := 0
		for mask>>lowest&1 == 0 {
			lowest++
		}
		sums[mask] = sums[without].plus(parts[lowest])
	}
}

func (a rgb) plus(b rgb) rgb  { return rgb{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }
func (a rgb) minus(b rgb) rgb { return rgb{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }

func (a rgb) squared() float32 {
	r, g, b := float32(a[0]), float32(a[1]), float32(a[2])
	return r*r + g*g + b*b
}

// mean divides a sum by n, to the nearest.
func (a rgb) mean(n int) rgb {
	for i, v := range a {
		half := int32(n) / 2
		if v < 0 {
			half = -half
		}
		a[i] = (v + half) / int32(n)
	}
	return a
}

// clamped has each channel within a byte.
func (a rgb) clamped() rgb {
	for i := range a {
		a[i] = min(max(a[i], 0), 255)
	}
	return a
}

// cut collects the colours of the parts of the cell at x, y from a raster of cols×rows parts a cell.
func (g glyphs) cut(r raster, x, y int, parts []rgb) {
	i := 0
	for row := range g.rows {
		at := ((y*g.rows+row)*r.w + x*g.cols) * 3
		for col := range g.cols {
			p := r.pix[at+3*col:]
			parts[i] = rgb{int32(p[0]), int32(p[1]), int32(p[2])}
			i++
		}
	}
}
