package raster

import (
	"image"
	"image/color"
)

// Planes is a picture as lossy formats hold it: a plane of luma, and two of colour that may be smaller. Unlike image.YCbCr it knows
// the range of its samples, and interpolates colours between samples, as libwebp and libjpeg do ("fancy upsampling").
type Planes struct {
	image.YCbCr
	Alpha       []byte // not premultiplied; nil where the picture is opaque
	AlphaStride int
	Samples     Samples
}

// Samples is the meaning of the samples in planes.
type Samples int

// The kinds of samples.
const (
	FullRange    Samples = iota // luma and colour differences of JPEG (JFIF 1.02)
	LimitedRange                // the same in VP8, with luma from 16 to 235 (RFC 6386, 9.2)
	RGB                         // red, green and blue, each as it is
)

// Bounds returns the bounds of the luma plane.
func (p *Planes) Bounds() image.Rectangle { return p.Rect }

// ColorModel implements image.Image.
func (p *Planes) ColorModel() color.Model { return color.NRGBAModel }

// SubImage returns a part of the picture, which shares its samples.
func (p *Planes) SubImage(r image.Rectangle) image.Image {
	part := *p
	cut, _ := p.YCbCr.SubImage(r).(*image.YCbCr)
	part.YCbCr = *cut
	if p.Alpha != nil && !part.Rect.Empty() {
		part.Alpha = p.Alpha[p.alphaOffset(part.Rect.Min.X, part.Rect.Min.Y):]
	}
	return &part
}

func (p *Planes) alphaOffset(x, y int) int {
	return (y-p.Rect.Min.Y)*p.AlphaStride + x - p.Rect.Min.X
}

// At implements image.Image. It is slow: Scale reads entire rows.
func (p *Planes) At(x, y int) color.Color {
	if !(image.Point{x, y}.In(p.Rect)) {
		return color.NRGBA{}
	}
	from, toRGB := p.channels()
	var line [4][]byte
	for i, s := range from {
		line[i] = []byte{s.sampleAt(x-p.Rect.Min.X, y-p.Rect.Min.Y)}
	}
	rgb := make([]byte, 3)
	toRGB(rgb, line)
	c := color.NRGBA{rgb[0], rgb[1], rgb[2], 255}
	if p.Alpha != nil {
		c.A = p.Alpha[p.alphaOffset(x, y)]
	}
	return c
}

// channels returns the planes without alpha, and the function that converts their samples to colours.
func (p *Planes) channels() (from []sampleSource, toRGB func(rgb []byte, line [4][]byte)) {
	toRGB = map[Samples]func(rgb []byte, line [4][]byte){FullRange: ycbcrToRGB, LimitedRange: limitedToRGB, RGB: rgbaToRGB}[p.Samples]
	return append([]sampleSource{lumaSource(&p.YCbCr)}, p.chroma()...), toRGB
}

// source is channels with alpha.
func (p *Planes) source() imageSource {
	from, toRGB := p.channels()
	if p.Alpha == nil {
		return imageSource{from, toRGB}
	}
	from = append(from, planeSource(p.Alpha, p.AlphaStride, p.Rect.Dx(), p.Rect.Dy()))
	return imageSource{from, func(rgb []byte, line [4][]byte) {
		toRGB(rgb, line)
		multiplyAlpha(rgb, line[3])
	}}
}

// narrow is the width of colour planes up to which libjpeg repeats samples instead of interpolating.
const narrow = 2

// chroma returns the two colour planes. They repeat samples instead of interpolating where libjpeg does.
func (p *Planes) chroma() []sampleSource {
	cb, cr := chromaSources(&p.YCbCr)
	repeats := p.Samples != LimitedRange && (cb.across.step > 2 || cb.across.step == 2 && cb.w <= narrow)
	cb.repeats, cr.repeats = repeats, repeats
	return []sampleSource{cb, cr}
}

// subsampling returns how many pixels a colour sample covers each way.
func subsampling(r image.YCbCrSubsampleRatio) (x, y int) {
	switch r {
	case image.YCbCrSubsampleRatio422:
		return 2, 1
	case image.YCbCrSubsampleRatio420:
		return 2, 2
	case image.YCbCrSubsampleRatio440:
		return 1, 2
	case image.YCbCrSubsampleRatio411:
		return 4, 1
	case image.YCbCrSubsampleRatio410:
		return 4, 2
	}
	return 1, 1
}

// limitedToRGB converts a line of VP8's samples in integers, as libwebp does: 1.164 for luma (255/219) and BT.601's factors for colours,
// with 14 fractional bits, 8 of which each product drops.
func limitedToRGB(rgb []byte, line [4][]byte) {
	cb, cr := line[1][:len(line[0])], line[2][:len(line[0])]
	for i, y := range line[0] {
		y1, u, v := 19077*int32(y)>>8, int32(cb[i]), int32(cr[i])
		p := rgb[3*i : 3*i+3 : 3*i+3]
		p[0] = clampFixed6(y1 + 26149*v>>8 - 14234)
		p[1] = clampFixed6(y1 - 6419*u>>8 - 13320*v>>8 + 8708)
		p[2] = clampFixed6(y1 + 33050*u>>8 - 17685)
	}
}

// clampFixed6 returns the integer part of v, which has 6 fractional bits, clamped to a byte.
func clampFixed6(v int32) byte {
	if uint32(v)&^0x3fff == 0 {
		return byte(v >> 6)
	}
	return byte(^(v >> 31))
}
