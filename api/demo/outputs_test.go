package demo

import (
	"bytes"
	"image/color"
	"image/png"
	"testing"

	"tintype/api/demo/paint"
)

// TestOutputsAreEncodedAsProvidersDo: a webp is lossy, in the simple container, and its quality counts; a png is exact.
func TestOutputsAreEncodedAsProvidersDo(t *testing.T) {
	t.Parallel()
	img := paint.Paint("a red boat", 1, 96, 64)
	before := 0
	for _, quality := range []int{0, 50, 80, 100} {
		file, err := encode(img, "webp", quality)
		if err != nil || string(file[:4]) != "RIFF" || string(file[8:16]) != "WEBPVP8 " || len(file) <= before {
			t.Errorf("quality %d: %.16q, %d bytes after %d, %v", quality, file, len(file), before, err)
		}
		before = len(file)
	}
	file, err := encode(img, "png", 80)
	if err != nil {
		t.Fatal(err)
	}
	got, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	for y := range 64 {
		for x := range 96 {
			if a, b := color.NRGBAModel.Convert(got.At(x, y)), color.NRGBAModel.Convert(img.At(x, y)); a != b {
				t.Fatalf("pixel %d, %d of the png is %v, not %v", x, y, a, b)
			}
		}
	}
}
