package distance

import (
	"context"
	"errors"
	"image"
	"math"

	"tintype/ui/picture/raster"
)

// scaledSide is the width and height, in pixels, to which pictures are scaled before they are compared.
const scaledSide = 128

// colourScale multiplies the mean distance of colours. In Oklab black and white are 1 apart, and two pictures that have nothing to do with
// each other about 0.25; their shapes are about 0.8 apart.
const colourScale = 2.5

// behind is the colour that shows where a picture is transparent: a grey that few pictures consist of.
var behind = [3]byte{128, 128, 128}

// A Picture is what is compared of a picture, about 130 kB. It is not changed after New, so several goroutines may compare it.
type Picture struct {
	scales  [len(weights)]scale
	colours [parts * parts]colour
}

// New scales and converts a picture. Its shape does not count: a wide picture is squeezed to a square, so that its left third is compared
// with the left third of the other one, however wide that is. Transparent parts count as grey. The error is the context's, or that of an image
// without pixels.
func New(ctx context.Context, img image.Image) (*Picture, error) {
	if img == nil || img.Bounds().Empty() {
		return nil, errors.New("This picture has no pixels.")
	}
	small, err := raster.Scale(ctx, raster.Over{Image: img, Colour: behind}, scaledSide, scaledSide)
	if err != nil {
		return nil, err
	}
	p := &Picture{}
	lightness := p.convert(small.Pix)
	for i := range p.scales {
		p.scales[i] = newScale(lightness, scaledSide>>i)
		lightness = halve(lightness, scaledSide>>i)
	}
	return p, nil
}

// convert returns the lightness of each pixel, and sets the mean colours.
func (p *Picture) convert(rgb []byte) []float32 {
	lightness := make([]float32, scaledSide*scaledSide)
	for y := range scaledSide {
		row := p.colours[y/partSide*parts:][:parts]
		for x := range scaledSide {
			i := y*scaledSide + x
			c := oklab(rgb[3*i : 3*i+3])
			lightness[i] = c[0]
			row[x/partSide].add(c)
		}
	}
	for i := range p.colours {
		p.colours[i].divide(partSide * partSide)
	}
	return lightness
}

// Between returns how different two pictures look, from 0 to 1.
func Between(a, b *Picture) float64 {
	return (shapes(a, b) + colours(a, b)) / 2
}

// colours returns how different the colours are, from 0 to 1.
func colours(a, b *Picture) float64 {
	sum := 0.0
	for i := range a.colours {
		sum += a.colours[i].distance(b.colours[i])
	}
	return math.Min(colourScale*sum/float64(len(a.colours)), 1)
}
