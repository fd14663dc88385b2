package picture

import (
	"context"
	"image"
)

// ditherBand is how many rows of cells are one piece of work; none owes the next piece anything.
const ditherBand = 5

// dither fits each cell to a palette, and hands some of what its mean then errs by to the cells to its right and below (the
// weights of Floyd and Steinberg). The colours of its splits are numbers of the palette.
func (b *cellGrid) dither(ctx context.Context, img image.Image, p palette, o Options) error {
	from, err := sampleCells(ctx, img, b.size, o)
	if err != nil {
		return err
	}
	l := newLabPalette(p)
	return inBands(ctx, b.size.H, ditherBand, func() func(first, end int) {
		m := newMixer(l)
		owed, below := make([]vec, b.size.W+2), make([]vec, b.size.W+2) // to this row and the next; cell x is owed[x+1]
		return func(first, end int) {
			clear(owed)
			for y := first; y < end; y++ {
				clear(below)
				for x := range b.size.W {
					m.read(from, x, y, owed[x+1])
					s, left := m.mix(allowedGlyphs(x, y))
					b.cells[y*b.size.W+x] = s
					left = left.scale(l.handedOn / 16)
					owed[x+2] = owed[x+2].add(left.scale(7))
					below[x] = below[x].add(left.scale(3))
					below[x+1] = below[x+1].add(left.scale(5))
					below[x+2] = below[x+2].add(left)
				}
				owed, below = below, owed
			}
		}
	})
}

// mixer fits cells to a palette, for one goroutine: of all glyphs and pairs of colours it takes those that err least to the eye, in
// squares over all samples. With one glyph, each of its parts takes the colour nearest to the mean of the part.
type mixer struct {
	*labPalette
	masks []mask
	sums  cellSums
	tries []try
	best  mixed
}

// try is a glyph that may be taken: ones is the sum of the n samples under it, and saved what it would save if all colours were there.
type try struct {
	ones      vec
	n, saved  float32
	r, turned rune
}

// promising is how much of the most that any glyph saves one has to save to be tried in the palette's colours.
const promising = 0.4

// mixed is a cell in colours of the palette.
type mixed struct {
	err   float32 // less what the cell errs by in its one mean colour
	split glyphCell
	mean  vec
}

func newMixer(l *labPalette) *mixer { return &mixer{labPalette: l, masks: newFitter(quadrants).masks} }

// read takes the cell at x, y, and what its neighbours owe it.
func (m *mixer) read(from cellSamples, x, y int, owed vec) {
	m.sums.gather(func(column, row int) vec { return m.labAt(from.rows, 2*x+column, samplesPerSide*y+row) },
		func(column int) vec { return m.labAt(from.columns, samplesPerSide*x+column, y) })
	m.sums.mean = m.sums.mean.add(owed)
}

// mix finds the best glyph and its colours, and says what the cell's mean then lacks.
func (m *mixer) mix(also glyphRules) (s glyphCell, left vec) {
	at, err := m.nearest(m.sums.mean)
	m.best = mixed{err * samplesPerCell, glyphCell{'▀', '▄', m.paletteNumber(at), m.paletteNumber(at)}, m.colours[at]}
	m.collect(also)
	most := float32(0)
	for i := range m.tries {
		most = max(most, m.tries[i].saved)
	}
	for i := range m.tries {
		if t := &m.tries[i]; t.saved >= promising*most {
			m.try(t)
		}
	}
	return m.best.split, m.sums.mean.sub(m.best.mean)
}

// collect lists the glyphs that may be taken.
func (m *mixer) collect(also glyphRules) {
	m.tries = m.tries[:0]
	var parts [4]vec
	var ones [16]vec
	m.sums.addParts(quadrants, parts[:])
	subsetSums(ones[:], parts[:])
	for _, k := range m.masks {
		m.may(ones[k.bits], k.n, k.gain, quadrants.runes[k.bits], quadrants.runes[15&^k.bits])
	}
	if also.low {
		ones := vec{}
		for k := 1; k < samplesPerSide; k++ {
			ones = ones.add(m.sums.rows[samplesPerSide-k][0]).add(m.sums.rows[samplesPerSide-k][1])
			m.may(ones, float32(k*samplesPerSide), eighthGain[k], '▁'+rune(k-1), 0)
		}
	}
	if also.left {
		ones := vec{}
		for k := 1; k < samplesPerSide; k++ {
			ones = ones.add(m.sums.columns[k-1])
			m.may(ones, float32(k*samplesPerSide), eighthGain[k], '▏'-rune(k-1), 0)
		}
	}
}

func (m *mixer) may(ones vec, n, gain float32, r, turned rune) {
	m.tries = append(m.tries, try{ones, n, ones.squared() * gain, r, turned})
}

// try takes a glyph, if it errs less.
func (m *mixer) try(t *try) {
	fg, fgErr := m.nearest(m.sums.mean.add(t.ones.scale(1 / t.n)))
	bg, bgErr := m.nearest(m.sums.mean.sub(t.ones.scale(1 / (samplesPerCell - t.n))))
	if err := fgErr*t.n + bgErr*(samplesPerCell-t.n) - t.saved; err < m.best.err {
		mean := m.colours[fg].scale(t.n / samplesPerCell).add(m.colours[bg].scale(1 - t.n/samplesPerCell))
		m.best = mixed{err, glyphCell{t.r, t.turned, m.paletteNumber(fg), m.paletteNumber(bg)}, mean}
	}
}
