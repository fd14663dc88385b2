package inputimage

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"

	"github.com/HugoSmits86/nativewebp"
	"golang.org/x/image/webp"

	"tintype/api/demo/vp8enc"
	"tintype/history/imagekind"
)

// encoder encodes a picture in several sizes. A picture that is opaque, or whose alpha nobody reads, becomes a JPEG: at the same size it
// looks better than the lossy WebP of vp8enc (measured at 190 kB for a megapixel: 36 to 45 dB). One whose alpha matters becomes a lossy WebP
// with exact alpha. If a file without loss fits in the full size, it is taken.
type encoder struct {
	img       image.Image
	rules     copyRules
	lossless  bool // a file without loss is tried in the first size
	keepAlpha bool
}

func newEncoder(img image.Image, lossy bool, rules copyRules) *encoder {
	return &encoder{img, rules, rules.isMask || !lossy, rules.keepAlpha && !isOpaque(img)}
}

// scaled returns the picture in a size.
func (e *encoder) scaled(ctx context.Context, size image.Point) (draw.Image, error) {
	switch {
	case e.rules.isMask:
		return pickTo(e.img, size), nil
	case e.keepAlpha:
		return scaleAlphaTo(ctx, e.img, size)
	}
	small, err := scaleTo(ctx, e.img, size)
	if err == nil && size.X*size.Y <= mostPixels && e.img.Bounds().Dx()*e.img.Bounds().Dy() > mostPixels {
		e.img = small // what follows is smaller still, and need not keep the large one in memory
	}
	return small, err
}

// encode returns the best file within the limit; used is more than the limit if there is none, and says what the smallest one takes.
func (e *encoder) encode(img draw.Image) (out copied, used int64) {
	if e.lossless {
		if out, ok := encodeLossless(img, e.rules.limit); ok || e.rules.isMask {
			return out, int64(len(out.data))
		}
		e.lossless = false
	}
	kind, by := imagekind.JPEG, encodeJPEG
	if e.keepAlpha {
		alpha := losslessAlpha(img)
		kind, by = imagekind.WebP, func(img image.Image, quality int) []byte { return encodeWebP(img, alpha, quality) }
	}
	least := goodQuality
	if min(img.Bounds().Dx(), img.Bounds().Dy()) <= leastSide || e.rules.exact != (image.Point{}) {
		least = poorQuality
	}
	data := by(img, least)
	if used = int64(len(data)); used > e.rules.limit {
		return copied{}, used
	}
	for low, high := least+1, bestQuality; low <= high; {
		quality := (low + high) / 2
		if try := by(img, quality); int64(len(try)) <= e.rules.limit {
			data, low = try, quality+1
		} else {
			high = quality - 1
		}
	}
	return copied{data: data, kind: kind}, int64(len(data))
}

// smaller returns the next size to try, after a file of size took used bytes; ok is false if there is none.
func (e *encoder) smaller(size image.Point, used int64) (next image.Point, ok bool) {
	if e.rules.exact != (image.Point{}) || size == image.Pt(1, 1) {
		return size, false
	}
	factor := min(0.95, max(0.5, math.Sqrt(float64(e.rules.limit)/float64(used))*0.98))
	if short := min(size.X, size.Y); short > leastSide {
		factor = max(factor, float64(leastSide)/float64(short))
	}
	if next = times(size, factor); next == size { // rounded back to where it was
		next = image.Pt(max(1, size.X-1), max(1, size.Y-1))
	}
	return next, true
}

func encodeJPEG(img image.Image, quality int) []byte {
	var out bytes.Buffer
	_ = jpeg.Encode(&out, img, &jpeg.Options{Quality: quality}) // a buffer takes everything, and no side is too long
	return out.Bytes()
}

