package distance_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"testing"

	xdraw "golang.org/x/image/draw"
	"tintype/api/demo/paint"
	"tintype/ui/distance"
	"tintype/ui/internal/uitest"
)

// measured returns what is compared of an image.
func measured(t testing.TB, img image.Image) *distance.Picture {
	t.Helper()
	p, err := distance.New(t.Context(), img)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// between returns the distance of two images.
func between(t testing.TB, a, b image.Image) float64 {
	t.Helper()
	return distance.Between(measured(t, a), measured(t, b))
}

// photos are pictures with shapes and textures.
func photos(w, h int) []*image.RGBA {
	var all []*image.RGBA
	for i, prompt := range []string{"a red fox in a misty forest", "neon city in the rain", "a cup of coffee", "a whale underwater", "snowy mountains", "portrait of a woman"} {
		all = append(all, paint.Paint(prompt, int64(i), w, h).(*image.RGBA))
	}
	return all
}

// changed returns a copy of an image in which each pixel is replaced.
func changed(img *image.RGBA, pixel func(x, y int) color.RGBA) *image.RGBA {
	out := image.NewRGBA(img.Rect)
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			out.SetRGBA(x, y, pixel(x, y))
		}
	}
	return out
}

// blurred returns an image that was made smaller by a factor, and larger again.
func blurred(img *image.RGBA, factor int) *image.RGBA {
	small := image.NewRGBA(image.Rect(0, 0, img.Rect.Dx()/factor, img.Rect.Dy()/factor))
	xdraw.BiLinear.Scale(small, small.Rect, img, img.Rect, draw.Src, nil)
	out := image.NewRGBA(img.Rect)
	xdraw.BiLinear.Scale(out, out.Rect, small, small.Rect, draw.Src, nil)
	return out
}

// shifted returns an image moved to the right; what leaves it comes in again on the left.
func shifted(img *image.RGBA, by int) *image.RGBA {
	w := img.Rect.Dx()
	return changed(img, func(x, y int) color.RGBA { return img.RGBAAt((x-by+w)%w, y) })
}

// cast returns an image with more red and less blue.
func cast(img *image.RGBA, by int) *image.RGBA {
	return changed(img, func(x, y int) color.RGBA {
		c := img.RGBAAt(x, y)
		return color.RGBA{uint8(min(int(c.R)+by, 255)), c.G, uint8(max(int(c.B)-by, 0)), 255}
	})
}

func TestTheSamePictureIsAtZero(t *testing.T) {
	t.Parallel()
	for i, img := range photos(200, 120) {
		if d := between(t, img, img); d != 0 {
			t.Errorf("picture %d is %g from itself", i, d)
		}
	}
}

// TestSavedAgain: a picture that was saved again with loss is far nearer than another one.
func TestSavedAgain(t *testing.T) {
	t.Parallel()
	all := photos(384, 384)
	for i, img := range all {
		worst := 0.0
		for _, quality := range []int{90, 75, 40} {
			var b bytes.Buffer
			if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
				t.Fatal(err)
			}
			again, err := jpeg.Decode(&b)
			if err != nil {
				t.Fatal(err)
			}
			d := between(t, img, again)
			if d == 0 || d > 0.01 {
				t.Errorf("picture %d at quality %d is at %.4f", i, quality, d)
			}
			worst = max(worst, d)
		}
		if other := between(t, img, all[(i+1)%len(all)]); other < 100*worst {
			t.Errorf("picture %d: another one is at %.4f, the same saved again at %.4f", i, other, worst)
		}
	}
}

// TestSizes: a picture in another size or shape is nearly the same.
func TestSizes(t *testing.T) {
	t.Parallel()
	for i, img := range photos(640, 384) {
		for _, size := range []image.Point{{320, 192}, {1280, 768}, {640, 640}} {
			out := image.NewRGBA(image.Rectangle{Max: size})
			xdraw.CatmullRom.Scale(out, out.Rect, img, img.Rect, draw.Src, nil)
			if d := between(t, img, out); d > 0.02 {
				t.Errorf("picture %d is at %.4f in the size %v", i, d, size)
			}
		}
	}
}

func TestMoreIsFarther(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		steps []int
		with  func(*image.RGBA, int) *image.RGBA
	}{
		{"blur", []int{4, 8, 16, 32, 64}, blurred},
		{"shift", []int{1, 2, 4, 8, 16}, shifted},
		{"colour cast", []int{4, 8, 16, 32, 64}, cast},
	} {
		for i, img := range photos(256, 256) {
			last := 0.0
			for _, step := range c.steps {
				d := between(t, img, c.with(img, step))
				if d <= last {
					t.Errorf("picture %d, %s of %d: %.4f, less than the %.4f of the smaller step", i, c.name, step, d, last)
				}
				last = d
			}
		}
	}
}

