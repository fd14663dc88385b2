package picture

import (
	"context"
	"image"
)

// rgb is a colour.
type rgb [3]int32

// vec is a sum of colours.
type vec struct{ r, g, b float32 }

func (a vec) add(b vec) vec { return vec{a.r + b.r, a.g + b.g, a.b + b.b} }
func (a vec) sub(b vec) vec { return vec{a.r - b.r, a.g - b.g, a.b - b.b} }

func (a vec) scale(f float32) vec { return vec{a.r * f, a.g * f, a.b * f} }

func (a vec) squared() float32 { return a.r*a.r + a.g*a.g + a.b*a.b }

// round is the nearest colour there is.
func (a vec) round() rgb { return rgb{roundToByte(a.r), roundToByte(a.g), roundToByte(a.b)} }

func roundToByte(v float32) int32 { return min(max(int32(v+0.5), 0), 255) }

// cellSamples is a picture as the fitter reads it, which is less than all of the 8×8 samples of its cells, and done sooner.
type cellSamples struct {
	rows    raster // the left and the right half of each of the eight rows of a cell
	columns raster // the eight columns of a cell
}

// sampleCells reads a picture for size cells.
func sampleCells(ctx context.Context, img image.Image, size Cells, o Options) (cellSamples, error) {
	rows, err := scale(ctx, img, 2*size.W, samplesPerSide*size.H, o.Under)
	if err != nil {
		return cellSamples{}, err
	}
	columns, err := scale(ctx, img, samplesPerSide*size.W, size.H, o.Under)
	return cellSamples{rows, columns}, err
}

// vecAt is the pixel x, y.
func (r raster) vecAt(x, y int) vec {
	p := r.pix[(y*r.w+x)*3:][:3]
	return vec{float32(p[0]), float32(p[1]), float32(p[2])}
}

// cellSums are those of a cell's 8×8 samples that all glyphs are made of, each less the cell's mean, as many times as there are
// samples in it: so the sum of all is zero.
type cellSums struct {
	mean    vec
	rows    [samplesPerSide][2]vec // the left and the right half of each row
	columns [samplesPerSide]vec
}

// read sums the cell at x, y.
func (s *cellSums) read(from cellSamples, x, y int) {
	s.gather(func(column, row int) vec { return from.rows.vecAt(2*x+column, samplesPerSide*y+row) },
		func(column int) vec { return from.columns.vecAt(samplesPerSide*x+column, y) })
}

// gather sums the means of half rows and of columns.
func (s *cellSums) gather(halfRow func(column, row int) vec, column func(column int) vec) {
	total := vec{}
	for i := range s.rows {
		row := &s.rows[i]
		row[0], row[1] = halfRow(0, i), halfRow(1, i)
		total = total.add(row[0]).add(row[1])
	}
	s.mean = total.scale(1. / (2 * samplesPerSide))
	for i := range s.rows {
		row := &s.rows[i]
		row[0], row[1] = row[0].sub(s.mean).scale(samplesPerSide/2), row[1].sub(s.mean).scale(samplesPerSide/2)
	}
	for i := range s.columns {
		s.columns[i] = column(i).sub(s.mean).scale(samplesPerSide)
	}
}

// addParts gives the sums of the parts of a set. Its rows may end within a row of samples, as thirds do: then that counts in part
// for either.
func (s *cellSums) addParts(set glyphSet, parts []vec) {
	height := float32(samplesPerSide) / float32(set.rows)
	for row := range set.rows {
		from, to := float32(row)*height, float32(row+1)*height
		for y := int(from); y < samplesPerSide && float32(y) < to; y++ {
			share := min(to, float32(y+1)) - max(from, float32(y))
			for half := range 2 {
				p := &parts[row*2+half]
				*p = p.add(s.rows[y][half].scale(share))
			}
		}
	}
}
