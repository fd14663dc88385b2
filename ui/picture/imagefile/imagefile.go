// Package imagefile reads image files as viewers do: WebP, PNG, JPEG and GIF. It follows a file's orientation and colour profile, reads the
// first frame of an animation, and reads what there is of a file that was cut off.
//
// The decoders of Go and golang.org/x/image decode the pixels. This package finds the pixels in their containers, and handles what those
// decoders leave to their callers: the range of VP8's samples, EXIF, ICC profiles, animations, and incomplete files.
package imagefile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"io"
	"runtime"

	"tintype/history/imagekind"
	"tintype/ui/picture/raster"
)

// File is an image file whose header was read.
type File struct {
	Kind          imagekind.Kind
	Width, Height int   // pixels, upright
	Memory        int64 // bytes that decoding takes at most
	turn          raster.Turn
	convert       func(rgb []byte) // nil if the colours are sRGB
	complete      bool             // the file's end is there
	stored        image.Point      // width and height as stored
	format        format
	r             io.ReaderAt
	size          int64
}

// KindError means that a file's kind is not decoded.
type KindError struct {
	Kind imagekind.Kind // zero if it is unknown
}

func (e *KindError) Error() string { return "not a picture that can be decoded: " + e.Kind.Name }

// format reads one kind of file.
type format interface {
	// header reads what the file says about its picture.
	header(r io.ReaderAt, size int64) (header, error)
	// decode decodes the first frame.
	decode(r io.ReaderAt, size int64) (image.Image, error)
	// salvage decodes as much as possible of a file for which decode fails.
	salvage(r io.ReaderAt, size int64) (image.Image, error)
}

// header is what a file says about its picture.
type header struct {
	image.Config
	profile  []byte // ICC, or nil
	complete bool
}

var formats = map[imagekind.Kind]format{
	imagekind.WebP: webpFormat{},
	imagekind.PNG:  pngFormat{},
	imagekind.JPEG: jpegFormat{},
	imagekind.GIF:  gifFormat{},
}

// Open reads the header of the file in the first size bytes of r. A file of another kind is a *KindError.
func Open(ctx context.Context, r io.ReaderAt, size int64) (f *File, err error) {
	defer recoverTo(&err)
	head := make([]byte, min(size, imagekind.HeadSize))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, err
	}
	kind := imagekind.Of(head)
	known, ok := formats[kind]
	if !ok {
		return nil, &KindError{kind}
	}
	until := &contextReader{ctx, r}
	h, err := known.header(until, size)
	if err != nil {
		return nil, err
	}
	if h.Width < 1 || h.Height < 1 {
		return nil, errors.New("its width or height is zero")
	}
	f = &File{
		Kind: kind, Width: h.Width, Height: h.Height, turn: raster.Turn(imagekind.Orientation(kind, until, size)), complete: h.complete, convert: conversion(h.profile), stored: image.Pt(h.Width, h.Height),
		Memory: imagekind.Memory(kind, h.ColorModel, h.Width, h.Height, until, size),
		format: known, r: r, size: size,
	}
	if f.turn.Swaps() {
		f.Width, f.Height = h.Height, h.Width
	}
	return f, nil
}

// IsPlain reports whether a program that ignores orientation, profiles and missing data shows the file correctly.
func (f *File) IsPlain() bool { return !f.isTurned() && f.convert == nil && f.complete }

// IsUpright reports whether the stored picture is upright.
func (f *File) IsUpright() bool { return !f.isTurned() }

// IsComplete reports whether the end of the file is there. The rest of it may still be damaged.
func (f *File) IsComplete() bool { return f.complete }

// isTurned reports whether the stored picture is not upright.
func (f *File) isTurned() bool { return f.turn > 1 }

