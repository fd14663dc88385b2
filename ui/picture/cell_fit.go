package picture

import "math/bits"

// A cell is fitted on 8×8 samples, because block glyphs cut cells into halves, quarters and eighths.
const (
	samplesPerSide = 8
	samplesPerCell = samplesPerSide * samplesPerSide
)

// glyphRules are the glyphs that a cell may have beside those that have a swapped twin. In the columns of the row bits not all are
// allowed (see unique_lines.go).
type glyphRules struct {
	low  bool // eighths from below: ▁ to ▇
	left bool // eighths from the left: ▏ to ▉
}

// fitter finds the glyph and the two colours that come nearest to a cell: the glyph whose parts differ least from their means, in
// squares over all samples. With the mean of the cell subtracted from its 64 samples, and d the sum of the n samples in one part,
// a glyph reduces the error of a plain cell by |d|²·64/(n·(64-n)).
type fitter struct {
	set   glyphSet
	masks []mask
	from  cellReader
	sums  cellSums
}

// mask is a set of parts that has a glyph, and whose complement has one too. It always contains part 0, so that one mask of each
// pair is listed, and it never contains all parts.
type mask struct {
	bits int
	n    float32 // samples in it
	gain float32 // 64/(n·(64-n))
}

// minGain is the least by which a second colour must reduce the error, in squares per sample: less cannot be seen, and costs
// bytes.
const minGain = 1

func newFitter(set glyphSet, from *cellSamples) *fitter {
	return &fitter{set: set, masks: set.masks(), from: cellReader{rgbReader(&from.rows), rgbReader(&from.columns)}}
}

// bestSplit is the best glyph so far: ones is the sum of the n samples that have the colour fg.
type bestSplit struct {
	saved float32
	n     float32
	ones  vec
	mask  int  // of a glyph of the set, or 0
	glyph rune // of another glyph, or 0
}

// fit finds the best glyph and colours for the cell x, y.
func (f *fitter) fit(x, y int, rules glyphRules) glyphCell {
	f.sums.read(f.from, x, y)
	b := bestSplit{saved: minGain * samplesPerCell}
	f.tryMasks(&b)
	f.sums.eachEighth(rules, func(ones vec, k int, glyph rune) {
		if saved := ones.squared() * eighthGain[k]; saved > b.saved {
			b = bestSplit{saved, float32(k * samplesPerSide), ones, 0, glyph}
		}
	})
	return f.toCell(b)
}

// eachEighth calls try for each glyph of k eighths that the rules allow, with the sum of the samples that it covers.
func (s *cellSums) eachEighth(rules glyphRules, try func(ones vec, k int, glyph rune)) {
	if rules.low {
		ones := vec{}
		for k := 1; k < samplesPerSide; k++ {
			ones = ones.add(s.rows[samplesPerSide-k][0]).add(s.rows[samplesPerSide-k][1])
			try(ones, k, '▁'+rune(k-1))
		}
	}
	if rules.left {
		ones := vec{}
		for k := 1; k < samplesPerSide; k++ {
			ones = ones.add(s.columns[k-1])
			try(ones, k, '▏'-rune(k-1))
		}
	}
}

// eighthGain is 64/(n·(64-n)) for k eighths of a cell.
var eighthGain = func() (of [samplesPerSide]float32) {
	for k := 1; k < samplesPerSide; k++ {
		of[k] = float32(samplesPerCell) / float32(k*samplesPerSide*(samplesPerCell-k*samplesPerSide))
	}
	return of
}()

// tryMasks tries the glyphs of the set. The sum of a mask is that of its first four parts plus that of the others.
func (f *fitter) tryMasks(b *bestSplit) {
	var low, high [16]vec
	var parts [8]vec
	count := f.set.parts()
	f.sums.addParts(f.set, parts[:])
	subsetSums(low[:], parts[:min(4, count)])
	subsetSums(high[:], parts[min(4, count):count])
	for _, m := range f.masks {
		ones := low[m.bits&15].add(high[m.bits>>4])
		if saved := ones.squared() * m.gain; saved > b.saved {
			*b = bestSplit{saved, m.n, ones, m.bits, 0}
		}
	}
}

// toCell turns the best split into a cell.
func (f *fitter) toCell(b bestSplit) glyphCell {
	mean := f.sums.mean
	if b.n == 0 {
		c := mean.round()
		return glyphCell{'▀', '▄', c, c}
	}
	fg, bg := mean.add(b.ones.scale(1/b.n)).round(), mean.sub(b.ones.scale(1/(samplesPerCell-b.n))).round()
	if b.mask == 0 {
		return glyphCell{b.glyph, 0, fg, bg}
	}
	return glyphCell{f.set.runes[b.mask], f.set.runes[f.set.complement(b.mask)], fg, bg}
}

// subsetSums fills out with the sum of each subset of at most four parts, indexed by its mask.
func subsetSums(out, parts []vec) {
	for mask := 1; mask < 1<<len(parts); mask++ {
		out[mask] = out[mask&(mask-1)].add(parts[bits.TrailingZeros(uint(mask))])
	}
}
