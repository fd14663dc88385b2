// Package imagetest makes and compares images for the tests of ui/picture.
package imagetest

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
)

// Gradient is a picture whose colours show the position: red grows to the right, green downwards.
func Gradient(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{uint8(x * 255 / max(1, w-1)), uint8(y * 255 / max(1, h-1)), 64, 255})
		}
	}
	return img
}

// Noise is a picture of random colours, in which no mistake goes unnoticed.
func Noise(w, h int) *image.NRGBA {
	r := rand.New(rand.NewPCG(1, 2))
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = uint8(r.Uint32())
	}
	for i := 3; i < len(img.Pix); i += 4 {
		img.Pix[i] = 255
	}
	return img
}

// WantSimilar fails unless got shows the same as want, scaled to the same size, with no channel off by more than tolerance.
func WantSimilar(t testing.TB, got, want image.Image, tolerance int) {
	t.Helper()
	g, w := got.Bounds(), want.Bounds()
	for i := range 20 {
		for j := range 20 {
			gx, gy := g.Min.X+(2*i+1)*g.Dx()/40, g.Min.Y+(2*j+1)*g.Dy()/40
			wx, wy := w.Min.X+(2*i+1)*w.Dx()/40, w.Min.Y+(2*j+1)*w.Dy()/40
			a := color.RGBAModel.Convert(got.At(gx, gy)).(color.RGBA)
			b := color.RGBAModel.Convert(want.At(wx, wy)).(color.RGBA)
			if off := max(difference(a.R, b.R), difference(a.G, b.G), difference(a.B, b.B)); off > tolerance {
				t.Fatalf("at %d,%d of 20: %v, want %v", i, j, a, b)
			}
		}
	}
}

func difference(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
