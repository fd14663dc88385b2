package imagefile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"io"

	"golang.org/x/image/vp8"
	"golang.org/x/image/vp8l"
	"golang.org/x/image/webp"

	"tintype/history/imagekind"
	"tintype/ui/picture/raster"
)

type webpFormat struct{}

// webpChunks is what is in a WebP (RFC 9649, 2.5 to 2.7); in an animation, the canvas and the first frame.
type webpChunks struct {
	canvas, offset image.Point // zero without an animation
	alpha, pixels  section
	lossless       bool
	hasAlpha       bool // alpha is not to be ignored
	profile        []byte
	complete       bool
}

// Flags of the chunk VP8X.
const (
	webpAnimated = 1 << 1
	webpAlpha    = 1 << 4
)

const (
	chunkHeaderSize               = 8
	extendedSize, frameHeaderSize = 10, 16 // of VP8X and ANMF
	lossyHeaderSize               = 10
)

var errNoFrame = errors.New("there is no picture in the file")

// readWebP walks through the chunks.
func readWebP(r io.ReaderAt, size int64) (*webpChunks, error) {
	riff := section{0, imagekind.RIFFHeaderSize}.bytes(r, imagekind.RIFFHeaderSize)
	if len(riff) < imagekind.RIFFHeaderSize {
		return nil, io.ErrUnexpectedEOF
	}
	out := &webpChunks{}
	end := int64(binary.LittleEndian.Uint32(riff[4:])) + 8
	out.complete = size >= end-1 // padding at the end may be left out
	out.walk(r, imagekind.RIFFHeaderSize, min(end, size))
	if out.pixels.size == 0 {
		return nil, errNoFrame
	}
	return out, nil
}

func (c *webpChunks) walk(r io.ReaderAt, at, end int64) {
	imagekind.EachRIFFChunk(r, at, end, func(name string, at, length int64) bool {
		c.complete = c.complete && at+length <= end
		c.add(name, section{at, min(length, end-at)}, r)
		return true
	})
}

