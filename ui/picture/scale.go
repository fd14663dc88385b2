package picture

import (
	"context"
	"image"
	"image/color"
)

// raster is opaque RGB, 3 bytes a pixel, row by row.
type raster struct {
	w, h int
	pix  []byte
}

// scaleBand is how many rows of pixels are one piece of work.
const scaleBand = 16

// scale fills w×h pixels with img, each pixel the mean of what it covers (a box filter, which neither rings nor shimmers
// at 10:1), or where there are more pixels than before what lies between the nearest (means of less than a pixel would show as
// squares); what is transparent shows under.
func scale(ctx context.Context, img image.Image, w, h int, under color.RGBA) (raster, error) {
	out := raster{w, h, make([]byte, w*h*3)}
	from := newImageSource(img, under)
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
