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
	pixelBytes    int64  // how much memory a pixel takes while it is decoded
}

// Load reads and decodes the picture at path: the header first, then, within limits, its pixels; of an animation the first
// frame. A missing, damaged or too large one is an *Error.
func Load(ctx context.Context, path string, l Limits) (image.Image, Info, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Info{}, &Error{Code: Missing, Sentence: "This picture is no longer on disk.", Cause: err}
	}
	if err != nil {
		return nil, Info{}, &Error{Code: Unreadable, Sentence: "This picture cannot be opened.", Cause: err}
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil || !stat.Mode().IsRegular() {
		return nil, Info{}, &Error{Code: Unreadable, Sentence: "This is no file that holds a picture.", Cause: err}
	}
	return Decode(ctx, f, stat.Size(), l)
}

// Decode is Load for what is already open: size bytes of r from its beginning.
func Decode(ctx context.Context, r io.ReaderAt, size int64, l Limits) (img image.Image, info Info, err error) {
	l = l.orPreview()
	if size > l.Bytes {
		return nil, Info{Bytes: size}, tooManyBytes(size, l)
	}
	defer func() {
		if p := recover(); p != nil {
			img, err = nil, unreadable(fmt.Errorf("the decoder gave up: %v", p))
		}
	}()
	kind, info, err := header(ctx, r, size)
	if err != nil {
		return nil, info, err
	}
	if refusal := info.over(l); refusal != nil {
		return nil, info, refusal
	}
	img, err = kind.decode(reading(ctx, r, size))
	if err != nil {
		return nil, info, ended(ctx, err)
	}
	return onCanvas(img, info), info, nil
}

// onCanvas puts a frame that is smaller than its picture, as an animation's first may be, where it belongs: the decoders
// give such a frame alone, and the rest of the picture is transparent.
func onCanvas(frame image.Image, info Info) image.Image {
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
			err = unreadable(fmt.Errorf("the decoder gave up: %v", p))
		}
	}()
	info.Bytes = size
	magic := make([]byte, 16)
	n, err := r.ReadAt(magic, 0)
	if n == 0 && err != nil {
		return format{}, info, unreadable(err)
	}
	for _, kind := range formats {
		if !kind.is(magic[:n]) {
			continue
		}
		c, err := kind.config(reading(ctx, r, size))
		if err != nil {
			return format{}, info, ended(ctx, err)
		}
		if c.Width < 1 || c.Height < 1 {
			return format{}, info, unreadable(errors.New("a side of no pixels"))
		}
		info.Format, info.Width, info.Height = kind.name, c.Width, c.Height
		info.pixelBytes = pixelBytes(kind.name, c.ColorModel, r, size)
		return kind, info, nil
	}
	return format{}, info, unreadable(errors.New("no format that is known"))
}

// format is a kind of file, known by its first bytes and never by its name.
type format struct {
	name   string
	is     func(magic []byte) bool
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var formats = []format{
	{"webp", isWebP, webp.DecodeConfig, webp.Decode},
	{"png", begins("\x89PNG\r\n\x1a\n"), png.DecodeConfig, png.Decode},
	{"jpeg", begins("\xff\xd8\xff"), jpeg.DecodeConfig, jpeg.Decode},
	{"gif", begins("GIF8"), gif.DecodeConfig, gif.Decode},
}

func begins(magic string) func([]byte) bool {
	return func(b []byte) bool { return bytes.HasPrefix(b, []byte(magic)) }
}

func isWebP(b []byte) bool {
	return len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP"
}

// reading gives a decoder the bytes until the context ends, which is how a decoder is stopped.
func reading(ctx context.Context, r io.ReaderAt, size int64) io.Reader {
	return bufio.NewReaderSize(&untilDone{ctx, io.NewSectionReader(r, 0, size)}, 64<<10)
}

type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u *untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

// ended tells a cancelled decoding from a damaged file.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return unreadable(err)
}

func unreadable(cause error) error {
	return &Error{Code: Unreadable, Sentence: "This file is damaged, or no picture: it is kept, and cannot be shown.", Cause: cause}
}
