package inputimage

import (
	"context"
	"image"
	"image/draw"
	"math"

	"tintype/history/imagekind"
	"tintype/ui/picture/raster"
)

// How a copy is made that fits a limit: first with less quality, then with fewer pixels.
const (
	mostPixels  = 4 << 20   // more than any model looks at
	longestSide = 1<<14 - 1 // of a WebP
	leastSide   = 256       // the shorter side is not made shorter than this, which some models ask for
	goodQuality = 80        // a JPEG below it shows its blocks, so the picture is made smaller instead
	bestQuality = 95        // nobody sees the difference to more
	poorQuality = 10        // the last resort, when the shorter side is at its least
)

// copyRules is what a copy of a picture must be.
type copyRules struct {
	limit     int64       // bytes
	isMask    bool        // without loss, and without new colours
	keepAlpha bool        // the model reads a mask from the picture's alpha
	exact     image.Point // the size in pixels; zero if it may be chosen
	most      image.Point // no larger than this; zero for any size
}

// copied is a copy of a picture.
type copied struct {
	data []byte
	kind imagekind.Kind
	size image.Point
}

// errNoFit means that no copy within the rules fits the limit.
const errNoFit = fitError("no copy fits")

type fitError string

func (e fitError) Error() string { return string(e) }

// fit encodes a decoded picture so that it fits the rules. The size is the largest for which the quality is good.
func fit(ctx context.Context, img image.Image, lossy bool, rules copyRules) (copied, error) {
	full := img.Bounds().Size()
	size := rules.exact
	if size == (image.Point{}) {
		size = within(full, rules.most)
	}
	e := newEncoder(img, lossy, rules)
	for {
		if err := ctx.Err(); err != nil {
			return copied{}, err
		}
		pixels, err := e.scaled(ctx, size)
		if err != nil {
			return copied{}, err
		}
		out, used := e.encode(pixels)
		if used <= rules.limit {
			out.size = size
			return out, nil
		}
		smaller, ok := e.smaller(size, used)
		if !ok {
			return copied{}, errNoFit
		}
		size = smaller
	}
}

// within returns a size with the same proportions that has at most mostPixels, and is no larger than most.
func within(full, most image.Point) image.Point {
	factor := math.Min(1, math.Sqrt(mostPixels/float64(full.X*full.Y)))
	factor = math.Min(factor, longestSide/float64(max(full.X, full.Y)))
	if most != (image.Point{}) {
		factor = math.Min(factor, math.Min(float64(most.X)/float64(full.X), float64(most.Y)/float64(full.Y)))
	}
	return times(full, factor)
}

// times scales a size; no side is less than a pixel.
func times(size image.Point, factor float64) image.Point {
	side := func(n int) int { return max(1, int(math.Round(float64(n)*factor))) }
	return image.Pt(side(size.X), side(size.Y))
}

// scaleTo returns a decoded picture in a size, over white where it is transparent.
func scaleTo(ctx context.Context, img image.Image, size image.Point) (*image.RGBA, error) {
	out, err := raster.Scale(ctx, raster.Over{Image: img, Colour: [3]byte{255, 255, 255}}, size.X, size.Y)
	if err != nil {
		return nil, err
	}
	return out.RGBA(), nil
}

// scaleAlphaTo returns a decoded picture in a size, with its alpha. Over white, a pixel is lighter than over black by what shines through.
func scaleAlphaTo(ctx context.Context, img image.Image, size image.Point) (*image.NRGBA, error) {
	out := image.NewNRGBA(image.Rectangle{Max: size})
	if img.Bounds().Size() == size {
		draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
		return out, nil
	}
	black, err := raster.Scale(ctx, img, size.X, size.Y)
	if err != nil {
		return nil, err
	}
	white, err := raster.Scale(ctx, raster.Over{Image: img, Colour: [3]byte{255, 255, 255}}, size.X, size.Y)
	if err != nil {
		return nil, err
	}
	for i := range size.X * size.Y {
		b, w, to := black.Pix[3*i:3*i+3], white.Pix[3*i:3*i+3], out.Pix[4*i:4*i+4]
		alpha := 255 - (int(w[0])-int(b[0])+int(w[1])-int(b[1])+int(w[2])-int(b[2])+1)/3
		alpha = max(0, min(alpha, 255))
		to[3] = byte(alpha)
		for c := range 3 {
			if alpha > 0 {
				to[c] = byte(min((int(b[c])*255+alpha/2)/alpha, 255))
			}
		}
	}
	return out, nil
}

// pickTo returns a picture in a size with the colours that it has: each pixel is the one in the middle of what it covers.
func pickTo(img image.Image, size image.Point) *image.NRGBA {
	full := image.NewNRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(full, full.Rect, img, img.Bounds().Min, draw.Src)
	if full.Rect.Max == size {
		return full
	}
	out := image.NewNRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		from := full.Pix[(2*y+1)*full.Rect.Max.Y/(2*size.Y)*full.Stride:]
		for x := range size.X {
			at := (2*x + 1) * full.Rect.Max.X / (2 * size.X) * 4
			copy(out.Pix[y*out.Stride+4*x:][:4], from[at:at+4])
		}
	}
	return out
}
