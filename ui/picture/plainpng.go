package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/png"
	"io"
)

// errNotPlain is a PNG that decodePlainPNG leaves to image/png: of another kind, or damaged, which is for that to say.
var errNotPlain = errors.New("not a plain PNG")

// pngRows is how many rows are handed from one goroutine to the other at once.
const pngRows = 32

// decodePNG is image/png's, sooner where it can be.
func decodePNG(r io.Reader) (image.Image, error) {
	again, ok := r.(*rewinder)
	if !ok {
		return png.Decode(r)
	}
	if img, err := decodePlainPNG(r); err == nil {
		return img, nil
	}
	again.rewind()
	return png.Decode(r)
}

// decodePlainPNG decodes PNGs of the usual kind (8 bits, RGB or RGBA, not interlaced, nothing transparent by name) as image/png does,
// in two thirds of its time: one goroutine inflates rows while another makes pixels of them.
func decodePlainPNG(r io.Reader) (image.Image, error) {
	chunks := &pngChunks{r: r}
	head, err := chunks.header()
	if err != nil {
		return nil, err
	}
	p := newPNGPixels(head)
	data, err := zlib.NewReader(chunks)
	if err != nil {
		return nil, err
	}
	free, full, done := make(chan []byte, 3), make(chan []byte, 3), make(chan error, 1)
	for range cap(free) {
		free <- make([]byte, pngRows*(1+p.stride))
	}
	go func() { done <- p.take(full, free) }()
	err = inflateRows(data, p.height(), 1+p.stride, free, full)
	close(full)
	if taken := <-done; err == nil {
		err = taken
	}
	if err == nil {
		err = chunks.end(data)
	}
	return p.img, err
}

// inflateRows reads all rows, some at a time, into what is free.
func inflateRows(data io.Reader, rows, length int, free <-chan []byte, full chan<- []byte) error {
	for rows > 0 {
		n := min(rows, pngRows)
		batch := (<-free)[:n*length]
		if _, err := io.ReadFull(data, batch); err != nil {
			return err
		}
		full <- batch
		rows -= n
	}
	return nil
}

// pngChunks reads the data of a PNG, through its IDAT chunks, and checks the sum of each.
type pngChunks struct {
	r    io.Reader
	left int    // bytes of the chunk that are not read
	sum  uint32 // of its kind and its data so far
	kind [4]byte
}

// next goes to the chunk after this one, and reads how long and of what kind it is.
func (c *pngChunks) next() error {
	var head [8]byte
	if _, err := io.ReadFull(c.r, head[:]); err != nil {
		return err
	}
	length := binary.BigEndian.Uint32(head[:])
	if length > 1<<30 {
		return errNotPlain
	}
	c.left, c.kind, c.sum = int(length), [4]byte(head[4:]), crc32.ChecksumIEEE(head[4:])
	return nil
}

// take reads some of the chunk's data, and its sum at the end.
func (c *pngChunks) take(p []byte) (int, error) {
	n, err := c.r.Read(p[:min(len(p), c.left)])
	c.left -= n
	c.sum = crc32.Update(c.sum, crc32.IEEETable, p[:n])
	return n, err
}

// checked reads the sum of a chunk that was read to its end.
func (c *pngChunks) checked() error {
	var sum [4]byte
	if _, err := io.ReadFull(c.r, sum[:]); err != nil {
		return err
	}
	if binary.BigEndian.Uint32(sum[:]) != c.sum {
		return errNotPlain
	}
	return nil
}

// header reads all that is before the data, and gives the content of IHDR.
func (c *pngChunks) header() (head [13]byte, err error) {
	var magic [8]byte
	if _, err := io.ReadFull(c.r, magic[:]); err != nil {
		return head, err
	}
	if err := c.next(); err != nil || string(c.kind[:]) != "IHDR" || c.left != len(head) {
		return head, errNotPlain
	}
	if _, err := io.ReadFull(readerFunc(c.take), head[:]); err != nil {
		return head, err
	}
	if !bytes.Equal(head[8:], []byte{8, 2, 0, 0, 0}) && !bytes.Equal(head[8:], []byte{8, 6, 0, 0, 0}) {
		return head, errNotPlain
	}
	for {
		if err := c.checked(); err != nil {
			return head, err
		}
		if err := c.next(); err != nil {
			return head, err
		}
		switch string(c.kind[:]) {
		case "IDAT":
			return head, nil
		case "IHDR", "PLTE", "tRNS", "IEND":
			return head, errNotPlain
		}
		if err := c.skip(); err != nil {
			return head, err
		}
	}
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// Read gives the data of one IDAT after the other.
func (c *pngChunks) Read(p []byte) (int, error) {
	for c.left == 0 {
		if err := c.checked(); err != nil {
			return 0, err
		}
		if err := c.next(); err != nil {
			return 0, err
		}
		if string(c.kind[:]) != "IDAT" {
			return 0, errNotPlain
		}
	}
	return c.take(p)
}

// end makes sure that the data is at its end, with the right sum, and that nothing but remarks follow before IEND.
func (c *pngChunks) end(data io.Reader) error {
	if n, err := data.Read(make([]byte, 1)); n != 0 || err != io.EOF || c.left != 0 {
		return errNotPlain
	}
	for string(c.kind[:]) != "IEND" {
		if err := c.checked(); err != nil {
			return err
		}
		if err := c.next(); err != nil {
			return err
		}
		switch string(c.kind[:]) {
		case "IHDR", "PLTE", "tRNS", "IDAT":
			return errNotPlain
		}
		if err := c.skip(); err != nil {
			return err
		}
	}
	return c.checked()
}

// skip reads what is left of a chunk.
func (c *pngChunks) skip() error {
	_, err := io.CopyN(io.Discard, readerFunc(c.take), int64(c.left))
	return err
}
