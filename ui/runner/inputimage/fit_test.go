package inputimage

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/bmp"

	"tintype/api"
	"tintype/api/demo/demotest"
	"tintype/api/demo/paint"
	"tintype/api/model"
	"tintype/ui/picture/imagefile"
)

func comet(t testing.TB) api.Provider {
	t.Helper()
	p, ok := api.FindProvider(api.CometAPI)
	if !ok {
		t.Fatal("no CometAPI")
	}
	return p
}

// write writes a picture into a new folder and returns its path.
func write(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// noise is a PNG that no encoder makes smaller.
func noise(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range img.Pix {
		img.Pix[i] = byte(r.Uint32())
	}
	return pngOf(t, img)
}

// unpack decodes a data: URI as a program that ignores EXIF does.
func unpack(t testing.TB, uri any) (image.Image, string) {
	t.Helper()
	head, body, _ := strings.Cut(uri.(string), ",")
	data, err := base64.StdEncoding.DecodeString(body)
	if err != nil {
		t.Fatal(err)
	}
	f, err := imagefile.Open(t.Context(), bytes.NewReader(data), int64(len(data)))
	if err != nil || !f.IsUpright() || head != "data:"+f.Kind.MIME+";base64" {
		t.Fatalf("%s is %+v, %v", head, f, err)
	}
	img, partial, err := f.Decode(t.Context())
	if err != nil || partial {
		t.Fatalf("the picture is damaged: %v", err)
	}
	return img, f.Kind.Name
}

// TestPictureOfTheProgramFits: a PNG as the program itself makes it, of more than a megabyte, is sent as a JPEG of the same size.
func TestPictureOfTheProgramFits(t *testing.T) {
	t.Parallel()
	path := write(t, "boat.png", pngOf(t, paint.Paint("A paper boat on calm water", 1, 1024, 1024)))
	if info, _ := os.Stat(path); info.Size() < 1_000_000 {
		t.Fatalf("the picture has only %d bytes", info.Size())
	}
	p := comet(t)
	wire, sent, err := Encode(t.Context(), model.Find("flux-kontext-pro"), map[string]any{"input_image": path}, p)
	if err != nil {
		t.Fatal(err)
	}
	img, kind := unpack(t, wire["input_image"])
	if len(wire["input_image"].(string)) > p.MaxDataURI || kind != "JPEG" || img.Bounds().Size() != image.Pt(1024, 1024) {
		t.Errorf("%s of %v, %d bytes as data", kind, img.Bounds(), len(wire["input_image"].(string)))
	}
	s := sent[path]
	if want := fmt.Sprintf("sent as JPEG 1024×1024, %d kB", (s.Bytes+999)/1000); s.String() != want || !s.IsCopy || s.Bytes < 100_000 {
		t.Errorf("it says %q", s)
	}
}

// TestAnyPictureFits: pictures of any size, opaque or not, are sent within the limit, upright and in their proportions.
func TestAnyPictureFits(t *testing.T) {
	t.Parallel()
	p, r := comet(t), rand.New(rand.NewPCG(7, 7))
	sizes := []image.Point{{1, 1}, {1, 1}, {4000, 3000}, {4000, 1}, {1, 3000}, {300, 4000}, {257, 255}}
	for range 3 {
		sizes = append(sizes, image.Pt(1+r.IntN(1000), 1+r.IntN(1000)))
	}
	for i, size := range sizes {
		content := [][]byte{grain(t, size, i%2 == 0), demotest.JPEG(size.X, size.Y)}[i%3%2]
		path := write(t, "any", content)
		for _, id := range []string{"flux-kontext-pro", "flux-fill-pro"}[i%2:][:1] {
			name := map[string]string{"flux-kontext-pro": "input_image", "flux-fill-pro": "image"}[id]
			wire, sent, err := Encode(t.Context(), model.Find(id), map[string]any{name: path}, p)
			if err != nil {
				t.Errorf("%v: %v", size, err)
				continue
			}
			img, _ := unpack(t, wire[name])
			got, s := img.Bounds().Size(), sent[path]
			if len(wire[name].(string)) > p.MaxDataURI || got != s.size() {
				t.Errorf("%v: %d bytes of %v, and it says %s", size, len(wire[name].(string)), got, s.Short())
			}
			if want := times(size, float64(max(got.X, got.Y))/float64(max(size.X, size.Y))); abs(want.X-got.X) > 1 || abs(want.Y-got.Y) > 1 {
				t.Errorf("%v became %v", size, got)
			}
			if min(got.X, got.Y) < min(leastSide, size.X, size.Y) {
				t.Errorf("%v became %v, which is too small for some models", size, got)
			}
			if !s.IsCopy != bytes.Equal(s.data, content) {
				t.Errorf("%v: it says copy %v", size, s.IsCopy)
			}
		}
	}
}

func abs(n int) int { return max(n, -n) }

// grain is a PNG of colours that change from pixel to pixel, a little.
func grain(t testing.TB, size image.Point, opaque bool) []byte {
	img := image.NewNRGBA(image.Rectangle{Max: size})
	r := rand.New(rand.NewPCG(3, uint64(size.X)))
	for i := range img.Pix {
		img.Pix[i] = byte(i/4%size.X*200/size.X + i%4*10 + int(r.Uint32()%16))
		if i%4 != 3 {
			continue
		}
		if img.Pix[i] = 255; !opaque {
			img.Pix[i] = byte(i / 4 % size.X * 255 / size.X)
		}
	}
	return pngOf(t, img)
}

// TestDrawingStaysExact: a drawing whose file is large only because it is badly compressed is sent without loss.
func TestDrawingStaysExact(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(0, 0, 400, 300))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(50, 60, 200, 200), image.NewUniform(color.RGBA{200, 30, 40, 255}), image.Point{}, draw.Src)
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.NoCompression}).Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	var bitmap bytes.Buffer
	if err := bmp.Encode(&bitmap, img); err != nil {
		t.Fatal(err)
	}
	for _, content := range [][]byte{out.Bytes(), bitmap.Bytes()} {
		wire, _, err := Encode(t.Context(), model.Find("flux-kontext-pro"), map[string]any{"input_image": write(t, "a", content)}, comet(t))
		if err != nil {
			t.Fatal(err)
		}
		if got, kind := unpack(t, wire["input_image"]); kind != "PNG" || !isSame(img, got) {
			t.Errorf("sent as %s, and changed", kind)
		}
	}
}

