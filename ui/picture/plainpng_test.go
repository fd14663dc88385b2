package picture

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"reflect"
	"testing"
)

// plainPNGs are PNGs of the kind that decodePlainPNG decodes.
func plainPNGs(t testing.TB) map[string][]byte {
	t.Helper()
	clear := noise(50, 70)
	for i := 3; i < len(clear.Pix); i += 4 {
		clear.Pix[i] = uint8(i)
	}
	opaque := image.NewRGBA(clear.Rect)
	draw.Draw(opaque, opaque.Rect, noise(50, 70), image.Point{}, draw.Src)
	grainy := gradient(90, 130)
	for i, v := range noise(90, 130).Pix {
		if i%4 < 3 {
			grainy.Pix[i] = min(grainy.Pix[i], 240) + v%8
		}
	}
	files := map[string][]byte{}
	for name, img := range map[string]image.Image{
		"smooth": gradient(90, 130), "noise": opaque, "transparent": clear, "grainy": grainy, "one pixel": gradient(1, 1), "tall": gradient(1, 99),
	} {
		for level, suffix := range map[png.CompressionLevel]string{png.DefaultCompression: "", png.NoCompression: ", not filtered"} {
			var b bytes.Buffer
			if err := (&png.Encoder{CompressionLevel: level}).Encode(&b, img); err != nil {
				t.Fatal(err)
			}
			files[name+suffix] = b.Bytes()
		}
	}
	return files
}

// TestPlainPNG gives the same picture as image/png, pixel for pixel and of the same kind.
func TestPlainPNG(t *testing.T) {
	for name, file := range plainPNGs(t) {
		want, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodePlainPNG(bytes.NewReader(file))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: another picture, %v", name, err)
		}
	}
}

// TestPlainPNGLeavesTheRest holds damaged files against image/png: where a byte is another, both refuse it, or give the same.
func TestPlainPNGLeavesTheRest(t *testing.T) {
	for name, file := range plainPNGs(t) {
		for i := 0; i < len(file); i += 1 + len(file)/300 {
			damaged := bytes.Clone(file)
			damaged[i] ^= 0x11
			for _, f := range [][]byte{damaged, file[:i]} {
				samePNG(t, name, f)
			}
		}
	}
	for name, img := range map[string]image.Image{
		"grey": image.NewGray(image.Rect(0, 0, 9, 9)), "deep": image.NewRGBA64(image.Rect(0, 0, 9, 9)),
	} {
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		if _, err := decodePlainPNG(&b); err == nil {
			t.Errorf("%s is taken for a plain one", name)
		}
	}
}

// samePNG fails where decodePlainPNG gives a picture, and image/png another or none.
func samePNG(t *testing.T, name string, file []byte) {
	t.Helper()
	c, err := png.DecodeConfig(bytes.NewReader(file))
	if err != nil || c.Width*c.Height > 1<<16 || c.Width < 1 || c.Height < 1 {
		return // never decoded
	}
	got, err := decodePlainPNG(bytes.NewReader(file))
	if err != nil {
		return
	}
	want, err := png.Decode(bytes.NewReader(file))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s: a picture that image/png gives otherwise, %v", name, err)
	}
}

func FuzzPlainPNG(f *testing.F) {
	for _, file := range plainPNGs(f) {
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file []byte) { samePNG(t, "a file", file) })
}
