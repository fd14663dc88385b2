package vp8enc

import (
	"image"
	"image/draw"
)

// plane is a plane of samples, padded to entire macroblocks.
type plane struct {
	stride int
	pix    []byte
}

// frame is a picture while it is encoded: its planes, and the planes that a decoder would have so far, from which both predict.
type frame struct {
	wide, high      int // macroblocks
	source, decoded [3]plane
	index           int // of the quantisers
	filter          int // level of the loop filter, which decoders apply after all macroblocks are predicted
	luma, mean, uv  quantiser
	modes, tokens   boolWriter
	above           []neighbours // of the row above, by column
	left            neighbours
}

// neighbours says which blocks at the edge of a macroblock have levels: four of luma, two of each colour, and the block of means.
type neighbours struct {
	luma   [4]int
	colour [2][2]int
	means  int
}

const side = 16 // of a macroblock, in pixels; half of that in colours

func newFrame(img image.Image, index int) *frame {
	b := img.Bounds()
	f := &frame{
		wide: (b.Dx() + side - 1) / side, high: (b.Dy() + side - 1) / side, index: index, filter: index / 3,
		modes: newBoolWriter(), tokens: newBoolWriter(),
	}
	f.above = make([]neighbours, f.wide)
	for i := range f.source {
		stride, rows := f.wide*side, f.high*side
		if i > 0 {
			stride, rows = stride/2, rows/2
		}
		f.source[i], f.decoded[i] = plane{stride, make([]byte, stride*rows)}, plane{stride, make([]byte, stride*rows)}
	}
	dc, ac := dcSteps[index], acSteps[index]
	f.luma, f.mean, f.uv = quantiser{dc, ac}, quantiser{2 * dc, max(ac*155/100, 8)}, quantiser{min(dc, 132), ac} // RFC 6386, 9.6
	f.fill(img)
	return f
}

// fill converts a picture to BT.601's limited range, two rows at a time. Beyond the picture its edge is repeated.
func (f *frame) fill(img image.Image) {
	b := img.Bounds()
	var lines [2]*image.RGBA
	for i := range lines {
		lines[i] = image.NewRGBA(image.Rect(0, 0, f.wide*side, 1))
	}
	for y := 0; y < f.high*side; y += 2 {
		for i, line := range lines {
			draw.Draw(line, image.Rect(0, 0, b.Dx(), 1), img, image.Pt(b.Min.X, b.Min.Y+min(y+i, b.Dy()-1)), draw.Src)
			for x := b.Dx(); x < f.wide*side; x++ {
				copy(line.Pix[4*x:4*x+4], line.Pix[4*(b.Dx()-1):4*b.Dx()])
			}
			f.fillLuma(y+i, line.Pix)
		}
		f.fillColour(y/2, lines[0].Pix, lines[1].Pix)
	}
}

// BT.601's factors with sixteen bits of fraction, for the limited range: 219/255 of luma's, 224/255 of colours'.
func (f *frame) fillLuma(y int, rgba []byte) {
	row := f.source[0].pix[y*f.source[0].stride:][:f.source[0].stride]
	for x := range row {
		r, g, b := int32(rgba[4*x]), int32(rgba[4*x+1]), int32(rgba[4*x+2])
		row[x] = byte((16839*r + 33059*g + 6420*b + 16<<16 + 1<<15) >> 16)
	}
}

func (f *frame) fillColour(y int, upper, lower []byte) {
	stride := f.source[1].stride
	for x := range stride {
		sum := func(i int) int32 { // of four pixels
			return int32(upper[8*x+i]) + int32(upper[8*x+4+i]) + int32(lower[8*x+i]) + int32(lower[8*x+4+i])
		}
		r, g, b := sum(0), sum(1), sum(2)
		f.source[1].pix[y*stride+x] = clampByte((-9719*r - 19081*g + 28800*b + 128<<18 + 1<<17) >> 18)
		f.source[2].pix[y*stride+x] = clampByte((28800*r - 24116*g - 4684*b + 128<<18 + 1<<17) >> 18)
	}
}

// putHeader writes the frame header (RFC 6386, 9.3 to 9.11 and 19.2).
func (f *frame) putHeader() {
	w := &f.modes
	w.putBits(0, 2) // the usual colours, clamped
	w.putBits(0, 1) // no segments
	w.putBits(0, 1) // the normal loop filter
	w.putBits(f.filter, 6)
	w.putBits(0, 3) // its sharpness
	w.putBits(0, 1) // the same level for all macroblocks
	w.putBits(0, 2) // one partition of tokens
	w.putBits(f.index, 7)
	w.putBits(0, 5) // no other indices for other quantisers
	w.putBits(0, 1) // the probabilities are not kept
	for i := range updateProbabilities {
		for j := range updateProbabilities[i] {
			for k := range updateProbabilities[i][j] {
				for _, p := range updateProbabilities[i][j][k] {
					w.put(false, p)
				}
			}
		}
	}
	w.putBits(1, 1) // macroblocks may be skipped
	w.putBits(notSkipped, 8)
}

// notSkipped is the probability of a macroblock that has levels.
const notSkipped = 200

func (f *frame) encode() {
	f.putHeader()
	for y := range f.high {
		f.left = neighbours{}
		for x := range f.wide {
			f.encodeMacroblock(x, y)
		}
	}
}

// macroblock holds the levels of a macroblock.
type macroblock struct {
	means  block
	luma   [16]block
	colour [2][4]block
	isZero bool // all levels are zero
}

func (f *frame) encodeMacroblock(x, y int) {
	m := macroblock{isZero: true}
	lumaMode := f.predict(0, x, y, side)
	f.quantiseLuma(&m, x, y)
	colourMode := f.predictColours(x, y)
	for c := range 2 {
		f.quantiseColour(&m, c, x, y)
	}
	f.modes.put(m.isZero, notSkipped)
	f.putModes(lumaMode, colourMode)
	if m.isZero {
		f.left, f.above[x] = neighbours{}, neighbours{}
		return
	}
	f.putTokens(&m, &f.left, &f.above[x])
}

// putModes writes how the macroblock is predicted (RFC 6386, 11.2 to 11.4).
func (f *frame) putModes(luma, colour mode) {
	w := &f.modes
	w.put(true, 145) // as one
	w.put(luma == horizontal || luma == gradient, 156)
	if luma == horizontal || luma == gradient {
		w.put(luma == gradient, 128)
	} else {
		w.put(luma == vertical, 163)
	}
	w.put(colour != mean, 142)
	if colour != mean {
		w.put(colour != vertical, 114)
		if colour != vertical {
			w.put(colour == gradient, 183)
		}
	}
}

// putTokens writes the levels, and remembers which blocks have any for the macroblocks below and to the right.
func (f *frame) putTokens(m *macroblock, left, above *neighbours) {
	put := func(kind int, levels *block, first int, l, a *int) {
		f.tokens.putBlock(kind, levels, first, *l+*a)
		*l = 0
		if *levels != (block{}) {
			*l = 1
		}
		*a = *l
	}
	put(means, &m.means, 0, &left.means, &above.means)
	for i := range m.luma {
		put(lumaWithoutMean, &m.luma[i], 1, &left.luma[i/4], &above.luma[i%4])
	}
	for c := range m.colour {
		for i := range m.colour[c] {
			put(chroma, &m.colour[c][i], 0, &left.colour[c][i/2], &above.colour[c][i%2])
		}
	}
}
