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

// fitter finds the best split of a cell: of all glyphs the one whose two parts' means err least, in squares over all samples. With
// the cell's mean taken from each of its 64 samples, and d the sum of the n of one part, a split saves |d|²·64/(n·(64-n)).
type fitter struct {
	set   glyphs
	masks []mask
	sums  sums
}

// mask is one with bit 0 set that has a glyph, as has its complement; never the full one.
type mask struct {
	bits int
	n    float32 // samples in it
	gain float32 // 64/(n·(64-n))
}

// worthwhile is what a second colour must save, in squares a sample: less is not seen, and costs bytes.
const worthwhile = 1

func newFitter(set glyphs) *fitter {
	f := &fitter{set: set}
	full := 1<<set.parts() - 1
	for m := 1; m < full; m += 2 {
		if set.runes[m] != 0 && set.runes[full&^m] != 0 {
			n := float32(samples*bits.OnesCount(uint(m))) / float32(set.parts())
			f.masks = append(f.masks, mask{m, n, samples / (n * (samples - n))})
		}
	}
	return f
}

// best is the best split so far: ones is the sum of n samples that have the colour fg.
type best struct {
	saved float32
	n     float32
	ones  vec
	mask  int  // of a glyph of the set, or 0
	r     rune // of another glyph, or 0
}

const samples = fine * fine

// fit splits the cell at x, y.
func (f *fitter) fit(from sampled, x, y int, also allowed) split {
	s := &f.sums
	s.read(from, x, y)
	b := best{saved: worthwhile * samples}
	f.trySet(&b)
	if also.low {
		ones := vec{}
		for k := 1; k < fine; k++ {
			ones = ones.plus(s.rows[fine-k][0]).plus(s.rows[fine-k][1])
			if v := ones.squared() * eighths[k]; v > b.saved {
				b = best{v, float32(k * fine), ones, 0, '▁' + rune(k-1)}
			}
		}
	}
	if also.left {
		ones := vec{}
		for k := 1; k < fine; k++ {
			ones = ones.plus(s.columns[k-1])
			if v := ones.squared() * eighths[k]; v > b.saved {
				b = best{v, float32(k * fine), ones, 0, '▏' - rune(k-1)}
			}
		}
	}
	return f.split(b)
}

// eighths are 64/(n·(64-n)) for k eighths of a cell.
var eighths = func() (of [fine]float32) {
	for k := 1; k < fine; k++ {
		of[k] = float32(samples) / float32(k*fine*(samples-k*fine))
	}
	return of
}()

// trySet tries the glyphs of the set. The sums of any mask are one of its first four parts and one of the others.
func (f *fitter) trySet(b *best) {
	var low, high [16]vec
	var parts [8]vec
	count := f.set.parts()
	f.sums.cut(f.set, parts[:])
	subsets(low[:], parts[:min(4, count)])
	subsets(high[:], parts[min(4, count):count])
	for _, m := range f.masks {
		ones := low[m.bits&15].plus(high[m.bits>>4])
		if v := ones.squared() * m.gain; v > b.saved {
			*b = best{v, m.n, ones, m.bits, 0}
		}
	}
}

// split gives the best its glyph and its colours.
func (f *fitter) split(b best) split {
	mean := f.sums.mean
	if b.n == 0 {
		c := mean.colour()
		return split{'▀', '▄', c, c}
	}
	fg, bg := mean.plus(b.ones.times(1/b.n)).colour(), mean.minus(b.ones.times(1/(samples-b.n))).colour()
	if b.mask == 0 {
		return split{b.r, 0, fg, bg}
	}
	full := 1<<f.set.parts() - 1
	return split{f.set.runes[b.mask], f.set.runes[full&^b.mask], fg, bg}
}

// subsets fills out with the sum of each subset of at most four parts, by its mask.
func subsets(out, parts []vec) {
	for mask := 1; mask < 1<<len(parts); mask++ {
		out[mask] = out[mask&(mask-1)].plus(parts[bits.TrailingZeros(uint(mask))])
	}
}
