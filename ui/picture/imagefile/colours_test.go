package imagefile

import (
	"bytes"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"tintype/api/demo/vp8enc"
	"tintype/ui/picture/raster"
)

// lossy encodes a picture as lossy WebP.
func lossy(t testing.TB, img image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := vp8enc.Encode(&b, img, quality); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestColoursAreAsRecorded compares files with what dwebp 1.2.4 and djpeg 2.1.5 made of them, recorded beside them: with the colours
// that are scaled, and with those of single pixels.
func TestColoursAreAsRecorded(t *testing.T) {
	t.Parallel()
	for name, most := range map[string]struct{ scaled, mean float64 }{
		"lossy.webp": {0, 0}, "alpha.webp": {0, 0}, "yuv420.jpg": {3, 0.35}, "yuv422.jpg": {3, 0.35}, "rgb.jpg": {3, 0.35},
	} {
		content, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		recorded, err := os.ReadFile(filepath.Join("testdata", name[:len(name)-len(filepath.Ext(name))]+".ppm"))
		if err != nil {
			t.Fatal(err)
		}
		w, h, want, err := readPNM(recorded)
		if err != nil {
			t.Fatal(err)
		}
		_, img, _, err := pixels(t.Context(), content)
		if err != nil {
			t.Fatal(err)
		}
		if m, ok := img.(*raster.Planes); ok {
			opaque := *m // the recorded colours are without alpha
			opaque.Alpha = nil
			img = &opaque
		}
		scaled, err := raster.Scale(t.Context(), img, w, h)
		if err != nil {
			t.Fatal(err)
		}
		if mean, highest := difference(scaled.Pix, want); mean > most.mean || highest > int(most.scaled) {
			t.Errorf("%s, scaled: off by %.2f, at most by %d", name, mean, highest)
		}
		for i := range w * h {
			c := color.NRGBAModel.Convert(img.At(i%w, i/w)).(color.NRGBA)
			if got := []byte{c.R, c.G, c.B}; !bytes.Equal(got, scaled.Pix[3*i:3*i+3]) {
				t.Fatalf("%s: pixel %d is %v, and %v when scaled", name, i, got, scaled.Pix[3*i:3*i+3])
			}
		}
	}
}

// TestBlackIsBlack: the ends of VP8's range are black and white, and its purest colours are pure.
func TestBlackIsBlack(t *testing.T) {
	t.Parallel()
	for _, want := range []color.NRGBA{{0, 0, 0, 255}, {255, 255, 255, 255}, {255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {128, 128, 128, 255}} {
		img := image.NewPaletted(image.Rect(0, 0, 40, 24), color.Palette{want})
		got, _, _, err := pixels(t.Context(), lossy(t, img, 100))
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(got.Pix); i += 3 {
			if p := got.Pix[i:]; near(p[0], want.R) > 1 || near(p[1], want.G) > 1 || near(p[2], want.B) > 1 {
				t.Fatalf("%v is %v", want, p[:3])
			}
		}
	}
}

func near(a, b byte) int { return max(int(a)-int(b), int(b)-int(a)) }
