package picture

import (
	"context"
	"image"
	"slices"

	"tintype/ui/picture/raster"
)

// asciiRamp lists characters by brightness, from black to white on a dark background.
const asciiRamp = " .:-=+*#%@"

// encodeMonochrome draws without colours: one character a cell, chosen by its brightness. Rows may have equal text here, because
// then they look equal as well (see unique_lines.go).
func encodeMonochrome(ctx context.Context, img image.Image, size Cells, o Options) (Frame, error) {
	cells, err := raster.Scale(ctx, img, size.W, size.H)
	if err != nil {
		return Frame{}, err
	}
	light := stretchedBrightness(cells)
	lines := make([]string, size.H)
	for y := range lines {
		line := make([]byte, size.W)
		for x := range line {
			v := light[y*size.W+x]
			if o.Light {
				v = 255 - v
			}
			line[x] = asciiRamp[int(v)*len(asciiRamp)/256]
		}
		lines[y] = string(line)
	}
	return Frame{Lines: lines}, nil
}

// stretchedBrightness returns the brightness of each pixel, 0 to 255, with the darkest 2 % at 0 and the lightest 2 % at 255: ten
// characters have few steps, and many pictures use only some of them.
func stretchedBrightness(r raster.Image) []int32 {
	light := make([]int32, r.W*r.H)
	for i := range light {
		light[i] = (int32(r.Pix[3*i])*54 + int32(r.Pix[3*i+1])*183 + int32(r.Pix[3*i+2])*19) >> 8
	}
	sorted := slices.Sorted(slices.Values(light))
	low, high := sorted[len(sorted)/50], sorted[len(sorted)-1-len(sorted)/50]
	if high-low < 32 { // nearly one tone: stretching would only show noise
		return light
	}
	for i, v := range light {
		light[i] = min(max((v-low)*255/(high-low), 0), 255)
	}
	return light
}
