package raster

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"tintype/ui/picture/imagetest"
)

// TestTurns: each turn is undone by its inverse, and a scaled view and a part of one equal their single pixels.
func TestTurns(t *testing.T) {
	t.Parallel()
	stored := imagetest.Noise(7, 5)
	for turn := Turn(0); turn <= 9; turn++ {
		v := &View{Image: stored, Turn: turn, Convert: func(rgb []byte) {
			for i := range rgb {
				rgb[i] ^= 0x55
			}
		}}
		b := v.Bounds()
		for y := range b.Dy() {
			for x := range b.Dx() {
				sx, sy := turn.source(x, y, 7, 5)
				if ux, uy := turn.inverse().source(sx, sy, b.Dx(), b.Dy()); ux != x || uy != y {
					t.Fatalf("turn %d: %d,%d is stored at %d,%d, which is shown at %d,%d", turn, x, y, sx, sy, ux, uy)
				}
			}
		}
		wantPixels(t, v)
		part := v.SubImage(image.Rect(1, 2, 4, 5))
		if part.Bounds().Size() != image.Pt(3, 3) || part.At(0, 0) != v.At(1, 2) || part.At(2, 2) != v.At(3, 4) {
			t.Errorf("turn %d: a part is %v, %v to %v", turn, part.Bounds(), part.At(0, 0), part.At(2, 2))
		}
		wantPixels(t, part)
		all, err := v.RGBA(t.Context())
		if err != nil || all.At(0, 0) != color.RGBAModel.Convert(v.At(0, 0)) || all.At(b.Dx()-1, 0) != color.RGBAModel.Convert(v.At(b.Dx()-1, 0)) {
			t.Errorf("turn %d as RGBA: %v, %v", turn, all.At(0, 0), err)
		}
	}
}

// wantPixels compares an image that is scaled to its own size with its pixels.
func wantPixels(t *testing.T, img image.Image) {
	t.Helper()
	b := img.Bounds()
	got, err := Scale(t.Context(), img, b.Dx(), b.Dy())
	if err != nil {
		t.Fatal(err)
	}
	for y := range b.Dy() {
		for x := range b.Dx() {
			c := color.RGBAModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.RGBA)
			if want := []byte{c.R, c.G, c.B}; !bytes.Equal(got.At(x, y), want) {
				t.Fatalf("%d,%d is %v, want %v", x, y, got.At(x, y), want)
			}
		}
	}
}

// TestPlanes: scaled planes equal their single pixels, for each sampling, range and odd size, and for parts at odd places.
func TestPlanes(t *testing.T) {
	t.Parallel()
	noise := imagetest.Noise(64, 64).Pix
	for _, ratio := range []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
		image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410,
	} {
		for _, samples := range []Samples{FullRange, LimitedRange, RGB} {
			for _, size := range []image.Point{{17, 9}, {3, 3}, {1, 1}} {
				p := &Planes{YCbCr: *image.NewYCbCr(image.Rectangle{Max: size}, ratio), Samples: samples}
				copy(p.Y, noise)
				copy(p.Cb, noise[1000:])
				copy(p.Cr, noise[3000:])
				wantPixels(t, p)
				if part := p.SubImage(image.Rect(3, 3, 14, 8)); !part.Bounds().Empty() {
					wantPixels(t, part)
				}
			}
		}
	}
}

// TestUpsamplingIsATriangle: between two colour samples, the nearer one counts three times as much (RFC 6386 leaves it to decoders;
// libwebp and libjpeg do so).
func TestUpsamplingIsATriangle(t *testing.T) {
	t.Parallel()
	p := &Planes{YCbCr: *image.NewYCbCr(image.Rect(0, 0, 8, 1), image.YCbCrSubsampleRatio420), Samples: RGB}
	copy(p.Cb, []byte{0, 100, 200, 40})
	for x, want := range []uint8{0, 25, 75, 125, 175, 160, 80, 40} {
		if got := p.At(x, 0).(color.NRGBA).G; got != want {
			t.Errorf("pixel %d is %d, want %d", x, got, want)
		}
	}
}
