package demotest

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"testing"

	"github.com/HugoSmits86/nativewebp"
)

// PNG returns a black picture of w×h pixels. It is quick, where a painted one would take a test's time.
func PNG(t testing.TB, w, h int) []byte {
	t.Helper()
	return encode(t, w, h, png.Encode)
}

// JPEG is PNG in another format.
func JPEG(t testing.TB, w, h int) []byte {
	t.Helper()
	return encode(t, w, h, func(to io.Writer, img image.Image) error { return jpeg.Encode(to, img, nil) })
}

// GIF is PNG in another format.
func GIF(t testing.TB, w, h int) []byte {
	t.Helper()
	return encode(t, w, h, func(to io.Writer, img image.Image) error { return gif.Encode(to, img, nil) })
}

// WebP is PNG in another format.
func WebP(t testing.TB, w, h int) []byte {
	t.Helper()
	return encode(t, w, h, func(to io.Writer, img image.Image) error { return nativewebp.Encode(to, img, nil) })
}

func encode(t testing.TB, w, h int, by func(io.Writer, image.Image) error) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := by(&file, image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.Black, color.White})); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}
