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

// Info is what a picture's header says.
type Info struct {
	Format        string // webp, png, jpeg or gif
	Width, Height int    // pixels
	Bytes         int64  // size of the file
	bytesPerPixel int64  // how much memory a pixel takes while it is decoded
}

// Load reads and decodes the picture at path: the header first, then, within limits, its pixels; of an animation the first
// frame. A missing, damaged or too large one is an *Error.
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

// decode is Load for what is already open: size bytes of r from its beginning.
func decode(ctx context.Context, r io.ReaderAt, size int64, l Limits) (img image.Image, info Info, err error) {
	l = l.withDefaults()
	if size > l.Bytes {
		return nil, Info{Bytes: size}, tooManyBytes(size, l)
	}
	defer func() {
		if p := recover(); p != nil {
			img, err = nil, newUnreadable(fmt.Errorf("the decoder gave up: %v", p))
		}
	}()
	kind, info, err := header(ctx, r, size)
	if err != nil {
		return nil, info, err
	}
	if refusal := info.check(l); refusal != nil {
		return nil, info, refusal
	}
	img, err = kind.decode(newContextReader(ctx, r, size))
	if err != nil {
		return nil, info, decodeError(ctx, err)
	}
	return placeOnCanvas(img, info), info, nil
}

// placeOnCanvas puts a frame that is smaller than its picture, as an animation's first may be, where it belongs: the decoders
// give such a frame alone, and the rest of the picture is transparent.
func placeOnCanvas(frame image.Image, info Info) image.Image {
	canvas := image.Rect(0, 0, info.Width, info.Height)
	if frame.Bounds() == canvas {
		return frame
	}
	whole := image.NewNRGBA(canvas)
	draw.Draw(whole, frame.Bounds(), frame, frame.Bounds().Min, draw.Src)
	return whole
}

// Header reads a picture's header alone: its format and its size.
func Header(ctx context.Context, r io.ReaderAt, size int64) (Info, error) {
	_, info, err := header(ctx, r, size)
	return info, err
}

func header(ctx context.Context, r io.ReaderAt, size int64) (kind format, info Info, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = newUnreadable(fmt.Errorf("the decoder gave up: %v", p))
		}
	}()
	info.Bytes = size
	magic := make([]byte, 16)
	n, err := r.ReadAt(magic, 0)
	if n == 0 && err != nil {
		return format{}, info, newUnreadable(err)
	}
	for _, kind := range formats {
		if !kind.matches(magic[:n]) {
			continue
		}
		c, err := kind.config(newContextReader(ctx, r, size))
		if err != nil {
			return format{}, info, decodeError(ctx, err)
		}
		if c.Width < 1 || c.Height < 1 {
			return format{}, info, newUnreadable(errors.New("a side of no pixels"))
		}
		info.Format, info.Width, info.Height = kind.name, c.Width, c.Height
		info.bytesPerPixel = bytesPerPixel(kind.name, c.ColorModel, r, size)
		return kind, info, nil
	}
	return format{}, info, newUnreadable(errors.New("no format that is known"))
}

// format is a kind of file, known by its first bytes and never by its name.
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

// newContextReader gives a decoder the bytes until the context ends, which is how a decoder is stopped.
func newContextReader(ctx context.Context, r io.ReaderAt, size int64) io.Reader {
	return bufio.NewReaderSize(&contextReader{ctx, io.NewSectionReader(r, 0, size)}, 64<<10)
}

type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (u *contextReader) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

// decodeError tells a cancelled decoding from a damaged file.
func decodeError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return newUnreadable(err)
}

func newUnreadable(cause error) error {
	return &Error{code: codeUnreadable, sentence: "This file is damaged, or no picture: it is kept, and cannot be shown.", cause: cause}
}
