package picture

import (
	"bytes"
	"context"
	"image"
	"strconv"

	"tintype/ui/picture/raster"
)

// sixelColours is how many colours a sixel picture has. xterm, foot, mlterm and xterm.js all keep as many.
const sixelColours = 256

// sixelBand is how many rows of pixels one piece of work has: lines of six rows. No dithering error is passed on to the next piece.
const sixelBand = 16 * 6

// sixelSide is how many pixels a side one escape code draws at most, a multiple of six. xterm ignores a picture that is larger than
// its resource maxGraphicSize, 1000×1000 by default (man xterm). A larger picture is drawn in pieces.
const sixelSide = 166 * 6

// encodeSixel draws over the cells at the cursor with sixels (https://vt100.net/docs/vt3xx-gp/chapter14.html). The picture has
// exactly the pixels of its cells: a higher one would scroll the screen.
func encodeSixel(ctx context.Context, img image.Image, size Cells, caps Capabilities, _ Options) (Frame, error) {
	w, h := caps.pixelSize(size)
	pixels, err := raster.Scale(ctx, img, w, h)
	if err != nil {
		return Frame{}, err
	}
	colours := quantise(pixels, sixelColours)
	indexed, err := indexPixels(ctx, pixels, colours)
	if err != nil {
		return Frame{}, err
	}
	var pieces []piece
	for _, part := range sixelPieces(size, caps) {
		send, err := encodeSixels(ctx, indexed.part(part, caps), colours)
		if err != nil {
			return Frame{}, err
		}
		pieces = append(pieces, piece{x: part.Min.X, y: part.Min.Y, send: send})
	}
	first := pieces[0].send
	return Frame{Lines: fillerLines(size, 0), Overlay: true, Send: first, redraw: first, pieces: pieces[1:]}, nil
}

// sixelPieces cuts a picture into rectangles of cells that one escape code can draw each.
func sixelPieces(size Cells, caps Capabilities) (parts []image.Rectangle) {
	cw, ch := caps.cellPixels()
	w, h := max(1, sixelSide/cw), max(1, sixelSide/ch)
	for y := 0; y < size.H; y += h {
		for x := 0; x < size.W; x += w {
			parts = append(parts, image.Rect(x, y, min(x+w, size.W), min(y+h, size.H)))
		}
	}
	return parts
}

// indexedPixels are pixels as numbers of a palette's colours: rows of w, which begin stride pixels apart.
type indexedPixels struct {
	w, h, stride int
	pix          []uint8
}

// indexPixels maps a picture to the colours of a palette, dithered.
func indexPixels(ctx context.Context, r raster.Image, p palette) (indexedPixels, error) {
	out := indexedPixels{r.W, r.H, r.W, make([]uint8, r.W*r.H)}
	near := newNearestTable(p)
	err := raster.InBands(ctx, r.H, sixelBand, func() func(from, to int) {
		d := newDiffuser(near, r.W)
		return func(from, to int) { d.indexRows(out.pix[r.W*from:r.W*to], r.Pix[3*r.W*from:3*r.W*to]) }
	})
	return out, err
}

// rows returns the pixels of the rows from `from` to before `to`.
func (n indexedPixels) rows(from, to int) []uint8 { return n.pix[from*n.stride : (to-1)*n.stride+n.w] }

// part returns the pixels of a rectangle of cells.
func (n indexedPixels) part(cells image.Rectangle, caps Capabilities) indexedPixels {
	cw, ch := caps.cellPixels()
	at := cells.Min.Y*ch*n.stride + cells.Min.X*cw
	return indexedPixels{cells.Dx() * cw, cells.Dy() * ch, n.stride, n.pix[at:]}
}

