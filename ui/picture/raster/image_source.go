package raster

import (
	"image"
	"image/draw"
)

// sampleSource gives the scaler rows of samples: of one channel, or of four interleaved ones.
type sampleSource struct {
	w, h, channels int
	open           func() func(y int) []byte // returns a reader of rows for one goroutine; a row is valid until the next one is read
	across, down   grid                      // where the samples are in the picture
	repeats        bool                      // a sample is repeated for all its pixels; otherwise they are interpolated
}

// grid is where samples are along one side of a picture.
type grid struct {
	pixels int // of the picture
	step   int // pixels that a sample covers
	first  int // how many pixels of the first sample are cut off
}

func onePerPixel(pixels int) grid { return grid{pixels, 1, 0} }

// sampleAt returns the value of one channel at a pixel, interpolated from up to four samples.
func (s sampleSource) sampleAt(x, y int) byte {
	across, down := s.across.span(s.w, s.across.pixels, x, s.repeats), s.down.span(s.h, s.down.pixels, y, s.repeats)
	row, sum := s.open(), 1<<15
	for _, j := range down.samples() {
		for _, i := range across.samples() {
			sum += int(row(j.at)[i.at]) * i.weight * j.weight
		}
	}
	return byte(sum >> 16)
}

// planeSource is a source of one channel in memory.
func planeSource(pix []byte, stride, w, h int) sampleSource {
	return memorySource(pix, stride, w, h, 1)
}

func memorySource(pix []byte, stride, w, h, channels int) sampleSource {
	row := func(y int) []byte { return pix[y*stride : y*stride+channels*w] }
	return sampleSource{w: w, h: h, channels: channels, open: func() func(int) []byte { return row }, across: onePerPixel(w), down: onePerPixel(h)}
}

// drawnSource is a source of four premultiplied channels for any image at all, which it converts row by row.
func drawnSource(img image.Image) sampleSource {
	b := img.Bounds()
	open := func() func(int) []byte {
		line := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
		return func(y int) []byte {
			draw.Draw(line, line.Rect, img, image.Pt(b.Min.X, b.Min.Y+y), draw.Src)
			return line.Pix
		}
	}
	return sampleSource{w: b.Dx(), h: b.Dy(), channels: 4, open: open, across: onePerPixel(b.Dx()), down: onePerPixel(b.Dy())}
}

// chromaSources returns the two colour planes of m, which may be smaller than the picture.
func chromaSources(m *image.YCbCr) (cb, cr sampleSource) {
	b := m.Bounds()
	at := m.COffset(b.Min.X, b.Min.Y)
	last := m.COffset(b.Max.X-1, b.Max.Y-1) - at
	h := last/m.CStride + 1
	w := last%m.CStride + 1
	cb, cr = planeSource(m.Cb[at:], m.CStride, w, h), planeSource(m.Cr[at:], m.CStride, w, h)
	x, y := subsampling(m.SubsampleRatio)
	cb.across, cb.down = grid{b.Dx(), x, b.Min.X % x}, grid{b.Dy(), y, b.Min.Y % y}
	cr.across, cr.down = cb.across, cb.down
	return cb, cr
}

func lumaSource(m *image.YCbCr) sampleSource {
	b := m.Bounds()
	return planeSource(m.Y[m.YOffset(b.Min.X, b.Min.Y):], m.YStride, b.Dx(), b.Dy())
}

// imageSource is the channels of an image, and how their scaled samples become colours: toRGB reads a line of each channel.
type imageSource struct {
	channels []sampleSource
	toRGB    func(rgb []byte, line [4][]byte)
}

// newImageSource reads the image types that decoders return where they are in memory, and converts any other row by row.
// Transparent pixels show black.
func newImageSource(img image.Image) imageSource {
	b := img.Bounds()
	switch m := img.(type) {
	case *Planes:
		return m.source()
	case *image.YCbCr:
		return (&Planes{YCbCr: *m}).source()
	case *image.Gray:
		return imageSource{[]sampleSource{planeSource(m.Pix[m.PixOffset(b.Min.X, b.Min.Y):], m.Stride, b.Dx(), b.Dy())}, greyToRGB}
	case *image.RGBA:
		return imageSource{[]sampleSource{memorySource(m.Pix[m.PixOffset(b.Min.X, b.Min.Y):], m.Stride, b.Dx(), b.Dy(), 4)}, rgbaToRGB}
	case *image.NRGBA:
		if m.Opaque() {
			return imageSource{[]sampleSource{memorySource(m.Pix[m.PixOffset(b.Min.X, b.Min.Y):], m.Stride, b.Dx(), b.Dy(), 4)}, rgbaToRGB}
		}
	}
	return imageSource{[]sampleSource{drawnSource(img)}, rgbaToRGB}
}

// ycbcrToRGB is color.YCbCrToRGB for a line.
func ycbcrToRGB(rgb []byte, line [4][]byte) {
	cb, cr := line[1][:len(line[0])], line[2][:len(line[0])]
	for i, y := range line[0] {
		y1, cb1, cr1 := int32(y)*0x10101, int32(cb[i])-128, int32(cr[i])-128
		p := rgb[3*i : 3*i+3 : 3*i+3]
		p[0] = clampFixed16(y1 + 91881*cr1)
		p[1] = clampFixed16(y1 - 22554*cb1 - 46802*cr1)
		p[2] = clampFixed16(y1 + 116130*cb1)
	}
}

// clampFixed16 returns the integer part of v, which has 16 fractional bits, clamped to a byte.
func clampFixed16(v int32) byte {
	if uint32(v)&0xff000000 == 0 {
		return byte(v >> 16)
	}
	return byte(^(v >> 31))
}

func greyToRGB(rgb []byte, line [4][]byte) {
	for i, v := range line[0] {
		p := rgb[3*i : 3*i+3 : 3*i+3]
		p[0], p[1], p[2] = v, v, v
	}
}

// multiplyAlpha multiplies colours by their alpha.
func multiplyAlpha(rgb, alpha []byte) {
	for i, a := range alpha {
		for c := range 3 {
			at := &rgb[3*i+c]
			*at = byte((int(*at)*int(a) + 127) / 255)
		}
	}
}

// rgbaToRGB copies red, green and blue, and drops alpha. Premultiplied colours are then over black.
func rgbaToRGB(rgb []byte, line [4][]byte) {
	r, g, b := line[0], line[1][:len(line[0])], line[2][:len(line[0])]
	for i := range r {
		p := rgb[3*i : 3*i+3 : 3*i+3]
		p[0], p[1], p[2] = r[i], g[i], b[i]
	}
}
