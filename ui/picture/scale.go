package picture

import (
	"context"
	"image"
)

// raster is opaque RGB, 3 bytes a pixel, row by row.
type raster struct {
	w, h int
	pix  []byte
}

// scaleBand is how many rows of pixels one piece of work has.
const scaleBand = 16

// scale fills w×h pixels with img. Each pixel is the mean of what it covers: a box filter, which neither rings nor shimmers at
// 10:1. When it enlarges, it interpolates between the two nearest samples, because a box filter would show squares.
func scale(ctx context.Context, img image.Image, w, h int) (raster, error) {
	out := raster{w, h, make([]byte, w*h*3)}
	from := newImageSource(img)
	across := make([][]run, len(from.channels))
	for i, s := range from.channels {
		across[i] = runs(s.w, w)
	}
	err := inBands(ctx, h, scaleBand, func() func(first, end int) {
		var line [4][]byte
		for i := range line {
			line[i] = make([]byte, w)
		}
		shrinkers := make([]*shrinker, len(from.channels))
		for i, s := range from.channels {
			shrinkers[i] = newShrinker(s, across[i])
		}
		return func(first, end int) {
			for y := first; y < end; y++ {
				for i, s := range shrinkers {
					s.readRows(spanOf(s.from.h, h, y))
					s.writeLine(line[i:])
				}
				from.toRGB(out.pix[y*w*3:(y+1)*w*3], line)
			}
		}
	})
	return out, err
}

// pixel returns the three bytes of the pixel x, y.
func (r *raster) pixel(x, y int) []byte { return r.pix[(y*r.w+x)*3:][:3] }

// image returns the raster as a type that encoders of image files take.
func (r *raster) image() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, r.w, r.h))
	for i := range r.w * r.h {
		copy(img.Pix[4*i:], r.pix[3*i:3*i+3])
		img.Pix[4*i+3] = 255
	}
	return img
}