// maskOf is a mask with a few shapes.
func maskOf(w, h int) *image.Gray {
	mask := image.NewGray(image.Rect(0, 0, w, h))
	draw.Draw(mask, image.Rect(w/4, h/4, w/2, h*3/4), image.White, image.Point{}, draw.Src)
	return mask
}

// TestMaskFollowsItsImage: a mask is exact, has only its own colours, and covers the image that is sent.
func TestMaskFollowsItsImage(t *testing.T) {
	t.Parallel()
	p, fill := comet(t), model.Find("flux-fill-pro")
	for _, c := range []struct {
		name              string
		image, mask, want image.Point // want: of the mask; zero: that of the image
		busy              bool
	}{
		{"both fit", image.Pt(200, 150), image.Pt(200, 150), image.Pt(200, 150), false},
		{"a large image", image.Pt(1200, 900), image.Pt(1200, 900), image.Point{}, false},
		{"a large image and half a mask", image.Pt(1200, 900), image.Pt(600, 450), image.Point{}, false},
		{"a mask that only fits when smaller", image.Pt(600, 500), image.Pt(600, 500), image.Point{}, true},
	} {
		mask := pngOf(t, maskOf(c.mask.X, c.mask.Y))
		if c.busy {
			dots := image.NewGray(image.Rectangle{Max: c.mask})
			r := rand.New(rand.NewPCG(1, 1))
			for i := range dots.Pix {
				dots.Pix[i] = byte(r.Uint32())
			}
			mask = pngOf(t, dots)
		}
		input := map[string]any{"image": write(t, "i.png", grain(t, c.image, true)), "mask": write(t, "m.png", mask)}
		wire, _, err := Encode(t.Context(), fill, input, p)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		img, _ := unpack(t, wire["image"])
		got, kind := unpack(t, wire["mask"])
		size, want := got.Bounds().Size(), img.Bounds().Size()
		if c.mask != c.image {
			want = times(want, float64(c.mask.X)/float64(c.image.X))
		}
		if size != want || kind == "JPEG" || c.want != (image.Point{}) && size != c.want {
			t.Errorf("%s: the mask is %s %v beside %v", c.name, kind, size, img.Bounds())
		}
		colours := map[color.Gray]bool{}
		for y := range size.Y {
			for x := range size.X {
				colours[color.GrayModel.Convert(got.At(x, y)).(color.Gray)] = true
			}
		}
		if len(colours) != 2 && !c.busy || !c.busy && !colours[color.Gray{Y: 255}] {
			t.Errorf("%s: the mask has the colours %v", c.name, slices.Collect(maps.Keys(colours)))
		}
		if len(wire["mask"].(string)) > p.MaxDataURI || len(wire["image"].(string)) > p.MaxDataURI {
			t.Errorf("%s: too long", c.name)
		}
	}
}

