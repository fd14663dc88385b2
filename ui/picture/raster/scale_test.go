package raster

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"testing"

	"tintype/ui/picture/imagetest"
)

// TestScaleAverages compares the scaler with means computed pixel by pixel in floating point.
func TestScaleAverages(t *testing.T) {
	for _, size := range [][4]int{{10, 10, 5, 5}, {10, 7, 3, 2}, {17, 13, 16, 12}, {100, 3, 7, 3}, {5, 5, 1, 1}, {8, 8, 8, 8}, {5, 50, 3, 7}} {
		w, h, tw, th := size[0], size[1], size[2], size[3]
		img := imagetest.Noise(w, h)
		got, err := Scale(t.Context(), img, tw, th)
		if err != nil {
			t.Fatal(err)
		}
		for y := range th {
			for x := range tw {
				for c := range 3 {
					want := meanOf(img, c, float64(x*w)/float64(tw), float64((x+1)*w)/float64(tw), float64(y*h)/float64(th), float64((y+1)*h)/float64(th))
					if have := float64(got.Pix[(y*tw+x)*3+c]); have-want > 1.6 || want-have > 1.6 {
						t.Fatalf("%v at %d,%d,%d: %v, want %.1f", size, x, y, c, have, want)
					}
				}
			}
		}
	}
}

func meanOf(img *image.NRGBA, c int, x0, x1, y0, y1 float64) float64 {
	sum, weight := 0.0, 0.0
	for y := int(y0); float64(y) < y1 && y < img.Rect.Dy(); y++ {
		for x := int(x0); float64(x) < x1 && x < img.Rect.Dx(); x++ {
			part := (min(x1, float64(x+1)) - max(x0, float64(x))) * (min(y1, float64(y+1)) - max(y0, float64(y)))
			sum += part * float64(img.Pix[img.PixOffset(x, y)+c])
			weight += part
		}
	}
	return sum / weight
}

// TestScaleImageTypes scales the same picture as every image type that decoders return, as a part of a larger image.
func TestScaleImageTypes(t *testing.T) {
	want := imagetest.Gradient(64, 48)
	big := image.Rect(0, 0, 80, 60)
	part := image.Rect(8, 6, 72, 54)
	images := map[string]draw.Image{
		"RGBA": image.NewRGBA(big), "NRGBA": image.NewNRGBA(big), "RGBA64": image.NewRGBA64(big), "CMYK": image.NewCMYK(big),
	}
	for name, img := range images {
		draw.Draw(img, part, want, image.Point{}, draw.Src)
		sub := img.(interface {
			SubImage(image.Rectangle) image.Image
		}).SubImage(part)
		got, err := Scale(t.Context(), sub, 32, 24)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { imagetest.WantSimilar(t, got.RGBA(), want, 6) })
	}
	for name, ratio := range map[string]image.YCbCrSubsampleRatio{
		"4:4:4": image.YCbCrSubsampleRatio444, "4:2:2": image.YCbCrSubsampleRatio422, "4:2:0": image.YCbCrSubsampleRatio420, "4:1:0": image.YCbCrSubsampleRatio410,
	} {
		m := image.NewYCbCr(big, ratio)
		for y := range big.Dy() {
			for x := range big.Dx() {
				c := want.RGBAAt(min(max(x-8, 0), 63), min(max(y-6, 0), 47))
				m.Y[m.YOffset(x, y)], m.Cb[m.COffset(x, y)], m.Cr[m.COffset(x, y)] = color.RGBToYCbCr(c.R, c.G, c.B)
			}
		}
		got, err := Scale(t.Context(), m.SubImage(part), 32, 24)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { imagetest.WantSimilar(t, got.RGBA(), want, 24) })
	}
}

