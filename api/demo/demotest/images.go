package demotest

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"slices"

	"tintype/api/demo/vp8enc"
)

// PNG returns a black picture of w×h pixels. It is quick, where a painted one would take a test's time.
func PNG(w, h int) []byte {
	return encode(w, h, png.Encode)
}

// JPEG is PNG in another format.
func JPEG(w, h int) []byte {
	return encode(w, h, func(to io.Writer, img image.Image) error { return jpeg.Encode(to, img, nil) })
}

// GIF is PNG in another format.
func GIF(w, h int) []byte {
	return encode(w, h, func(to io.Writer, img image.Image) error { return gif.Encode(to, img, nil) })
}

// WebP is PNG in another format, lossy as providers send it.
func WebP(w, h int) []byte {
	return encode(w, h, func(to io.Writer, img image.Image) error { return vp8enc.Encode(to, img, 80) })
}

func encode(w, h int, by func(io.Writer, image.Image) error) []byte {
	var file bytes.Buffer
	if err := by(&file, image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.Black, color.White})); err != nil {
		panic(err) // a tiny picture in memory
	}
	return file.Bytes()
}

// AnimatedGIF returns an animation of equal frames of side×side pixels.
func AnimatedGIF(side, frames int) []byte {
	one := GIF(side, side)
	head := 13
	if flags := one[10]; flags&0x80 != 0 { // a global colour table follows (GIF89a, 18)
		head += 3 << (flags&7 + 1)
	}
	return slices.Concat(one[:head], bytes.Repeat(one[head:len(one)-1], frames), []byte{0x3b})
}

// Allocated runs do, and returns how many bytes it allocated in total.
func Allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
