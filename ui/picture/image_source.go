package picture

import (
	"image"
	"image/color"
	"image/draw"
)

// sampleSource is where the scaler reads: rows of samples of one channel, or of four that lie together.
type sampleSource struct {
	w, h, channels int
	open           func() func(y int) []byte // gives rows, each valid until the next; one reader a goroutine
}

// planeSource is a source of one channel.
func planeSource(pix []byte, stride, w, h int) sampleSource {
	return memorySource(pix, stride, w, h, 1)
}

// memorySource is a source in memory.
func memorySource(pix []byte, stride, w, h, channels int) sampleSource {
	row := func(y int) []byte { return pix[y*stride : y*stride+channels*w] }
	return sampleSource{w, h, channels, func() func(int) []byte { return row }}
}

// drawnSource is a source of four premultiplied channels from any picture at all, a row at a time.
func drawnSource(img image.Image) sampleSource {
	b := img.Bounds()
	return sampleSource{b.Dx(), b.Dy(), 4, func() func(int) []byte {
		line := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
		return func(y int) []byte {
			draw.Draw(line, line.Rect, img, image.Pt(b.Min.X, b.Min.Y+y), draw.Src)
			return line.Pix
		}
	}}
}

// chromaSources gives the two colour planes of m, which may be smaller than the picture.
func chromaSources(m *image.YCbCr) (cb, cr sampleSource) {
	b := m.Bounds()
	at := m.COffset(b.Min.X, b.Min.Y)
	last := m.COffset(b.Max.X-1, b.Max.Y-1) - at
	h := last/m.CStride + 1
	w := last%m.CStride + 1
	return planeSource(m.Cb[at:], m.CStride, w, h), planeSource(m.Cr[at:], m.CStride, w, h)
}

// lumaSource gives the brightness plane of m.
func lumaSource(m *image.YCbCr) sampleSource {
	b := m.Bounds()
	return planeSource(m.Y[m.YOffset(b.Min.X, b.Min.Y):], m.YStride, b.Dx(), b.Dy())
}

// imageSource are what a picture is made of, and how their samples become colours: mix reads a line of each channel and writes RGB.
type imageSource struct {
	channels []sampleSource
	toRGB    func(rgb []byte, line [4][]byte)
}

// newImageSource takes pictures apart: what decoders give as it lies, anything else drawn; what is transparent shows under.
func newImageSource(img image.Image, under color.RGBA) imageSource {
	b := img.Bounds()
	switch m := img.(type) {
	case *image.YCbCr:
		cb, cr := chromaSources(m)
		return imageSource{[]sampleSource{lumaSource(m), cb, cr}, ycbcrToRGB}
	case *image.NYCbCrA:
		cb, cr := chromaSources(&m.YCbCr)
		alpha := planeSource(m.A[m.AOffset(b.Min.X, b.Min.Y):], m.AStride, b.Dx(), b.Dy())
		return imageSource{[]sampleSource{lumaSource(&m.YCbCr), cb, cr, alpha}, covering(under)}
	case *image.Gray:
		return imageSource{[]sampleSource{planeSource(m.Pix[m.PixOffset(b.Min.X, b.Min.Y):], m.Stride, b.Dx(), b.Dy())}, greyToRGB}
	case *image.RGBA:
		return imageSource{[]sampleSource{memorySource(m.Pix[m.PixOffset(b.Min.X, b.Min.Y):], m.Stride, b.Dx(), b.Dy(), 4)}, over(under)}
	case *image.NRGBA:
		if m.Opaque() {
			return imageSource{[]sampleSource{memorySource(m.Pix[m.PixOffset(b.Min.X, b.Min.Y):], m.Stride, b.Dx(), b.Dy(), 4)}, over(under)}
		}
	}
	return imageSource{[]sampleSource{drawnSource(img)}, over(under)}
}

// ycbcrToRGB is color.YCbCrToRGB, for a line.
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

// clampFixed16 is v without its fraction of 16 bits, within a byte.
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

// covering is ycbcrToRGB with a fourth channel, of how much of under is covered.
func covering(under color.RGBA) func(rgb []byte, line [4][]byte) {
	return func(rgb []byte, line [4][]byte) {
		ycbcrToRGB(rgb, line)
		for i, a := range line[3] {
			for c, u := range [3]byte{under.R, under.G, under.B} {
				at := &rgb[3*i+c]
				*at = byte((int(*at)*int(a) + int(u)*int(255-a) + 127) / 255)
			}
		}
	}
}

// over mixes premultiplied colours.
func over(under color.RGBA) func(rgb []byte, line [4][]byte) {
	return func(rgb []byte, line [4][]byte) {
		r, g, b := line[0], line[1][:len(line[0])], line[2][:len(line[0])]
		for i, a := range line[3][:len(line[0])] {
			p := rgb[3*i : 3*i+3 : 3*i+3]
			p[0], p[1], p[2] = r[i], g[i], b[i]
			if a < 255 {
				for c, u := range [3]byte{under.R, under.G, under.B} {
					p[c] = byte(min(255, int(p[c])+(int(u)*int(255-a)+127)/255))
				}
			}
		}
	}
}
