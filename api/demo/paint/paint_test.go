package paint

import (
	"image"
	"testing"
)

// meanColours returns the mean colours of 8×8 parts of a picture, row by row.
func meanColours(img image.Image) [64][3]float64 {
	var all [64][3]float64
	b := img.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			r, g, bl, _ := img.At(x, y).RGBA()
			cell := &all[y*8/b.Dy()*8+x*8/b.Dx()]
			each := 64 / float64(b.Dx()*b.Dy()) / 0xffff
			cell[0] += float64(r) * each
			cell[1] += float64(g) * each
			cell[2] += float64(bl) * each
		}
	}
	return all
}

// distance is the mean squared difference of two digests.
func distance(a, b [64][3]float64) float64 {
	sum := 0.0
	for i := range a {
		for k := range 3 {
			sum += (a[i][k] - b[i][k]) * (a[i][k] - b[i][k])
		}
	}
	return sum / 64
}

var prompts = []string{
	"A paper boat floating on calm water at sunrise.", "a red fox in a misty forest", "neon city in the rain",
	"a cat in the moonlight", "desert dunes", "a bouquet of pink roses", "a whale underwater", "a ringed planet in space",
	"portrait of a woman", "a cup of coffee", "snowy mountains", "a watercolor meadow with a tree", "lorem ipsum", "",
}

func TestSameInputSamePicture(t *testing.T) {
	t.Parallel()
	for _, p := range prompts {
		a, b := Paint(p, 7, 160, 120).(*image.RGBA), Paint(p, 7, 160, 120).(*image.RGBA)
		if string(a.Pix) != string(b.Pix) {
			t.Errorf("%q is painted differently the second time", p)
		}
	}
}

func TestPromptsAndSeedsDiffer(t *testing.T) {
	t.Parallel()
	var first [][64][3]float64
	for _, p := range prompts {
		cells := meanColours(Paint(p, 1, 128, 128))
		for k, other := range first {
			if d := distance(cells, other); d < 0.01 {
				t.Errorf("%q and %q look alike: %.4f", p, prompts[k], d)
			}
		}
		first = append(first, cells)
		if d := distance(cells, meanColours(Paint(p, 2, 128, 128))); d < 0.0002 {
			t.Errorf("%q looks alike with another seed: %.5f", p, d)
		}
	}
}

func TestEverySize(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{1, 1}, {2, 1}, {1, 40}, {7, 5}, {210, 90}, {90, 210}, {0, -3}} {
		for _, p := range prompts {
			b := Paint(p, 3, size[0], size[1]).Bounds()
			if b.Dx() != max(size[0], 1) || b.Dy() != max(size[1], 1) {
				t.Errorf("%q at %v is %v", p, size, b)
			}
		}
	}
}

// TestEveryScene draws all scenes, figures, styles and palettes with several seeds, so that a panic in one of them shows.
func TestEveryScene(t *testing.T) {
	t.Parallel()
	for seed := range int64(3) {
		for _, p := range scenes {
			Paint(p.words, seed, 64, 48)
		}
		for _, a := range figures {
			Paint(a.words+" in a forest", seed, 64, 64)
			Paint(a.words, seed, 64, 64)
		}
		for _, m := range styles {
			Paint(m.words+" of the sea", seed, 48, 64)
		}
		for _, h := range paletteWords {
			Paint(h.words, seed, 48, 48)
		}
	}
}

func BenchmarkPaint(b *testing.B) {
	for _, p := range prompts {
		b.Run(p, func(b *testing.B) {
			for b.Loop() {
				Paint(p, 1, 1024, 1024)
			}
		})
	}
}
