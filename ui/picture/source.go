package picture

import (
	"image"
	"image/draw"
)

// source is where the scaler reads: rows of samples, n channels of them, step bytes from one pixel to the next.
type source struct {
	w, h, step, n int
	row           func(y int) []byte // valid until the next call
}

// plane is a source of one channel.
func plane(pix []byte, stride, w, h int) source {
	return source{w, h, 1, 1, func(y int) []byte { return pix[y*stride : y*stride+w] }}
}

// interleaved is a source of the first n of four channels a pixel.
func interleaved(pix []byte, stride, w, h, n int) source {
	return source{w, h, 4, n, func(y int) []byte { return pix[y*stride : y*stride+4*w] }}
}

// chroma gives the two colour planes of m, which may be smaller than the picture.
func chroma(m *image.YCbCr) (cb, cr source) {
	b := m.Bounds()
	at := m.COffset(b.Min.X, b.Min.Y)
	last := m.COffset(b.Max.X-1, b.Max.Y-1) - at
	h := last/m.CStride + 1
	w := last%m.CStride + 1
	return plane(m.Cb[at:], m.CStride, w, h), plane(m.Cr[at:], m.CStride, w, h)
}

// luma gives the brightness plane of m.
func luma(m *image.YCbCr) source {
	b := m.Bounds()
	return plane(m.Y[m.YOffset(b.Min.X, b.Min.Y):], m.YStride, b.Dx(), b.Dy())
}

// drawn is a source of four premultiplied channels from any picture at all, a row at a time.
func drawn(img image.Image) source {
	b := img.Bounds()
	line := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	return source{b.Dx(), b.Dy(), 4, 4, func(y int) []byte {
		draw.Draw(line, line.Rect, img, image.Pt(b.Min.X, b.Min.Y+y), draw.Src)
		return line.Pix
	}}
}
