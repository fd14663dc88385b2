// Package vp8enc encodes lossy WebP: a key frame of VP8 in the simple container (RFC 6386, RFC 9649). It is for the demo, which should
// send what real providers send by default, so that a mistake with lossy pictures cannot hide behind lossless ones.
//
// It is written here because the Go module proxy has no encoder that fits: nativewebp is lossless only, chai2010/webp needs cgo, and
// gen2brain/webp (v0.5.5) carries libwebp as WebAssembly with a runtime, adds some 4 MB to the program, and takes 280 to 510 ms for a
// megapixel. Pictures that were encoded beforehand would not show what a prompt asks for.
//
// It predicts only entire macroblocks, and takes the prediction that is nearest; the probabilities are those that a frame begins with.
// So its files are about half as large again as libwebp's of the same quality. One megapixel takes 35 to 90 ms.
package vp8enc

import (
	"encoding/binary"
	"errors"
	"image"
	"io"
	"math"
)

// maxSide is the longest side that a frame's header can hold, in pixels.
const maxSide = 1<<14 - 1

// ErrSize means that a picture has no pixels, or more than 16383 on a side.
var ErrSize = errors.New("lossy WebP has from 1 to 16383 pixels a side")

// Encode writes a picture as lossy WebP; its alpha is lost. quality is from 0, the smallest file, to 100. Errors are ErrSize and the
// writer's.
func Encode(w io.Writer, img image.Image, quality int) error {
	size := img.Bounds().Size()
	if min(size.X, size.Y) < 1 || max(size.X, size.Y) > maxSide {
		return ErrSize
	}
	f := newFrame(img, quantiserIndex(quality))
	f.encode()
	_, err := w.Write(f.file(size))
	return err
}

// quantiserIndex returns the index of a quality, from 0 to 127. It spreads them as libwebp does, so that 80 looks like its 80.
func quantiserIndex(quality int) int {
	c := float64(min(max(quality, 0), 100)) / 100
	if c < 0.75 {
		c *= 2.0 / 3
	} else {
		c = 2*c - 1
	}
	return int(127 * (1 - math.Cbrt(c)))
}

// file puts the partitions into their containers.
func (f *frame) file(size image.Point) []byte {
	first, tokens := f.modes.finish(), f.tokens.finish()
	const showFrame, tagSize, headerSize = 1 << 4, 3, 10
	length := headerSize + len(first) + len(tokens)
	out := append(make([]byte, 0, length+21), "RIFF"...)
	out = binary.LittleEndian.AppendUint32(out, uint32(4+8+length+length&1))
	out = append(out, "WEBPVP8 "...)
	out = binary.LittleEndian.AppendUint32(out, uint32(length))
	tag := binary.LittleEndian.AppendUint32(nil, uint32(len(first))<<5|showFrame)
	out = append(append(out, tag[:tagSize]...), 0x9d, 0x01, 0x2a)
	out = binary.LittleEndian.AppendUint16(out, uint16(size.X))
	out = binary.LittleEndian.AppendUint16(out, uint16(size.Y))
	out = append(append(out, first...), tokens...)
	return append(out, make([]byte, length&1)...)
}
