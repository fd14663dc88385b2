package picture

import "math/bits"

// fine is how many samples a cell has each way: block glyphs cut cells into halves, quarters and eighths.
const fine = 8

// split is a cell of two colours. turned is a glyph of the same look with the colours in each other's place, or 0. Where there is
// one, the part at the top left has the colour fg; a cell of one colour is ▀ with fg equal to bg.
type split struct {
	r, turned rune
	fg, bg    rgb
}

// allowed are the glyphs beside those that can be turned; in the guard's columns not all are (guard.go).
type allowed struct{ low, left bool }

// fitter finds the best split of a cell: of all glyphs the one whose two parts' means err least, in squares over all samples.
// The sum of squares of n samples about their mean is that of the samples less |sum|²/n, so the best glyph is the one with the
// greatest |sum₁|²/n₁ + |sum₀|²/n₀.
type fitter struct {
	set   glyphs
	masks []int // those with bit 0 set that have a glyph, as has their complement; without the full one
	sums  sums
}

// worthwhile is what a second colour must save, in squares a sample: less is not seen, and costs bytes.
const worthwhile = 1

func newFitter(set glyphs) *fitter {
	f := &fitter{set: set}
	full := 1<<set.parts() - 1
	for mask := 1; mask < full; mask += 2 {
		if set.runes[mask] != 0 && set.runes[full&^mask] != 0 {
			f.masks = append(f.masks, mask)
		}
	}
	return f
}

// best is the best split so far: ones is the sum of n samples that have the colour fg.
type best struct {
	score float32
	n     float32
	ones  vec
	mask  int  // of a glyph of the set, or 0
	r     rune // of another glyph, or 0
}

// try takes a split, if it is better.
func (b *best) try(total, ones vec, n float32, mask int, r rune) {
	if score := ones.squared()/n + total.minus(ones).squared()/(samples-n); score > b.score {
		*b = best{score, n, ones, mask, r}
	}
}

const samples = fine * fine

// fit splits the cell at x, y of a raster of 8×8 samples a cell.
func (f *fitter) fit(r raster, x, y int, also allowed) split {
	s := &f.sums
	s.read(r, x, y)
	b := best{score: s.total.squared()/samples + worthwhile*samples}
	f.trySet(&b)
	if also.low {
		ones := vec{}
		for k := 1; k < fine; k++ {
			ones = ones.plus(s.rows[fine-k][0]).plus(s.rows[fine-k][1])
			b.try(s.total, ones, float32(k*fine), 0, '▁'+rune(k-1))
		}
	}
	if also.left {
		ones := vec{}
		for k := 1; k < fine; k++ {
			ones = ones.plus(s.columns[k-1])
			b.try(s.total, ones, float32(k*fine), 0, '▏'-rune(k-1))
		}
	}
	return f.split(b)
}

// trySet tries the glyphs of the set. The sums of any mask are one of its first four parts and one of the others.
func (f *fitter) trySet(b *best) {
	var low, high [16]vec
	var parts [8]vec
	count := f.set.parts()
	f.sums.cut(f.set, parts[:])
	subsets(low[:], parts[:min(4, count)])
	subsets(high[:], parts[min(4, count):count])
	area := float32(samples) / float32(count)
	for _, mask := range f.masks {
		b.try(f.sums.total, low[mask&15].plus(high[mask>>4]), area*float32(bits.OnesCount(uint(mask))), mask, 0)
	}
}

// split gives the best its glyph and its colours.
func (f *fitter) split(b best) split {
	total := f.sums.total
	switch full := 1<<f.set.parts() - 1; {
	case b.mask != 0:
		return split{f.set.runes[b.mask], f.set.runes[full&^b.mask], b.ones.mean(b.n), total.minus(b.ones).mean(samples - b.n)}
	case b.r != 0:
		return split{b.r, 0, b.ones.mean(b.n), total.minus(b.ones).mean(samples - b.n)}
	}
	mean := total.mean(samples)
	return split{'▀', '▄', mean, mean}
}

// subsets fills out with the sum of each subset of at most four parts, by its mask.
func subsets(out, parts []vec) {
	for mask := 1; mask < 1<<len(parts); mask++ {
		out[mask] = out[mask&(mask-1)].plus(parts[bits.TrailingZeros(uint(mask))])
	}
}
