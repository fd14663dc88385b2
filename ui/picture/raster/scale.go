package raster

import (
	"context"
	"image"
)

// Image is opaque RGB, 3 bytes a pixel, row by row.
type Image struct {
	W, H int
	Pix  []byte
}

// scaleBand is how many rows of pixels one piece of work has.
const scaleBand = 16

// Scale fills w×h pixels with img. Each pixel is the mean of what it covers: a box filter, which neither rings nor shimmers at
// 10:1. When it enlarges, it interpolates between the two nearest samples, because a box filter would show squares. An image without pixels,
// such as the frame of a damaged animation, gives black.
func Scale(ctx context.Context, img image.Image, w, h int) (Image, error) {
	switch v := img.(type) {
	case *View:
		return v.scale(ctx, w, h)
	case Over:
		if view, ok := v.Image.(*View); ok {
			return (&View{Over{view.Image, v.Colour}, view.Turn, view.Convert}).scale(ctx, w, h)
		}
	}
	out := Image{w, h, make([]byte, w*h*3)}
	if len(out.Pix) == 0 || img.Bounds().Empty() {
		return out, nil
	}
	from := newImageSource(img)
	across := make([][]run, len(from.channels))
	for i, s := range from.channels {
		across[i] = s.runs(w)
	}
	err := InBands(ctx, h, scaleBand, func() func(first, end int) {
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
					s.readRows(s.from.down.span(s.from.h, h, y, s.from.repeats))
					s.writeLine(line[i:])
				}
				from.toRGB(out.Pix[y*w*3:(y+1)*w*3], line)
			}
		}
	})
	return out, err
}

// At returns the three bytes of the pixel x, y.
func (r *Image) At(x, y int) []byte { return r.Pix[(y*r.W+x)*3:][:3] }

// RGBA returns the raster as a type that encoders of image files take.
func (r *Image) RGBA() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, r.W, r.H))
	for i := range r.W * r.H {
		copy(img.Pix[4*i:], r.Pix[3*i:3*i+3])
		img.Pix[4*i+3] = 255
	}
	return img
}