// TestHalfAPairIsNotScaled: an image whose mask is at a URL is not made smaller than it.
func TestHalfAPairIsNotScaled(t *testing.T) {
	t.Parallel()
	fill := model.Find("flux-fill-pro")
	input := map[string]any{"image": write(t, "i.png", grain(t, image.Pt(700, 700), true)), "mask": "https://example.com/m.png"}
	wire, _, err := Encode(t.Context(), fill, input, comet(t))
	if err != nil {
		t.Fatal(err)
	}
	if img, _ := unpack(t, wire["image"]); img.Bounds().Dx() != 700 {
		t.Errorf("scaled to %v", img.Bounds())
	}
	input["image"] = write(t, "large.png", noise(t, 1000, 1000))
	if _, _, err := Encode(t.Context(), fill, input, comet(t)); err == nil || !strings.Contains(err.Error(), "Give both as files") {
		t.Errorf("%v", err)
	}
}

// TestAlphaIsKeptForMasks: a model that reads a mask from the picture's alpha gets it exactly; others get the picture over white.
func TestAlphaIsKeptForMasks(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 500, 500))
	draw.Draw(img, img.Rect, paint.Paint("cat", 1, 500, 500), image.Point{}, draw.Src)
	for y := 100; y < 300; y++ {
		for x := 100; x < 400; x++ {
			img.SetNRGBA(x, y, color.NRGBA{})
		}
	}
	path := write(t, "a.png", pngOf(t, img))
	for id, alpha := range map[string]uint32{"flux-fill-pro": 0, "flux-kontext-pro": 0xffff} {
		name, _ := map[string]string{"flux-fill-pro": "image", "flux-kontext-pro": "input_image"}[id], 0
		wire, _, err := Encode(t.Context(), model.Find(id), map[string]any{name: path}, comet(t))
		if err != nil {
			t.Fatal(err)
		}
		got, kind := unpack(t, wire[name])
		if _, _, _, a := got.At(200, 200).RGBA(); a != alpha || got.Bounds().Dx() != 500 {
			t.Errorf("%s: %s, alpha %x, %v", id, kind, a, got.Bounds())
		}
		if r, _, _, _ := got.At(200, 200).RGBA(); alpha != 0 && r < 0xf000 {
			t.Errorf("%s: not over white: %x", id, r)
		}
		if _, _, _, a := got.At(50, 50).RGBA(); a != 0xffff {
			t.Errorf("%s: an opaque pixel has alpha %x", id, a)
		}
	}
}

// TestChangedFilesAreReadAgain: what was prepared counts for one version of a file.
func TestChangedFilesAreReadAgain(t *testing.T) {
	t.Parallel()
	path := write(t, "a.png", demotest.PNG(9, 9))
	encode := func() (map[string]Sent, error) {
		return Describe(t.Context(), model.Find("flux-kontext-pro"), map[string]any{"input_image": path}, comet(t))
	}
	before, err := encode()
	if err != nil || before[path].Width != 9 {
		t.Fatal(before, err)
	}
	if err := os.WriteFile(path, demotest.PNG(12, 12), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, time.Unix(5, 0), time.Unix(5, 0)); err != nil {
		t.Fatal(err)
	}
	if after, err := encode(); err != nil || after[path].Width != 12 || after[path].SHA256 == before[path].SHA256 {
		t.Errorf("%v, %v", after, err)
	}
	if err := os.WriteFile(path, []byte("\x89PNG\r\n\x1a\nrubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := encode(); err == nil {
		t.Error("a damaged file is sent")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := encode(); err == nil || !strings.Contains(err.Error(), "There is no file") {
		t.Errorf("a file that is gone: %v", err)
	}
}

// TestHugePicturesAreRefused: a picture that would take gigabytes is not decoded.
func TestHugePicturesAreRefused(t *testing.T) {
	t.Parallel()
	file := demotest.PNG(9, 9)
	copy(file[16:], []byte{0, 0, 0x90, 0, 0, 0, 0x90, 0}) // 36864², and no decoder looks at the checksum first
	path := write(t, "bomb.png", append(file, make([]byte, 300_000)...))
	if _, err := Describe(t.Context(), model.Find("flux-kontext-pro"), map[string]any{"input_image": path}, comet(t)); err == nil {
		t.Error("it was accepted")
	}
}
