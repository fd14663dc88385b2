package picture

import (
	"context"
	"image"
	"strconv"
)

// registers is how many colours a sixel picture has; every terminal that was tried keeps as many.
const registers = 256

// encodeSixel draws over the cells at the cursor with sixels, six rows of pixels at a time
// (https://vt100.net/docs/vt3xx-gp/chapter14.html). They are exactly the pixels of the cells, so that nothing is scrolled.
func encodeSixel(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error) {
	w, h := caps.pixels(size)
	pixels, err := scale(ctx, img, w, h, o.Under)
	if err != nil {
		return Frame{}, err
	}
	p := quantise(pixels, registers)
	if ctx.Err() != nil {
		return Frame{}, ctx.Err()
	}
	send := sixels(indexed(pixels, p), w, h, p)
	return Frame{Lines: guardLines(size), Overlay: true, Send: send, Again: send}, ctx.Err()
}

// sixels writes w×h pixels of a palette's colours as one escape code. Its second parameter leaves pixels that are not named as
// they are, so that a last band of less than six rows does not blot what is below.
func sixels(pixels []uint8, w, h int, p palette) []byte {
	out := make([]byte, 0, w*h)
	out = append(out, "\x1bP0;1;0q\"1;1;"...)
	out = strconv.AppendInt(out, int64(w), 10)
	out = append(out, ';')
	out = strconv.AppendInt(out, int64(h), 10)
	for i, c := range p {
		out = append(out, '#')
		out = strconv.AppendInt(out, int64(i), 10)
		out = append(out, ";2"...)
		for _, v := range c {
			out = append(out, ';')
			out = strconv.AppendInt(out, int64((v*100+127)/255), 10)
		}
	}
	band := newBand(w, len(p))
	for y := 0; y < h; y += 6 {
		if y > 0 {
			out = append(out, '-')
		}
		band.read(pixels[y*w : min(y+6, h)*w])
		out = band.append(out)
	}
	return append(out, "\x1b\\"...)
}

// band is six rows of pixels, as a line of sixels for each colour in them.
type band struct {
	w           int
	lines       []byte // w bytes a colour: bit y of byte x is the pixel at x, y
	first, last []int  // the columns of each colour's line that hold any
	used        []uint8
}

func newBand(w, colours int) *band {
	return &band{w: w, lines: make([]byte, w*colours), first: make([]int, colours), last: make([]int, colours)}
}

// read takes up to six rows.
func (b *band) read(pixels []uint8) {
	b.used = b.used[:0]
	for i := range b.first {
		b.first[i] = -1
	}
	for y := 0; y*b.w < len(pixels); y++ {
		bit := byte(1) << y
		for x, c := range pixels[y*b.w : (y+1)*b.w] {
			b.lines[int(c)*b.w+x] |= bit
			switch {
			case b.first[c] < 0:
				b.first[c], b.last[c] = x, x
				b.used = append(b.used, c)
			case x < b.first[c]:
				b.first[c] = x
			case x > b.last[c]:
				b.last[c] = x
			}
		}
	}
}

// append writes the lines over each other, each from the left ($), and clears them.
func (b *band) append(out []byte) []byte {
	for i, c := range b.used {
		if i > 0 {
			out = append(out, '$')
		}
		out = append(out, '#')
		out = strconv.AppendInt(out, int64(c), 10)
		line := b.lines[int(c)*b.w:][:b.last[c]+1]
		out = repeated(out, 0, b.first[c])
		for x := b.first[c]; x < len(line); {
			v, from := line[x], x
			for x < len(line) && line[x] == v {
				x++
			}
			out = repeated(out, v, x-from)
		}
		clear(line)
	}
	return out
}

// repeated writes n sixels v, in the shorter of two ways.
func repeated(out []byte, v byte, n int) []byte {
	if n < 4 {
		for range n {
			out = append(out, v+'?')
		}
		return out
	}
	out = append(out, '!')
	out = strconv.AppendInt(out, int64(n), 10)
	return append(out, v+'?')
}
