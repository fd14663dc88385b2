package picture

// paletteFitter fits cells to a palette. Of all glyphs and pairs of colours it takes those with the smallest visible error, in
// squares over all samples in L*a*b*: for one glyph, each part takes the colour nearest to its mean. It is for one goroutine.
//
// Nothing of a cell's error is passed on to its neighbours: cells are so large that the patterns of such dithering are seen more
// than the colours that they would mix.
type paletteFitter struct {
	*labPalette
	masks   []mask
	from    cellReader
	sums    cellSums
	tries   []glyphTry
	best    glyphCell
	bestErr float32 // of best, minus the error of the cell in its own mean
}

// glyphTry is a glyph that the cell may have. ones is the sum of the n samples under it, and saved what it would reduce the error
// by if every colour existed.
type glyphTry struct {
	ones           vec
	n, saved       float32
	glyph, swapped rune
}

// promising is the share of the highest saved that a glyph needs to be tried in the palette's colours.
const promising = 0.4

func newPaletteFitter(p *labPalette, from *cellSamples) *paletteFitter {
	return &paletteFitter{labPalette: p, masks: quadrants.masks(), from: cellReader{p.reader(&from.rows), p.reader(&from.columns)}}
}

// fit finds the best glyph and colours for the cell x, y.
func (f *paletteFitter) fit(x, y int, rules glyphRules) glyphCell {
	f.sums.read(f.from, x, y)
	at, err := f.nearest(f.sums.mean)
	f.best, f.bestErr = glyphCell{'▀', '▄', f.paletteNumber(at), f.paletteNumber(at)}, err*samplesPerCell
	f.collect(rules)
	highest := float32(0)
	for i := range f.tries {
		highest = max(highest, f.tries[i].saved)
	}
	for i := range f.tries {
		if t := &f.tries[i]; t.saved >= promising*highest {
			f.try(t)
		}
	}
	return f.best
}

// collect lists the glyphs that the cell may have.
func (f *paletteFitter) collect(rules glyphRules) {
	f.tries = f.tries[:0]
	var parts [4]vec
	var ones [16]vec
	f.sums.addParts(quadrants, parts[:])
	subsetSums(ones[:], parts[:])
	for _, m := range f.masks {
		sum := ones[m.bits]
		f.tries = append(f.tries, glyphTry{sum, m.n, sum.squared() * m.gain, quadrants.runes[m.bits], quadrants.runes[quadrants.complement(m.bits)]})
	}
	f.sums.eachEighth(rules, func(ones vec, k int, glyph rune) {
		f.tries = append(f.tries, glyphTry{ones, float32(k * samplesPerSide), ones.squared() * eighthGain[k], glyph, 0})
	})
}

// try takes a glyph if its error is smaller.
func (f *paletteFitter) try(t *glyphTry) {
	fg, fgErr := f.nearest(f.sums.mean.add(t.ones.scale(1 / t.n)))
	bg, bgErr := f.nearest(f.sums.mean.sub(t.ones.scale(1 / (samplesPerCell - t.n))))
	if err := fgErr*t.n + bgErr*(samplesPerCell-t.n) - t.saved; err < f.bestErr {
		f.best, f.bestErr = glyphCell{t.glyph, t.swapped, f.paletteNumber(fg), f.paletteNumber(bg)}, err
	}
}