func (c *webpChunks) add(name string, data section, r io.ReaderAt) {
	switch name {
	case "VP8X":
		if b := data.bytes(r, extendedSize); len(b) == extendedSize {
			c.hasAlpha = b[0]&webpAlpha != 0
			if b[0]&webpAnimated != 0 {
				c.canvas = image.Pt(1+uint24(b[4:]), 1+uint24(b[7:]))
			}
		}
	case "ANMF":
		if b := data.bytes(r, frameHeaderSize); c.pixels.size == 0 && len(b) == frameHeaderSize {
			c.offset = image.Pt(2*uint24(b), 2*uint24(b[3:]))
			c.hasAlpha = true // if the frame has any
			c.walk(r, data.at+frameHeaderSize, data.at+data.size)
		}
	case "ALPH":
		if c.pixels.size == 0 {
			c.alpha = data
		}
	case "VP8 ", "VP8L":
		if c.pixels.size == 0 {
			c.pixels, c.lossless = data, name == "VP8L"
		}
	case "ICCP":
		c.profile = data.bytes(r, maxProfile)
	}
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

// frameSize reads the size of the frame from its pixels' header (RFC 6386, 9.1; RFC 9649, 3.4).
func (c *webpChunks) frameSize(r io.ReaderAt) (image.Point, error) {
	b := c.pixels.bytes(r, lossyHeaderSize)
	switch {
	case c.lossless && len(b) >= 5 && b[0] == 0x2f:
		bits := binary.LittleEndian.Uint32(b[1:])
		return image.Pt(int(bits&0x3fff)+1, int(bits>>14&0x3fff)+1), nil
	case !c.lossless && len(b) >= lossyHeaderSize && b[0]&1 == 0 && string(b[3:6]) == "\x9d\x01\x2a":
		return image.Pt(int(binary.LittleEndian.Uint16(b[6:])&0x3fff), int(binary.LittleEndian.Uint16(b[8:])&0x3fff)), nil
	}
	return image.Point{}, errNoFrame
}

func (webpFormat) header(r io.ReaderAt, size int64) (header, error) {
	c, err := readWebP(r, size)
	if err != nil {
		return header{}, err
	}
	canvas, err := c.frameSize(r)
	if err != nil {
		return header{}, err
	}
	if frame := (image.Rectangle{c.offset, c.offset.Add(canvas)}); c.canvas != (image.Point{}) {
		if !frame.In(image.Rectangle{Max: c.canvas}) {
			return header{}, errors.New("the first frame reaches beyond the picture")
		}
		canvas = c.canvas
	}
	model := color.YCbCrModel
	switch {
	case c.lossless:
		model = color.NRGBAModel
	case c.hasAlpha:
		model = color.NYCbCrAModel
	}
	return header{image.Config{ColorModel: model, Width: canvas.X, Height: canvas.Y}, c.profile, c.complete}, nil
}

func (webpFormat) decode(r io.ReaderAt, size int64) (image.Image, error) {
	c, err := readWebP(r, size)
	if err != nil {
		return nil, err
	}
	if c.lossless {
		img, err := vp8l.Decode(c.pixels.open(r))
		return c.place(img), err
	}
	if c.hasAlpha && c.alpha.size > 0 {
		return c.decodeWithAlpha(r)
	}
	img, err := decodeVP8(c.pixels.open(r), c.pixels.size)
	return c.place(img), err
}

// decodeWithAlpha passes webp.Decode a file of this frame only, since webp.Decode can decompress alpha.
func (c *webpChunks) decodeWithAlpha(r io.ReaderAt) (image.Image, error) {
	side, err := c.frameSize(r)
	if err != nil {
		return nil, err
	}
	extended := []byte{webpAlpha, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	for i, n := range []int{side.X - 1, side.Y - 1} {
		extended[4+3*i], extended[5+3*i], extended[6+3*i] = byte(n), byte(n>>8), byte(n>>16)
	}
	var parts []io.Reader
	total := uint32(4)
	for _, chunk := range []struct {
		name string
		size int64
		data io.Reader
	}{{"VP8X", extendedSize, bytes.NewReader(extended)}, {"ALPH", c.alpha.size, c.alpha.open(r)}, {"VP8 ", c.pixels.size, c.pixels.open(r)}} {
		head := binary.LittleEndian.AppendUint32([]byte(chunk.name), uint32(chunk.size))
		padding := make([]byte, chunk.size&1)
		parts = append(parts, bytes.NewReader(head), chunk.data, bytes.NewReader(padding))
		total += uint32(chunkHeaderSize + chunk.size + chunk.size&1)
	}
	riff := append(binary.LittleEndian.AppendUint32([]byte("RIFF"), total), "WEBP"...)
	img, err := webp.Decode(io.MultiReader(append([]io.Reader{bytes.NewReader(riff)}, parts...)...))
	if m, ok := img.(*image.NYCbCrA); ok {
		return c.place(&raster.Planes{YCbCr: m.YCbCr, Alpha: m.A, AlphaStride: m.AStride, Samples: raster.LimitedRange}), nil
	}
	return nil, err
}

// place moves a frame to its place on the canvas of an animation.
func (c *webpChunks) place(img image.Image) image.Image {
	switch m := img.(type) {
	case *raster.Planes: // the offset is even, so that colours stay with their pixels
		m.Rect = m.Rect.Add(c.offset)
	case *image.NRGBA:
		m.Rect = m.Rect.Add(c.offset)
	}
	return img
}

func decodeVP8(r io.Reader, size int64) (image.Image, error) {
	d := vp8.NewDecoder()
	d.Init(r, int(size))
	if _, err := d.DecodeFrameHeader(); err != nil {
		return nil, err
	}
	m, err := d.DecodeFrame()
	if err != nil {
		return nil, err
	}
	return &raster.Planes{YCbCr: *m, Samples: raster.LimitedRange}, nil
}

// salvage decodes the complete rows, without alpha.
func (webpFormat) salvage(r io.ReaderAt, size int64) (image.Image, error) {
	c, err := readWebP(r, size)
	if err != nil {
		return nil, err
	}
	side, err := c.frameSize(r)
	if err != nil {
		return nil, err
	}
	if c.lossless {
		return c.salvageLossless(r)
	}
	head := c.pixels.bytes(r, lossyHeaderSize)
	rest := section{c.pixels.at + lossyHeaderSize, c.pixels.size - lossyHeaderSize}
	const macroblock = 16
	img, err := mostRows(side.Y, macroblock, func(rows int) (image.Image, error) {
		binary.LittleEndian.PutUint16(head[8:], uint16(rows)) // the decoder then reads no further
		return decodeVP8(io.MultiReader(bytes.NewReader(head), rest.open(r)), c.pixels.size)
	})
	return c.place(img), err
}

// salvageLossless decodes the pixels with two different continuations, and keeps the rows that are the same in both.
func (c *webpChunks) salvageLossless(r io.ReaderAt) (image.Image, error) {
	var images [2]*image.NRGBA
	for i, b := range []byte{0x00, 0xaa} {
		img, err := vp8l.Decode(io.MultiReader(c.pixels.open(r), io.LimitReader(repeated(b), c.padding(r))))
		m, ok := img.(*image.NRGBA)
		if !ok {
			return nil, err
		}
		images[i] = m
	}
	one, other := images[0], images[1]
	rows := 0
	for rows < one.Rect.Dy() && bytes.Equal(one.Pix[rows*one.Stride:(rows+1)*one.Stride], other.Pix[rows*one.Stride:(rows+1)*one.Stride]) {
		rows++
	}
	if rows == 0 {
		return nil, errors.New("no row is complete")
	}
	return c.place(one.SubImage(image.Rect(0, 0, one.Rect.Dx(), rows))), nil
}

// padding returns how many more bytes a picture of that size could need at most.
func (c *webpChunks) padding(r io.ReaderAt) int64 {
	side, _ := c.frameSize(r)
	return 8*int64(side.X)*int64(side.Y) + 1<<16
}

// repeated reads one byte again and again.
type repeated byte

func (b repeated) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(b)
	}
	return len(p), nil
}
