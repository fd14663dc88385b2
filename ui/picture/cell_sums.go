package picture

import (
	"context"
	"image"

	"tintype/ui/picture/raster"
)

// rgb is a colour of three channels from 0 to 255, or the number of a palette's colour in its first channel.
type rgb [3]int32

// vec is a colour, or a sum of colours, in RGB or L*a*b*.
type vec struct{ r, g, b float32 }

func (a vec) add(b vec) vec       { return vec{a.r + b.r, a.g + b.g, a.b + b.b} }
func (a vec) sub(b vec) vec       { return vec{a.r - b.r, a.g - b.g, a.b - b.b} }
func (a vec) scale(f float32) vec { return vec{a.r * f, a.g * f, a.b * f} }
func (a vec) squared() float32    { return a.r*a.r + a.g*a.g + a.b*a.b }
func (a vec) round() rgb          { return rgb{roundToByte(a.r), roundToByte(a.g), roundToByte(a.b)} }
func roundToByte(v float32) int32 { return min(max(int32(v+0.5), 0), 255) }

// vecAt returns the pixel x, y.
func vecAt(r *raster.Image, x, y int) vec {
	p := r.At(x, y)
	return vec{float32(p[0]), float32(p[1]), float32(p[2])}
}

// rgbReader returns vecAt for one raster.
func rgbReader(r *raster.Image) func(x, y int) vec {
	return func(x, y int) vec { return vecAt(r, x, y) }
}

// cellSamples is a picture at the resolutions that the fitter needs. These are fewer samples than 8×8 a cell, and
// faster to scale.
type cellSamples struct {
	rows    raster.Image // the left and the right half of each of a cell's eight rows
	columns raster.Image // a cell's eight columns
}

func sampleCells(ctx context.Context, img image.Image, size Cells) (cellSamples, error) {
	rows, err := raster.Scale(ctx, img, 2*size.W, samplesPerSide*size.H)
	if err != nil {
		return cellSamples{}, err
	}
	columns, err := raster.Scale(ctx, img, samplesPerSide*size.W, size.H)
	return cellSamples{rows, columns}, err
}

// cellSums are sums of a cell's 8×8 samples, of which all glyphs are made. The cell's mean is subtracted from each sample, so that
// the sum of all is zero.
type cellSums struct {
	mean    vec
	rows    [samplesPerSide][2]vec // the left and the right half of each row
	columns [samplesPerSide]vec
}

// cellReader returns the pixels of cellSamples, in RGB or L*a*b*.
type cellReader struct{ rowsAt, columnsAt func(x, y int) vec }

// read sums the cell x, y.
func (s *cellSums) read(from cellReader, x, y int) {
	total := vec{}
	for i := range s.rows {
		row := &s.rows[i]
		row[0], row[1] = from.rowsAt(2*x, samplesPerSide*y+i), from.rowsAt(2*x+1, samplesPerSide*y+i)
		total = total.add(row[0]).add(row[1])
	}
	s.mean = total.scale(1. / (2 * samplesPerSide))
	for i := range s.rows {
		row := &s.rows[i]
		row[0], row[1] = row[0].sub(s.mean).scale(samplesPerSide/2), row[1].sub(s.mean).scale(samplesPerSide/2)
	}
	for i := range s.columns {
		s.columns[i] = from.columnsAt(samplesPerSide*x+i, y).sub(s.mean).scale(samplesPerSide)
	}
}

// addParts adds the sums of the parts of a set to parts. A part may end within a row of samples, as thirds do: then the row counts
// proportionally for both parts.
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
