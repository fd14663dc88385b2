package picture

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"os"

	"golang.org/x/image/webp"
)

// Info describes a picture, from its header.
type Info struct {
	Format        string // webp, png, jpeg or gif
	Width, Height int    // pixels
	Bytes         int64  // size of the file
	bytesPerPixel int64  // memory that a pixel takes while it is decoded
}

// Load reads and decodes the picture at path: first its header and then, if that is within limits, its pixels. Of an animation it
// decodes the first frame. A missing, damaged or too large picture is an *Error.
func Load(ctx context.Context, path string, l Limits) (image.Image, Info, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Info{}, &Error{code: codeMissing, sentence: "This picture is no longer on disk.", cause: err}
	}
	if err != nil {
		return nil, Info{}, &Error{code: codeUnreadable, sentence: "This picture cannot be opened.", cause: err}
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil || !stat.Mode().IsRegular() {
		return nil, Info{}, &Error{code: codeUnreadable, sentence: "This is no file that holds a picture.", cause: err}
	}
	return decode(ctx, f, stat.Size(), l)
}

// decode is Load for the first size bytes of r.
func decode(ctx context.Context, r io.ReaderAt, size int64, l Limits) (img image.Image, info Info, err error) {
	l = l.withDefaults()
	if size > l.Bytes {
		return nil, Info{Bytes: size}, tooManyBytes(size, l)
	}
	defer func() {
		if p := recover(); p != nil {
			img, err = nil, newUnreadable(fmt.Errorf("the decoder panicked: %v", p))
		}
	}()
	format, info, err := readHeader(ctx, r, size)
	if err != nil {
		return nil, info, err
	}
	if err := info.check(l); err != nil {
		return nil, info, err
	}
	img, err = format.decode(newContextReader(ctx, r, size))
	if err != nil {
		return nil, info, decodeError(ctx, err)
	}
	return placeOnCanvas(img, info), info, nil
}

// placeOnCanvas returns the picture that a frame belongs to. The first frame of an animation may be smaller than the picture, and
// decoders return the frame alone; the rest is transparent.
func placeOnCanvas(frame image.Image, info Info) image.Image {
	canvas := image.Rect(0, 0, info.Width, info.Height)
	if frame.Bounds() == canvas {
		return frame
	}
	img := image.NewNRGBA(canvas)
	draw.Draw(img, frame.Bounds(), frame, frame.Bounds().Min, draw.Src)
	return img
}

// readHeader finds the format of the first size bytes of r, and reads the picture's header.
func readHeader(ctx context.Context, r io.ReaderAt, size int64) (found format, info Info, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = newUnreadable(fmt.Errorf("the decoder panicked: %v", p))
		}
	}()
	info.Bytes = size
	magic := make([]byte, 16)
	n, err := r.ReadAt(magic, 0)
	if n == 0 && err != nil {
		return format{}, info, newUnreadable(err)
	}
	for _, f := range formats {
		if !f.matches(magic[:n]) {
			continue
		}
		c, err := f.config(newContextReader(ctx, r, size))
		if err != nil {
			return format{}, info, decodeError(ctx, err)
		}
		if c.Width < 1 || c.Height < 1 {
			return format{}, info, newUnreadable(errors.New("a side has no pixels"))
		}
		info.Format, info.Width, info.Height = f.name, c.Width, c.Height
		info.bytesPerPixel = bytesPerPixel(f.name, c.ColorModel, r, size)
		return f, info, nil
	}
	return format{}, info, newUnreadable(errors.New("unknown format"))
}

// format is a kind of image file. Files are recognised by their first bytes and never by their name.
type format struct {
	name    string
	matches func(magic []byte) bool
	config  func(io.Reader) (image.Config, error)
	decode  func(io.Reader) (image.Image, error)
}

var formats = []format{
	{"webp", isWebP, webp.DecodeConfig, webp.Decode},
	{"png", hasPrefix("\x89PNG\r\n\x1a\n"), png.DecodeConfig, png.Decode},
	{"jpeg", hasPrefix("\xff\xd8\xff"), jpeg.DecodeConfig, jpeg.Decode},
	{"gif", hasPrefix("GIF8"), gif.DecodeConfig, gif.Decode},
}

func hasPrefix(magic string) func([]byte) bool {
	return func(b []byte) bool { return bytes.HasPrefix(b, []byte(magic)) }
}

func isWebP(b []byte) bool {
	return len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP"
}

// newContextReader reads the first size bytes of r until the context ends, which is the way to stop a decoder.
func newContextReader(ctx context.Context, r io.ReaderAt, size int64) io.Reader {
	return bufio.NewReaderSize(&contextReader{ctx, io.NewSectionReader(r, 0, size)}, 64<<10)
}

type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// decodeError distinguishes a cancelled decoding from a damaged file.
func decodeError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return newUnreadable(err)
}

func newUnreadable(cause error) error {
	return &Error{code: codeUnreadable, sentence: "This file is damaged, or no picture: it is kept, and cannot be shown.", cause: cause}
}
