package picture

import (
	"context"
	"image"
)

// rgb is a colour.
type rgb [3]int32

// vec is a sum of colours.
type vec struct{ r, g, b float32 }

func (a vec) plus(b vec) vec  { return vec{a.r + b.r, a.g + b.g, a.b + b.b} }
func (a vec) minus(b vec) vec { return vec{a.r - b.r, a.g - b.g, a.b - b.b} }

func (a vec) times(f float32) vec { return vec{a.r * f, a.g * f, a.b * f} }

func (a vec) squared() float32 { return a.r*a.r + a.g*a.g + a.b*a.b }

// colour is the nearest colour there is.
func (a vec) colour() rgb { return rgb{nearestByte(a.r), nearestByte(a.g), nearestByte(a.b)} }

func nearestByte(v float32) int32 { return min(max(int32(v+0.5), 0), 255) }

// sampled is a picture as the fitter reads it, which is less than all of the 8×8 samples of its cells, and done sooner.
type sampled struct {
	rows    raster // the left and the right half of each of the eight rows of a cell
	columns raster // the eight columns of a cell
}

// sample reads a picture for size cells.
func sample(ctx context.Context, img image.Image, size Cells, o Options) (sampled, error) {
	rows, err := scale(ctx, img, 2*size.W, fine*size.H, o.Under)
	if err != nil {
		return sampled{}, err
	}
	columns, err := scale(ctx, img, fine*size.W, size.H, o.Under)
	return sampled{rows, columns}, err
}

// vecAt is the pixel x, y.
func (r raster) vecAt(x, y int) vec {
	p := r.pix[(y*r.w+x)*3:][:3]
	return vec{float32(p[0]), float32(p[1]), float32(p[2])}
}

// sums are those of a cell's 8×8 samples that all glyphs are made of, each less the cell's mean, as many times as there are
// samples in it: so the sum of all is zero.
type sums struct {
	mean    vec
	rows    [fine][2]vec // the left and the right half of each row
	columns [fine]vec
}

// read sums the cell at x, y.
func (s *sums) read(from sampled, x, y int) {
	s.gather(func(column, row int) vec { return from.rows.vecAt(2*x+column, fine*y+row) },
		func(column int) vec { return from.columns.vecAt(fine*x+column, y) })
}

// gather sums the means of half rows and of columns.
func (s *sums) gather(halfRow func(column, row int) vec, column func(column int) vec) {
	total := vec{}
	for i := range s.rows {
		row := &s.rows[i]
		row[0], row[1] = halfRow(0, i), halfRow(1, i)
		total = total.plus(row[0]).plus(row[1])
	}
	s.mean = total.times(1. / (2 * fine))
	for i := range s.rows {
		row := &s.rows[i]
		row[0], row[1] = row[0].minus(s.mean).times(fine/2), row[1].minus(s.mean).times(fine/2)
	}
	for i := range s.columns {
		s.columns[i] = column(i).minus(s.mean).times(fine)
	}
}

// cut gives the sums of the parts of a set. Its rows may end within a row of samples, as thirds do: then that counts in part
// for either.
func (s *sums) cut(set glyphs, parts []vec) {
	height := float32(fine) / float32(set.rows)
	for row := range set.rows {
		from, to := float32(row)*height, float32(row+1)*height
		for y := int(from); y < fine && float32(y) < to; y++ {
			share := min(to, float32(y+1)) - max(from, float32(y))
			for half := range 2 {
				p := &parts[row*2+half]
				*p = p.plus(s.rows[y][half].times(share))
			}
		}
	}
}