func TestScaleShowsBlackThroughTransparency(t *testing.T) {
	half := image.NewNRGBA(image.Rect(0, 0, 4, 4))
	for i := range 16 {
		copy(half.Pix[4*i:], []byte{250, 0, 0, 128})
	}
	lossy := &Planes{YCbCr: *image.NewYCbCr(image.Rect(0, 0, 4, 4), image.YCbCrSubsampleRatio420), Alpha: make([]byte, 16), AlphaStride: 4, Samples: LimitedRange}
	for _, tt := range []struct {
		name string
		img  image.Image
		want []byte
	}{
		{"half transparent", half, []byte{125, 0, 0}},
		{"lossy and transparent", lossy, []byte{0, 0, 0}},
	} {
		got, err := Scale(t.Context(), tt.img, 2, 2)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Pix[:3], tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got.Pix[:3], tt.want)
		}
	}
}

func TestScaleEnlargesSmoothly(t *testing.T) {
	got, err := Scale(t.Context(), imagetest.Gradient(2, 2), 40, 40)
	if err != nil {
		t.Fatal(err)
	}
	for x := 1; x < 40; x++ {
		if step := int(got.Pix[3*x]) - int(got.Pix[3*x-3]); step < 0 || step > 40 {
			t.Fatalf("a step of %d at %d", step, x)
		}
	}
}

func BenchmarkScale(b *testing.B) {
	lossy := image.NewYCbCr(image.Rect(0, 0, 1024, 1024), image.YCbCrSubsampleRatio420)
	for name, img := range map[string]image.Image{"YCbCr": lossy, "NRGBA": imagetest.Noise(1024, 1024)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Scale(b.Context(), img, 200, 100); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestScaleOver: what is transparent shows the colour below, in every type that has alpha, and nothing else changes.
func TestScaleOver(t *testing.T) {
	t.Parallel()
	below := [3]byte{200, 100, 50}
	red := color.NRGBA{255, 0, 0, 255}
	half := color.NRGBA{255, 0, 0, 128}
	for name, draws := range map[string]func(c color.NRGBA) image.Image{
		"NRGBA":  func(c color.NRGBA) image.Image { return filled(image.NewNRGBA(image.Rect(0, 0, 4, 4)), c) },
		"RGBA":   func(c color.NRGBA) image.Image { return filled(image.NewRGBA(image.Rect(0, 0, 4, 4)), c) },
		"RGBA64": func(c color.NRGBA) image.Image { return filled(image.NewRGBA64(image.Rect(0, 0, 4, 4)), c) },
		"a view": func(c color.NRGBA) image.Image {
			return &View{Image: filled(image.NewNRGBA(image.Rect(0, 0, 4, 4)), c), Turn: 6}
		},
	} {
		for c, want := range map[color.NRGBA][3]byte{{}: below, red: {255, 0, 0}, half: {228, 50, 25}} {
			got, err := Scale(t.Context(), Over{draws(c), below}, 2, 2)
			if err != nil {
				t.Fatal(err)
			}
			for i, v := range want {
				if d := int(got.At(1, 1)[i]) - int(v); d < -1 || d > 1 {
					t.Errorf("%s, %v: %v, want %v", name, c, got.At(1, 1), want)
				}
			}
		}
	}
	planes := &Planes{YCbCr: *image.NewYCbCr(image.Rect(0, 0, 2, 2), image.YCbCrSubsampleRatio444), Alpha: []byte{0, 0, 0, 0}, AlphaStride: 2}
	if got, err := Scale(t.Context(), Over{planes, below}, 1, 1); err != nil || [3]byte(got.Pix) != below {
		t.Errorf("planes: %v, %v", got.Pix, err)
	}
	gray := image.NewGray(image.Rect(0, 0, 2, 2))
	if got, err := Scale(t.Context(), Over{gray, below}, 1, 1); err != nil || [3]byte(got.Pix) != [3]byte{} {
		t.Errorf("grey: %v, %v", got.Pix, err)
	}
}

func filled(img draw.Image, c color.Color) image.Image {
	draw.Draw(img, img.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
	return img
}
