package picture

import "math/bits"

// samplesPerSide is how many samples a cell has each way: block glyphs cut cells into halves, quarters and eighths.
const samplesPerSide = 8

// glyphCell is a cell of two colours. turned is a glyph of the same look with the colours in each other's place, or 0. Where there is
// one, the part at the top left has the colour fg; a cell of one colour is ▀ with fg equal to bg.
type glyphCell struct {
	glyph, swapped rune
	fg, bg         rgb
}

// glyphRules are the glyphs beside those that can be turned; in the guard's columns not all are (guard.go).
type glyphRules struct{ low, left bool }

// fitter finds the best split of a cell: of all glyphs the one whose two parts' means err least, in squares over all samples. With
// the cell's mean taken from each of its 64 samples, and d the sum of the n of one part, a split saves |d|²·64/(n·(64-n)).
type fitter struct {
	set   glyphSet
	masks []mask
	sums  cellSums
}

// mask is one with bit 0 set that has a glyph, as has its complement; never the full one.
type mask struct {
	bits int
	n    float32 // samples in it
	gain float32 // 64/(n·(64-n))
}

// minGain is what a second colour must save, in squares a sample: less is not seen, and costs bytes.
const minGain = 1

func newFitter(set glyphSet) *fitter {
	f := &fitter{set: set}
	full := 1<<set.parts() - 1
	for m := 1; m < full; m += 2 {
		if set.runes[m] != 0 && set.runes[full&^m] != 0 {
			n := float32(samplesPerCell*bits.OnesCount(uint(m))) / float32(set.parts())
			f.masks = append(f.masks, mask{m, n, samplesPerCell / (n * (samplesPerCell - n))})
		}
	}
	return f
}

// bestSplit is the best split so far: ones is the sum of n samples that have the colour fg.
type bestSplit struct {
	saved float32
	n     float32
	ones  vec
	mask  int  // of a glyph of the set, or 0
	r     rune // of another glyph, or 0
}

const samplesPerCell = samplesPerSide * samplesPerSide

// fit splits the cell at x, y.
func (f *fitter) fit(from cellSamples, x, y int, also glyphRules) glyphCell {
	s := &f.sums
	s.read(from, x, y)
	b := bestSplit{saved: minGain * samplesPerCell}
	f.tryMasks(&b)
	if also.low {
		ones := vec{}
		for k := 1; k < samplesPerSide; k++ {
			ones = ones.add(s.rows[samplesPerSide-k][0]).add(s.rows[samplesPerSide-k][1])
			if v := ones.squared() * eighthGain[k]; v > b.saved {
				b = bestSplit{v, float32(k * samplesPerSide), ones, 0, '▁' + rune(k-1)}
			}
		}
	}
	if also.left {
		ones := vec{}
		for k := 1; k < samplesPerSide; k++ {
			ones = ones.add(s.columns[k-1])
			if v := ones.squared() * eighthGain[k]; v > b.saved {
				b = bestSplit{v, float32(k * samplesPerSide), ones, 0, '▏' - rune(k-1)}
			}
		}
	}
	return f.toCell(b)
}

// eighthGain are 64/(n·(64-n)) for k eighths of a cell.
var eighthGain = func() (of [samplesPerSide]float32) {
	for k := 1; k < samplesPerSide; k++ {
		of[k] = float32(samplesPerCell) / float32(k*samplesPerSide*(samplesPerCell-k*samplesPerSide))
	}
	return of
}()

// tryMasks tries the glyphs of the set. The sums of any mask are one of its first four parts and one of the others.
func (f *fitter) tryMasks(b *bestSplit) {
	var low, high [16]vec
	var parts [8]vec
	count := f.set.parts()
	f.sums.addParts(f.set, parts[:])
	subsetSums(low[:], parts[:min(4, count)])
	subsetSums(high[:], parts[min(4, count):count])
	for _, m := range f.masks {
		ones := low[m.bits&15].add(high[m.bits>>4])
		if v := ones.squared() * m.gain; v > b.saved {
			*b = bestSplit{v, m.n, ones, m.bits, 0}
		}
	}
}

// toCell gives the best its glyph and its colours.
func (f *fitter) toCell(b bestSplit) glyphCell {
	mean := f.sums.mean
	if b.n == 0 {
		c := mean.round()
		return glyphCell{'▀', '▄', c, c}
	}
	fg, bg := mean.add(b.ones.scale(1/b.n)).round(), mean.sub(b.ones.scale(1/(samplesPerCell-b.n))).round()
	if b.mask == 0 {
		return glyphCell{b.r, 0, fg, bg}
	}
	full := 1<<f.set.parts() - 1
	return glyphCell{f.set.runes[b.mask], f.set.runes[full&^b.mask], fg, bg}
}

// subsetSums fills out with the sum of each subset of at most four parts, by its mask.
func subsetSums(out, parts []vec) {
	for mask := 1; mask < 1<<len(parts); mask++ {
		out[mask] = out[mask&(mask-1)].add(parts[bits.TrailingZeros(uint(mask))])
	}
}
