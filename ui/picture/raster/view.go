package raster

import (
	"context"
	"image"
	"image/color"
)

// Turn is how to turn a stored picture upright, in the numbers of EXIF's tag Orientation (CIPA DC-008, 4.6.5): 1 leaves it as it is, 2 to 8
// mirror or turn it. Any other number counts as 1.
type Turn int

// Swaps reports whether the turn swaps width and height.
func (t Turn) Swaps() bool { return t >= 5 && t <= 8 }

// isUpright reports whether nothing is turned.
func (t Turn) isUpright() bool { return t < 2 || t > 8 }

// source returns the stored pixel that is at x, y of the upright picture. w and h are the size of the stored picture.
func (t Turn) source(x, y, w, h int) (sx, sy int) {
	switch t {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}

// View is an image as its file wants it shown: upright and in sRGB. Nothing is computed before it is scaled.
type View struct {
	Image   image.Image
	Turn    Turn
	Convert func(rgb []byte) // converts pixels of three bytes to sRGB, in place; nil if they are sRGB already
}

// Bounds begin at 0, 0.
func (v *View) Bounds() image.Rectangle {
	w, h := v.Image.Bounds().Dx(), v.Image.Bounds().Dy()
	if v.Turn.Swaps() {
		w, h = h, w
	}
	return image.Rect(0, 0, w, h)
}

// ColorModel implements image.Image.
func (v *View) ColorModel() color.Model { return color.NRGBAModel }

// At implements image.Image. It is slow: Scale reads entire rows.
func (v *View) At(x, y int) color.Color {
	if !(image.Point{x, y}.In(v.Bounds())) {
		return color.NRGBA{}
	}
	b := v.Image.Bounds()
	sx, sy := v.Turn.source(x, y, b.Dx(), b.Dy())
	c, _ := color.NRGBAModel.Convert(v.Image.At(b.Min.X+sx, b.Min.Y+sy)).(color.NRGBA)
	if v.Convert != nil {
		rgb := []byte{c.R, c.G, c.B}
		v.Convert(rgb)
		c.R, c.G, c.B = rgb[0], rgb[1], rgb[2]
	}
	return c
}

// SubImage returns a part of the picture, which shares its pixels. A part of an image that cannot be cut is the image.
func (v *View) SubImage(r image.Rectangle) image.Image {
	r = r.Intersect(v.Bounds())
	cut, ok := v.Image.(interface {
		SubImage(r image.Rectangle) image.Image
	})
	if !ok || r.Empty() {
		return v
	}
	b := v.Image.Bounds()
	x0, y0 := v.Turn.source(r.Min.X, r.Min.Y, b.Dx(), b.Dy())
	x1, y1 := v.Turn.source(r.Max.X-1, r.Max.Y-1, b.Dx(), b.Dy())
	stored := image.Rect(min(x0, x1), min(y0, y1), max(x0, x1)+1, max(y0, y1)+1)
	return &View{cut.SubImage(stored.Add(b.Min)), v.Turn, v.Convert}
}

// scale scales the stored picture, and then turns and converts the result, which is smaller.
func (v *View) scale(ctx context.Context, w, h int) (Image, error) {
	sw, sh := w, h
	if v.Turn.Swaps() {
		sw, sh = h, w
	}
	stored, err := Scale(ctx, v.Image, sw, sh)
	if err != nil {
		return stored, err
	}
	if v.Convert != nil {
		v.Convert(stored.Pix)
	}
	if v.Turn.isUpright() {
		return stored, nil
	}
	out := Image{w, h, make([]byte, w*h*3)}
	for y := range h {
		for x := range w {
			copy(out.At(x, y), stored.At(v.Turn.source(x, y, sw, sh)))
		}
	}
	return out, ctx.Err()
}

// uprightBand is how many stored rows are turned at a time, so that little memory is needed beside the two pictures.
const uprightBand = 128

// RGBA returns the picture in its own size, upright, over black.
func (v *View) RGBA(ctx context.Context) (*image.RGBA, error) {
	out := image.NewRGBA(v.Bounds())
	stored := &View{Image: v.Image, Convert: v.Convert}
	size := v.Image.Bounds().Size()
	for top := 0; top < size.Y; top += uprightBand {
		rows := min(uprightBand, size.Y-top)
		band, err := Scale(ctx, stored.SubImage(image.Rect(0, top, size.X, top+rows)), size.X, rows)
		if err != nil {
			return nil, err
		}
		v.place(out, band, top)
	}
	return out, nil
}

// place puts the stored rows from top on in their places in the upright picture.
func (v *View) place(out *image.RGBA, band Image, top int) {
	w, h := out.Rect.Dx(), out.Rect.Dy()
	back := v.Turn.inverse()
	for y := range band.H {
		for x := range band.W {
			ux, uy := back.source(x, top+y, w, h)
			to := out.Pix[uy*out.Stride+4*ux:][:4]
			copy(to, band.At(x, y))
			to[3] = 255
		}
	}
}

// inverse returns the turn that undoes t.
func (t Turn) inverse() Turn {
	switch t {
	case 6:
		return 8
	case 8:
		return 6
	}
	return t
}
