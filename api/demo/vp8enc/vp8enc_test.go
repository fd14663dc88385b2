package vp8enc

import (
	"bytes"
	"image"
	"image/color"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/image/webp"
)

// scene is a picture of slopes, edges and noise.
func scene(w, h int, noise float64) *image.RGBA {
	img, random := image.NewRGBA(image.Rect(0, 0, w, h)), rand.New(rand.NewPCG(5, 6))
	for y := range h {
		for x := range w {
			fx, fy := float64(x)/float64(w), float64(y)/float64(h)
			c := color.RGBA{uint8(250 * fx), uint8(250 * fy), uint8(120 + 100*math.Sin(9*fx*fy)), 255}
			if math.Hypot(fx-0.5, fy-0.5) < 0.3 {
				c = color.RGBA{240, 230, uint8(200 * fx), 255}
			}
			c.R = uint8(min(255, float64(c.R)+noise*random.Float64()))
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func encode(t testing.TB, img image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Encode(&b, img, quality); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lumaError is how far the decoded luma is from the picture's, as the root of the mean square.
func lumaError(t testing.TB, file []byte, img image.Image) float64 {
	t.Helper()
	got, err := webp.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	m, ok := got.(*image.YCbCr)
	if !ok || m.Rect.Size() != img.Bounds().Size() {
		t.Fatalf("%T of %v", got, got.Bounds())
	}
	f := newFrame(img, 0)
	sum := 0.0
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			d := float64(m.Y[m.YOffset(x, y)]) - float64(f.source[0].pix[y*f.source[0].stride+x])
			sum += d * d
		}
	}
	return math.Sqrt(sum / float64(m.Rect.Dx()*m.Rect.Dy()))
}

// TestEncode: pictures of any size come back, the nearer the higher the quality, in files that grow with it.
func TestEncode(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{{1, 1}, {16, 16}, {17, 15}, {3, 70}, {200, 133}} {
		img := scene(size.X, size.Y, 8)
		before, bytesBefore := math.Inf(1), 0
		for _, tt := range []struct {
			quality int
			most    float64
		}{{0, 40}, {50, 8}, {80, 5}, {100, 1.5}} {
			file := encode(t, img, tt.quality)
			got := lumaError(t, file, img)
			if got > tt.most || got > before+0.3 {
				t.Errorf("%v at quality %d: off by %.2f, before %.2f", size, tt.quality, got, before)
			}
			if len(file) < bytesBefore {
				t.Errorf("%v at quality %d has %d bytes, fewer than the %d of a lower one", size, tt.quality, len(file), bytesBefore)
			}
			before, bytesBefore = got, len(file)
		}
	}
}

// TestEncodeIsWhatDecodersSee: the picture that the encoder predicts from is the decoder's, to the last bit. (The loop filter comes
// after that, so it is off here.)
func TestEncodeIsWhatDecodersSee(t *testing.T) {
	t.Parallel()
	for quality := range 101 {
		img := scene(70, 55, float64(quality))
		f := newFrame(img, quantiserIndex(quality))
		f.filter = 0
		f.encode()
		got, err := webp.Decode(bytes.NewReader(f.file(img.Rect.Size())))
		if err != nil {
			t.Fatalf("quality %d: %v", quality, err)
		}
		m, _ := got.(*image.YCbCr)
		for i, plane := range [][]byte{m.Y, m.Cb, m.Cr} {
			if !bytes.Equal(plane, f.decoded[i].pix) {
				t.Fatalf("quality %d: plane %d differs", quality, i)
			}
		}
	}
}

// TestBlackAndWhiteAreLimited: the ends of the range are 16 and 235, which viewers show as 0 and 255.
func TestBlackAndWhiteAreLimited(t *testing.T) {
	t.Parallel()
	for c, want := range map[color.Gray16]byte{color.Black: 16, color.White: 235} {
		got, err := webp.Decode(bytes.NewReader(encode(t, image.NewPaletted(image.Rect(0, 0, 20, 20), color.Palette{c}), 80)))
		if err != nil {
			t.Fatal(err)
		}
		if m := got.(*image.YCbCr); m.Y[0] != want || m.Cb[0] != 128 || m.Cr[0] != 128 {
			t.Errorf("%v is %d, %d, %d; want luma %d", c, m.Y[0], m.Cb[0], m.Cr[0], want)
		}
	}
}

func TestEncodeRefusesSizes(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{{0, 5}, {5, 0}, {1 << 14, 1}} {
		if err := Encode(io.Discard, image.NewGray(image.Rectangle{Max: size}), 80); err != ErrSize {
			t.Errorf("%v: %v", size, err)
		}
	}
}

// TestLibwebpDecodes has dwebp, where it is installed, decode what is encoded.
func TestLibwebpDecodes(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("dwebp"); err != nil {
		t.Skip("dwebp is not installed")
	}
	for _, quality := range []int{0, 80, 100} {
		path := filepath.Join(t.TempDir(), "a.webp")
		if err := os.WriteFile(path, encode(t, scene(90, 61, 200), quality), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("dwebp", path, "-ppm", "-o", os.DevNull).CombinedOutput(); err != nil {
			t.Errorf("quality %d: %s", quality, out)
		}
	}
}

// FuzzEncode: any pixels and sizes give a file that decodes.
func FuzzEncode(f *testing.F) {
	f.Add([]byte{0, 255, 0, 255, 255, 0}, uint8(33), uint8(17), uint8(100))
	f.Fuzz(func(t *testing.T, pixels []byte, w, h, quality uint8) {
		img := image.NewGray(image.Rect(0, 0, int(w%50)+1, int(h%50)+1))
		for i := range img.Pix {
			if len(pixels) > 0 {
				img.Pix[i] = pixels[i%len(pixels)]
			}
		}
		if _, err := webp.Decode(bytes.NewReader(encode(t, img, int(quality)))); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	img := scene(1024, 1024, 8)
	for b.Loop() {
		if err := Encode(io.Discard, img, 80); err != nil {
			b.Fatal(err)
		}
	}
}