// Decode decodes the picture, upright and in sRGB. partial is true if the file is cut off or damaged: the picture then has what could be
// read, and the rest is transparent. It ends soon after the context does, with the context's error.
func (f *File) Decode(ctx context.Context) (img image.Image, partial bool, err error) {
	r := &contextReader{ctx, f.r}
	img, err = try(f.format.decode, r, f.size)
	if err != nil && ctx.Err() == nil {
		if saved, failed := try(f.format.salvage, r, f.size); failed == nil {
			img, err, partial = saved, nil, true
		}
	}
	if ctx.Err() != nil {
		return nil, false, ctx.Err()
	}
	if err != nil {
		return nil, false, err
	}
	img = placeOnCanvas(asPlanes(img), f.stored)
	if f.convert != nil || f.turn > 1 {
		img = &raster.View{Image: img, Turn: f.turn, Convert: f.convert}
	}
	return img, partial || !f.complete, nil
}

func try(decode func(io.ReaderAt, int64) (image.Image, error), r io.ReaderAt, size int64) (img image.Image, err error) {
	defer recoverTo(&err)
	return decode(r, size)
}

// recoverTo turns a decoder's panic into an error.
func recoverTo(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("the decoder panicked: %v", p)
	}
}

// asPlanes wraps the planes of a JPEG, so that their colours are interpolated as viewers do.
func asPlanes(img image.Image) image.Image {
	if m, ok := img.(*image.YCbCr); ok {
		return &raster.Planes{YCbCr: *m}
	}
	return img
}

// placeOnCanvas returns the picture that a frame belongs to. The first frame of an animation, or the rest of a file that is cut off, may be
// smaller than the picture or reach beyond it, and decoders return only that. The remaining pixels are transparent.
func placeOnCanvas(frame image.Image, size image.Point) image.Image {
	canvas := image.Rectangle{Max: size}
	if frame.Bounds() == canvas {
		return frame
	}
	img := image.NewNRGBA(canvas)
	if m, ok := frame.(*raster.Planes); ok {
		copyPlanes(img, m)
	} else {
		draw.Draw(img, frame.Bounds(), frame, frame.Bounds().Min, draw.Src)
	}
	return img
}

// copyPlanes draws planes in their own size.
func copyPlanes(to *image.NRGBA, from *raster.Planes) {
	opaque := *from
	opaque.Alpha = nil
	w, h := from.Rect.Dx(), from.Rect.Dy()
	pixels, _ := raster.Scale(context.Background(), &opaque, w, h) // it fails only with its context
	b := from.Rect.Intersect(to.Rect)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			fx, fy := x-from.Rect.Min.X, y-from.Rect.Min.Y
			at := to.Pix[to.PixOffset(x, y):][:4]
			copy(at, pixels.At(fx, fy))
			at[3] = 255
			if from.Alpha != nil {
				at[3] = from.Alpha[fy*from.AlphaStride+fx]
			}
		}
	}
}

// contextReader reads until the context ends. There is no other way to stop a decoder.
type contextReader struct {
	ctx context.Context
	r   io.ReaderAt
}

func (c *contextReader) ReadAt(p []byte, off int64) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.ReadAt(p, off)
}

// section is a part of a file.
type section struct{ at, size int64 }

// open reads a section from its beginning.
func (s section) open(r io.ReaderAt) *bufio.Reader {
	return bufio.NewReaderSize(io.NewSectionReader(r, s.at, s.size), 64<<10)
}

// bytes returns the first bytes of a section, at most limit of them.
func (s section) bytes(r io.ReaderAt, limit int64) []byte {
	b := make([]byte, min(s.size, limit))
	n, _ := r.ReadAt(b, s.at)
	return b[:n]
}

// maxProfile is the most that is read of a profile, in bytes. Only profiles with tables for printers are larger, and those are not used.
const maxProfile = 4 << 20

// manyRows is the height from which the memory of each try matters.
const manyRows = 1000

// mostRows returns the picture with the most rows, up to n, for which decode succeeds. unit is how many rows are coded together.
func mostRows(n, unit int, decode func(rows int) (image.Image, error)) (image.Image, error) {
	var best image.Image
	err := errors.New("no row is complete")
	for low, high := 0, (n+unit-1)/unit; low < high; {
		middle := (low + high + 1) / 2
		if n > manyRows {
			runtime.GC() // the previous try may have used as much memory as the picture
		}
		img, failed := decode(min(middle*unit, n))
		if failed != nil {
			err, high = failed, middle-1
			continue
		}
		best, low = img, middle
	}
	if best == nil {
		return nil, err
	}
	return best, nil
}
