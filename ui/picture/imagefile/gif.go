package imagefile

import (
	"bufio"
	"bytes"
	"compress/lzw"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"io"
)

type gifFormat struct{}

func (gifFormat) header(r io.ReaderAt, size int64) (header, error) {
	c, err := gif.DecodeConfig(section{0, size}.open(r))
	if err != nil {
		return header{}, err
	}
	return header{Config: c, complete: isCompleteGIF(section{0, size}.open(r))}, nil
}

func (gifFormat) decode(r io.ReaderAt, size int64) (image.Image, error) {
	return gif.Decode(section{0, size}.open(r))
}

// What a GIF consists of (GIF89a, 18 to 23).
const (
	gifHeaderSize, gifDescriptorSize        = 13, 9
	gifExtension, gifImage, gifControlLabel = 0x21, 0x2c, 0xf9
	gifHasTable, gifInterlaced              = 0x80, 0x40
	gifTrailer                              = 0x3b
)

// isCompleteGIF reports whether a file ends after one of its blocks. The trailer may be missing, as some programs leave it out.
func isCompleteGIF(in *bufio.Reader) bool {
	b := make([]byte, gifHeaderSize)
	if _, err := io.ReadFull(in, b); err != nil || skipTable(in, b[10]) != nil {
		return false
	}
	for {
		kind, err := in.ReadByte()
		switch {
		case err != nil || kind == gifTrailer:
			return err == nil || err == io.EOF
		case kind == gifExtension:
			_, err = in.Discard(1)
		case kind == gifImage:
			if _, err = io.ReadFull(in, b[:gifDescriptorSize]); err == nil {
				err = skipTable(in, b[gifDescriptorSize-1])
			}
			if err == nil {
				_, err = in.Discard(1)
			}
		default: // something after the last block
			return true
		}
		if err != nil || skipBlocks(in) != nil {
			return false
		}
	}
}

func skipTable(in *bufio.Reader, flags byte) error {
	if flags&gifHasTable == 0 {
		return nil
	}
	_, err := in.Discard(3 << (flags&7 + 1))
	return err
}

// skipBlocks skips sub-blocks and the empty one at their end.
func skipBlocks(in *bufio.Reader) error {
	for {
		length, err := in.ReadByte()
		if err != nil || length == 0 {
			return err
		}
		if _, err := in.Discard(int(length)); err != nil {
			return err
		}
	}
}

// salvage decodes the complete rows of the first frame.
func (gifFormat) salvage(r io.ReaderAt, size int64) (image.Image, error) {
	in := section{0, size}.open(r)
	b := make([]byte, gifHeaderSize)
	if _, err := io.ReadFull(in, b); err != nil {
		return nil, err
	}
	colours, err := readTable(in, b[10])
	if err != nil {
		return nil, err
	}
	screen, transparent := bytes.Clone(b[6:10]), -1
	for {
		if _, err := io.ReadFull(in, b[:1]); err != nil {
			return nil, err
		}
		switch b[0] {
		case gifExtension:
			if transparent, err = readExtension(in, transparent); err != nil {
				return nil, err
			}
		case gifImage:
			canvas := image.Rect(0, 0, int(binary.LittleEndian.Uint16(screen[0:])), int(binary.LittleEndian.Uint16(screen[2:])))
			return salvageFrame(in, canvas, colours, transparent)
		default:
			return nil, errors.New("an unknown block")
		}
	}
}

// readTable reads a table of colours, if flags say that there is one.
func readTable(in io.Reader, flags byte) (color.Palette, error) {
	if flags&gifHasTable == 0 {
		return nil, nil
	}
	b := make([]byte, 3<<(flags&7+1))
	if _, err := io.ReadFull(in, b); err != nil {
		return nil, err
	}
	colours := make(color.Palette, len(b)/3)
	for i := range colours {
		colours[i] = color.NRGBA{b[3*i], b[3*i+1], b[3*i+2], 255}
	}
	return colours, nil
}

// readExtension reads an extension. It returns the index of the transparent colour, which is unchanged if the extension does not set it.
func readExtension(in io.Reader, transparent int) (int, error) {
	label := make([]byte, 1)
	if _, err := io.ReadFull(in, label); err != nil {
		return 0, err
	}
	data, err := io.ReadAll(&blockReader{in: in})
	if label[0] == gifControlLabel && len(data) >= 4 && data[0]&1 != 0 {
		transparent = int(data[3])
	}
	return transparent, err
}

// blockReader reads the data of sub-blocks until the empty one at their end.
type blockReader struct {
	in    io.Reader
	left  int
	ended bool
}

func (b *blockReader) Read(p []byte) (int, error) {
	if b.left == 0 && !b.ended {
		length := make([]byte, 1)
		if _, err := io.ReadFull(b.in, length); err != nil {
			return 0, err
		}
		b.left, b.ended = int(length[0]), length[0] == 0
	}
	if b.ended {
		return 0, io.EOF
	}
	n, err := b.in.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// salvageFrame reads a frame's descriptor and as many pixels as there are.
func salvageFrame(in io.Reader, canvas image.Rectangle, colours color.Palette, transparent int) (image.Image, error) {
	b := make([]byte, gifDescriptorSize)
	if _, err := io.ReadFull(in, b); err != nil {
		return nil, err
	}
	own, err := readTable(in, b[8])
	if err != nil {
		return nil, err
	}
	if own != nil {
		colours = own
	}
	field := func(i int) int { return int(binary.LittleEndian.Uint16(b[2*i:])) }
	frame := image.Rect(field(0), field(1), field(0)+field(2), field(1)+field(3))
	if !frame.In(canvas) {
		return nil, errors.New("the first frame reaches beyond the picture")
	}
	width := make([]byte, 1)
	if _, err := io.ReadFull(in, width); err != nil || width[0] < 2 || width[0] > 8 {
		return nil, errors.New("damaged before its first pixel")
	}
	pixels := make([]byte, frame.Dx()*frame.Dy())
	n, _ := io.ReadFull(lzw.NewReader(&blockReader{in: in}, lzw.LSB, int(width[0])), pixels)
	return drawIndices(pixels[:n], frame, colours, transparent, b[8]&gifInterlaced != 0)
}

// drawIndices draws the rows that are complete; the others are transparent.
func drawIndices(indices []byte, frame image.Rectangle, colours color.Palette, transparent int, isInterlaced bool) (image.Image, error) {
	if len(indices) < max(1, frame.Dx()) {
		return nil, errors.New("no row is complete")
	}
	img := image.NewNRGBA(frame)
	rows := rowOrder(frame.Dy(), isInterlaced)
	for i := range len(indices) / frame.Dx() {
		for x, index := range indices[i*frame.Dx() : (i+1)*frame.Dx()] {
			if int(index) >= len(colours) || int(index) == transparent {
				continue
			}
			img.Set(frame.Min.X+x, frame.Min.Y+rows[i], colours[index])
		}
	}
	return img, nil
}

// rowOrder returns the order in which rows are stored (GIF89a, appendix E).
func rowOrder(height int, isInterlaced bool) []int {
	rows := make([]int, 0, height)
	passes := [][2]int{{0, 1}}
	if isInterlaced {
		passes = [][2]int{{0, 8}, {4, 8}, {2, 4}, {1, 2}}
	}
	for _, pass := range passes {
		for y := pass[0]; y < height; y += pass[1] {
			rows = append(rows, y)
		}
	}
	return rows
}