// encodeSixels writes pixels as one escape code.
func encodeSixels(ctx context.Context, n indexedPixels, p palette) ([]byte, error) {
	bands := make([][]byte, (n.h+sixelBand-1)/sixelBand)
	err := raster.InBands(ctx, n.h, sixelBand, func() func(from, to int) {
		l := newSixelLine(n.w, n.stride, len(p))
		return func(from, to int) {
			out := make([]byte, 0, (to-from)*n.w)
			for y := from; y < to; y += 6 {
				if y > 0 {
					out = append(out, '-')
				}
				l.read(n.rows(y, min(y+6, to)))
				out = l.append(out)
			}
			bands[from/sixelBand] = out
		}
	})
	return append(append(sixelHeader(n.w, n.h, p), bytes.Join(bands, nil)...), "\x1b\\"...), err
}

// sixelHeader begins the escape code: the picture's size, and its colours in percent. The second parameter (1) leaves pixels that are
// not set as they are, so that a last line of less than six rows does not erase what is below it.
func sixelHeader(w, h int, p palette) []byte {
	out := []byte("\x1bP0;1;0q\"1;1;")
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
	return out
}

// sixelLine is six rows of pixels: for each colour the columns in which it occurs, from left to right.
type sixelLine struct {
	w       int
	stride  int           // from a row's pixels to the next row's
	columns []sixelColumn // w for each colour
	count   []int32       // how many of them are used, for each colour
	last    []int32       // the position of the last one, or -1, for each colour
	used    []uint8       // the colours that occur, in the order of their first column
}

// sixelColumn is the pixels of one colour in a column: bit y for the one in row y, and the column's position above these 6 bits.
type sixelColumn uint32

func newSixelLine(w, stride, colours int) *sixelLine {
	return &sixelLine{w: w, stride: stride, columns: make([]sixelColumn, w*colours), count: make([]int32, colours), last: make([]int32, colours)}
}

// read reads up to six rows.
func (l *sixelLine) read(pixels []uint8) {
	for i := range l.last {
		l.count[i], l.last[i] = 0, -1
	}
	l.used = l.used[:0]
	for x := range l.w {
		for at, bit := x, sixelColumn(1); at < len(pixels); at, bit = at+l.stride, bit<<1 {
			c := pixels[at]
			n := int(c)*l.w + int(l.count[c])
			if l.last[c] == int32(x) {
				l.columns[n-1] |= bit
				continue
			}
			if l.last[c] < 0 {
				l.used = append(l.used, c)
			}
			l.columns[n] = sixelColumn(x)<<6 | bit
			l.count[c]++
			l.last[c] = int32(x)
		}
	}
}

// append writes the colours one over the other: each begins again at the left ($).
func (l *sixelLine) append(out []byte) []byte {
	for i, c := range l.used {
		if i > 0 {
			out = append(out, '$')
		}
		out = appendInt(append(out, '#'), int(c))
		at, columns := 0, l.columns[int(c)*l.w:][:l.count[c]]
		for len(columns) > 0 {
			first, n := columns[0], 1
			for n < len(columns) && columns[n] == first+sixelColumn(n)<<6 {
				n++
			}
			out = appendRun(out, '?', int(first>>6)-at)
			out = appendRun(out, '?'+byte(first&63), n)
			at, columns = int(first>>6)+n, columns[n:]
		}
	}
	return out
}

// appendRun writes a sixel n times, with a repeat count where that is shorter.
func appendRun(out []byte, sixel byte, n int) []byte {
	if n > 3 {
		return append(appendInt(append(out, '!'), n), sixel)
	}
	for range n {
		out = append(out, sixel)
	}
	return out
}

// appendInt is strconv.AppendInt, but faster for small numbers.
func appendInt(out []byte, n int) []byte {
	switch {
	case n < 10:
		return append(out, '0'+byte(n))
	case n < 100:
		return append(out, '0'+byte(n/10), '0'+byte(n%10))
	case n < 1000:
		return append(out, '0'+byte(n/100), '0'+byte(n/10%10), '0'+byte(n%10))
	}
	return strconv.AppendInt(out, int64(n), 10)
}