// TestExtremes: pictures that could not be less alike are far apart, and not farther than 1.
func TestExtremes(t *testing.T) {
	t.Parallel()
	black, white := image.NewUniform(color.Black), image.NewUniform(color.White)
	flat := func(c image.Image) image.Image {
		img := image.NewRGBA(image.Rect(0, 0, 64, 64))
		draw.Draw(img, img.Rect, c, image.Point{}, draw.Src)
		return img
	}
	if d := between(t, flat(black), flat(white)); d < 0.5 || d > 1 {
		t.Errorf("black and white are at %.4f", d)
	}
	img := photos(128, 128)[0]
	negative := changed(img, func(x, y int) color.RGBA {
		c := img.RGBAAt(x, y)
		return color.RGBA{255 - c.R, 255 - c.G, 255 - c.B, 255}
	})
	if d := between(t, img, negative); d < 0.5 {
		t.Errorf("a negative is at %.4f", d)
	}
}

// TestTransparentIsNeitherBlackNorWhite: what is transparent counts as grey.
func TestTransparentIsNeitherBlackNorWhite(t *testing.T) {
	t.Parallel()
	clear, grey, black := image.NewNRGBA(image.Rect(0, 0, 40, 40)), image.NewGray(image.Rect(0, 0, 40, 40)), image.NewGray(image.Rect(0, 0, 40, 40))
	for i := range grey.Pix {
		grey.Pix[i] = 128
	}
	if d := between(t, clear, grey); d > 0.001 {
		t.Errorf("transparent and grey are at %.4f", d)
	}
	if d := between(t, clear, black); d < 0.3 {
		t.Errorf("transparent and black are at %.4f", d)
	}
}

func TestNoPixels(t *testing.T) {
	t.Parallel()
	for _, img := range []image.Image{nil, image.NewRGBA(image.Rect(0, 0, 0, 5))} {
		if _, err := distance.New(t.Context(), img); err == nil {
			t.Errorf("%v has no error", img)
		}
	}
}

// randomImage returns noise, stripes, flat areas or parts of a photo, with or without alpha, in an odd size.
func randomImage(r *rand.Rand, photos []*image.RGBA) image.Image {
	w, h := 1+r.IntN(70), 1+r.IntN(70)
	switch r.IntN(12) {
	case 0:
		w, h = 1, 1
	case 1:
		w, h = 1, 1+r.IntN(6000)
	case 2:
		w, h = 1+r.IntN(6000), 1
	}
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	kind, period, alpha := r.IntN(4), 1+r.IntN(9), r.IntN(3)
	first, second := randomColour(r, alpha), randomColour(r, alpha)
	photo := photos[r.IntN(len(photos))]
	for y := range h {
		for x := range w {
			c := first
			switch {
			case kind == 0:
				c = randomColour(r, alpha)
			case kind == 1 && (x+y)/period%2 == 1:
				c = second
			case kind == 2:
				p := photo.RGBAAt(x%photo.Rect.Dx(), y%photo.Rect.Dy())
				c = color.NRGBA{p.R, p.G, p.B, c.A}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// randomColour is opaque unless alpha is 0.
func randomColour(r *rand.Rand, alpha int) color.NRGBA {
	c := color.NRGBA{uint8(r.UintN(256)), uint8(r.UintN(256)), uint8(r.UintN(256)), 255}
	if alpha == 0 {
		c.A = uint8(r.UintN(256))
	}
	if r.IntN(8) == 0 {
		c.R, c.G, c.B = c.R/128*255, c.R/128*255, c.R/128*255
	}
	return c
}

// TestProperties: for any two pictures the distance is a number from 0 to 1, the same both ways, and 0 from a picture to itself.
func TestProperties(t *testing.T) {
	t.Parallel()
	count := uitest.Times(500, 20_000)
	r := rand.New(rand.NewPCG(1, 2))
	from := photos(96, 64)
	last := measured(t, randomImage(r, from))
	for i := range count {
		next := measured(t, randomImage(r, from))
		d, back, self := distance.Between(last, next), distance.Between(next, last), distance.Between(next, next)
		if d != back || self != 0 || math.IsNaN(d) || d < 0 || d > 1 {
			t.Fatalf("pair %d: %g, back %g, to itself %g", i, d, back, self)
		}
		last = next
	}
}

// BenchmarkTwoPictures measures two pictures of 1024² from their decoded pixels: RGBA as of a PNG, and the planes of a JPEG or WebP. The target is
// 8 ms on one core: go test -bench TwoPictures -cpu 1.
func BenchmarkTwoPictures(b *testing.B) {
	all := photos(1024, 1024)
	for _, c := range []struct {
		name string
		a, b image.Image
	}{
		{"RGBA", all[0], all[1]},
		{"planes", planes(b, all[0]), planes(b, all[1])},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				between(b, c.a, c.b)
			}
		})
	}
}

// BenchmarkBetween measures the comparison alone, as for each pair of many pictures.
func BenchmarkBetween(b *testing.B) {
	all := photos(256, 256)
	p, q := measured(b, all[0]), measured(b, all[1])
	for b.Loop() {
		distance.Between(p, q)
	}
}

// planes returns an image as a decoder of JPEG does.
func planes(b *testing.B, img image.Image) image.Image {
	b.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, img, nil); err != nil {
		b.Fatal(err)
	}
	decoded, err := jpeg.Decode(&file)
	if err != nil {
		b.Fatal(err)
	}
	return decoded
}