// encodeLossless returns a PNG, or a lossless WebP if only that fits; ok is false if neither does.
func encodeLossless(img draw.Image, limit int64) (out copied, ok bool) {
	var file bytes.Buffer
	simple := simplest(img)
	_ = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&file, simple)
	const hopeless = 4 // no encoder makes it smaller by more
	if size := int64(file.Len()); size > hopeless*limit {
		return copied{data: file.Bytes()}, false
	}
	file.Reset()
	_ = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&file, simple)
	out = copied{data: file.Bytes(), kind: imagekind.PNG}
	if int64(file.Len()) <= limit {
		return out, true
	}
	if data, err := losslessWebP(img); err == nil && int64(len(data)) <= limit {
		return copied{data: data, kind: imagekind.WebP}, true
	}
	return out, false
}

// simplest returns a picture as grey if it is, since such a file is smaller.
func simplest(img draw.Image) image.Image {
	grey := image.NewGray(img.Bounds())
	for y := grey.Rect.Min.Y; y < grey.Rect.Max.Y; y++ {
		for x := grey.Rect.Min.X; x < grey.Rect.Max.X; x++ {
			r, g, b, a := img.At(x, y).RGBA()
			if r != g || g != b || a != 0xffff {
				return img
			}
			grey.Pix[grey.PixOffset(x, y)] = byte(r >> 8)
		}
	}
	return grey
}

// losslessWebP encodes a picture as WebP, and decodes it again to be sure: the encoder is young, and panics on one colour.
func losslessWebP(img image.Image) (data []byte, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("the encoder panicked")
		}
	}()
	if max(img.Bounds().Dx(), img.Bounds().Dy()) > longestSide {
		return nil, errors.New("too long for WebP")
	}
	var out bytes.Buffer
	if err := nativewebp.Encode(&out, img, nil); err != nil {
		return nil, err
	}
	back, err := webp.Decode(bytes.NewReader(out.Bytes()))
	if err == nil && !isSame(img, back) {
		err = errors.New("the encoder changed the picture")
	}
	return out.Bytes(), err
}

func isSame(a, b image.Image) bool {
	if a.Bounds().Size() != b.Bounds().Size() {
		return false
	}
	one, two := image.NewNRGBA(a.Bounds()), image.NewNRGBA(a.Bounds())
	draw.Draw(one, one.Rect, a, a.Bounds().Min, draw.Src)
	draw.Draw(two, two.Rect, b, b.Bounds().Min, draw.Src)
	return bytes.Equal(one.Pix, two.Pix)
}

// losslessAlpha returns the data of a chunk with a picture's alpha (RFC 9649, 2.7.1.2), compressed if that succeeds.
func losslessAlpha(img draw.Image) []byte {
	b := img.Bounds()
	green := image.NewNRGBA(b)
	plain := make([]byte, 1, b.Dx()*b.Dy()+1)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			_, _, _, a := img.At(x, y).RGBA()
			at := green.PixOffset(x, y)
			green.Pix[at+1], green.Pix[at+3] = byte(a>>8), 255
			plain = append(plain, byte(a>>8))
		}
	}
	const compressed, fileHead, pictureHead = 1, 20, 5
	if file, err := losslessWebP(green); err == nil {
		return append([]byte{compressed}, file[fileHead+pictureHead:]...)
	}
	return plain
}

// encodeWebP returns a lossy WebP with alpha (RFC 9649, 2.7).
func encodeWebP(img image.Image, alpha []byte, quality int) []byte {
	var simple bytes.Buffer
	_ = vp8enc.Encode(&simple, img, quality) // a buffer takes everything, and no side is too long
	const hasAlpha, fileHead = 1 << 4, 12
	size := img.Bounds().Size()
	head := make([]byte, 10)
	head[0] = hasAlpha
	put24(head[4:], size.X-1)
	put24(head[7:], size.Y-1)
	chunks := append([]byte("WEBP"), chunk("VP8X", head)...)
	chunks = append(append(chunks, chunk("ALPH", alpha)...), simple.Bytes()[fileHead:]...)
	return chunk("RIFF", chunks)
}

func put24(to []byte, n int) { to[0], to[1], to[2] = byte(n), byte(n>>8), byte(n>>16) }

// chunk returns a chunk of RIFF, padded to an even length.
func chunk(name string, data []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(data)))
	return append(append(out, data...), make([]byte, len(data)&1)...)
}
