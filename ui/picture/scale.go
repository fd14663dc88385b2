package picture

import (
	"context"
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

// raster is opaque RGB, 3 bytes a pixel, row by row.
type raster struct {
	w, h int
	pix  []byte
}

// scale fills w×h pixels with img, each pixel the mean of what it covers (a box filter, which neither rings nor shimmers
// at 10:1); what is transparent shows under. It reads YCbCr, as WebP and JPEG decode to, as it lies.
func scale(ctx context.Context, img image.Image, w, h int, under color.RGBA) (raster, error) {
	if b := img.Bounds(); w > b.Dx() && h > b.Dy() {
		img = enlarged(img, w, h)
	}
	out := raster{w, h, make([]byte, w*h*3)}
	var err error
	switch m := img.(type) {
	case *image.YCbCr:
		err = out.fromYCbCr(ctx, m)
	case *image.NYCbCrA:
		if err = out.fromYCbCr(ctx, &m.YCbCr); err == nil {
			err = out.cover(ctx, m, under)
		}
	case *image.Gray:
		b := m.Bounds()
		err = out.fromGray(ctx, plane(m.Pix[m.PixOffset(b.Min.X, b.Min.Y):], m.Stride, b.Dx(), b.Dy()))
	default:
		err = out.fromRGB(ctx, img, under)
	}
	return out, err
}

// enlarged is img drawn smoothly at w×h: means of less than a pixel would show as squares.
func enlarged(img image.Image, w, h int) image.Image {
	big := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.ApproxBiLinear.Scale(big, big.Rect, img, img.Bounds(), draw.Src, nil)
	return big
}

func (r raster) fromYCbCr(ctx context.Context, m *image.YCbCr) error {
	cbPlane, crPlane := chroma(m)
	var planes [3][]byte
	for i, s := range []source{luma(m), cbPlane, crPlane} {
		p, err := shrink(ctx, s, r.w, r.h)
		if err != nil {
			return err
		}
		planes[i] = p
	}
	for i := range planes[0] {
		r.pix[3*i], r.pix[3*i+1], r.pix[3*i+2] = color.YCbCrToRGB(planes[0][i], planes[1][i], planes[2][i])
	}
	return nil
}

// cover lets under show through where m is transparent.
func (r raster) cover(ctx context.Context, m *image.NYCbCrA, under color.RGBA) error {
	b := m.Bounds()
	alpha, err := shrink(ctx, plane(m.A[m.AOffset(b.Min.X, b.Min.Y):], m.AStride, b.Dx(), b.Dy()), r.w, r.h)
	if err != nil {
		return err
	}
	for i, a := range alpha {
		for c, u := range [3]byte{under.R, under.G, under.B} {
			at := &r.pix[3*i+c]
			*at = byte((int(*at)*int(a) + int(u)*int(255-a) + 127) / 255)
		}
	}
	return nil
}

func (r raster) fromGray(ctx context.Context, s source) error {
	p, err := shrink(ctx, s, r.w, r.h)
	for i, v := range p {
		r.pix[3*i], r.pix[3*i+1], r.pix[3*i+2] = v, v, v
	}
	return err
}

// fromRGB takes any other picture: opaque ones as they lie, the rest premultiplied row by row.
func (r raster) fromRGB(ctx context.Context, img image.Image, under color.RGBA) error {
	s := packed(img)
	p, err := shrink(ctx, s, r.w, r.h)
	if err != nil {
		return err
	}
	if s.n == 3 {
		copy(r.pix, p)
		return nil
	}
	for i := range r.w * r.h {
		through := int(255 - p[4*i+3])
		for c, u := range [3]byte{under.R, under.G, under.B} {
			r.pix[3*i+c] = byte(min(255, int(p[4*i+c])+(int(u)*through+127)/255))
		}
	}
	return nil
}

func packed(img image.Image) source {
	b := img.Bounds()
	switch m := img.(type) {
	case *image.RGBA:
		n := 4
		if m.Opaque() {
			n = 3
		}
		return interleaved(m.Pix[m.PixOffset(b.Min.X, b.Min.Y):], m.Stride, b.Dx(), b.Dy(), n)
	case *image.NRGBA:
		if m.Opaque() {
			return interleaved(m.Pix[m.PixOffset(b.Min.X, b.Min.Y):], m.Stride, b.Dx(), b.Dy(), 3)
		}
	}
	return drawn(img)
}
