package imagefile

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/HugoSmits86/nativewebp"

	"tintype/ui/picture/raster"
)

// everyFormat encodes a picture in every format.
func everyFormat(t testing.TB, img image.Image) map[string][]byte {
	t.Helper()
	files := map[string][]byte{"png": encodePNG(t, img), "jpeg": encodeJPEG(t, img), "lossy webp": lossy(t, img, 90)}
	var g, w bytes.Buffer
	if err := gif.Encode(&g, img, nil); err != nil {
		t.Fatal(err)
	}
	if err := nativewebp.Encode(&w, img, nil); err != nil {
		t.Fatal(err)
	}
	files["gif"], files["lossless webp"] = g.Bytes(), w.Bytes()
	progressive, err := os.ReadFile(filepath.Join("testdata", "yuv422.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	files["progressive jpeg"] = progressive
	return files
}

// TestCutAnywhere cuts files at some 120 places each. What is shown is the upper part of the picture, or all of it more coarsely; it grows
// with the file, and partial is true.
func TestCutAnywhere(t *testing.T) {
	t.Parallel()
	for format, file := range everyFormat(t, photo(24, 36)) {
		whole, _, _, err := pixels(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		most, shown := 0, 0
		for cut := 0; cut < len(file); cut += 1 + len(file)/120 {
			f, err := Open(t.Context(), bytes.NewReader(file[:cut]), int64(cut))
			if err != nil {
				continue
			}
			img, partial, err := f.Decode(t.Context())
			if err != nil {
				continue
			}
			shown++
			if !partial && cut < len(file)-1 { // the last byte of a WebP may be padding
				t.Errorf("%s: cut at %d of %d is not partial", format, cut, len(file))
			}
			got, err := raster.Scale(t.Context(), img, f.Width, f.Height)
			if err != nil || img.Bounds() != image.Rect(0, 0, whole.W, whole.H) {
				t.Fatalf("%s: cut at %d: %v, %v", format, cut, img.Bounds(), err)
			}
			rows := equalRows(got, whole)
			if mean, _ := difference(got.Pix, whole.Pix); format == "progressive jpeg" && mean < 6 {
				rows = whole.H // nearly as fine as it gets
			}
			if rows < most {
				t.Errorf("%s: cut at %d has %d rows, fewer than %d", format, cut, rows, most)
			}
			most = max(most, rows)
		}
		if shown < 40 || most < whole.H*2/3 {
			t.Errorf("%s: %d cuts are shown, at best %d of %d rows", format, shown, most, whole.H)
		}
	}
}

// equalRows returns how many of the first rows are nearly the same: the last of them may be filtered with what is below.
func equalRows(a, b raster.Image) (rows int) {
	for rows < a.H {
		if mean, _ := difference(a.Pix[3*rows*a.W:3*(rows+1)*a.W], b.Pix[3*rows*a.W:3*(rows+1)*a.W]); mean > 3 {
			break
		}
		rows++
	}
	return rows
}

// TestDamagedInTheMiddle: what is before the damage is shown.
func TestDamagedInTheMiddle(t *testing.T) {
	t.Parallel()
	file := encodePNG(t, photo(40, 56))
	at := len(file) * 3 / 4
	file[at] ^= 0xff
	f, err := Open(t.Context(), bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	if _, partial, err := f.Decode(t.Context()); err != nil || !partial {
		t.Errorf("partial %v, %v", partial, err)
	}
}

// TestEndsOfJPEGs: data after the end is ignored, and so is the end of a thumbnail in EXIF.
func TestEndsOfJPEGs(t *testing.T) {
	t.Parallel()
	file := encodeJPEG(t, photo(40, 56))
	withThumbnail := withSegment(file, markerAPP1, append([]byte(exifPrefix), encodeJPEG(t, photo(8, 8))...))
	for _, c := range []struct {
		name     string
		file     []byte
		complete bool
	}{
		{"a film after it", slices.Concat(file, make([]byte, 200_000)), true},
		{"an end across two pieces", slices.Concat(file, make([]byte, 64<<10-1)), true},
		{"a thumbnail, and no end", withThumbnail[:len(withThumbnail)-2], false},
		{"a thumbnail, and an end", withThumbnail, true},
		{"no end", file[:len(file)-2], false},
	} {
		f, err := Open(t.Context(), bytes.NewReader(c.file), int64(len(c.file)))
		if err != nil {
			t.Fatal(err)
		}
		_, partial, err := f.Decode(t.Context())
		if err != nil || partial == c.complete || f.IsPlain() != c.complete {
			t.Errorf("%s: partial %v, plain %v, %v", c.name, partial, f.IsPlain(), err)
		}
		if f.IsComplete() != c.complete {
			t.Errorf("%s: complete is %v", c.name, f.IsComplete())
		}
	}
}

// TestInterlacedPixelBytes: the bytes of all passes of an interlaced PNG are counted.
func TestInterlacedPixelBytes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		w, h        uint32
		depth, kind byte
		interlaced  byte
		want        int64
	}{{8, 8, 8, 2, 0, 200}, {8, 8, 8, 2, 1, 1*4 + 1*4 + 1*7 + 2*7 + 2*13 + 4*13 + 4*25 - 4 + 4}, {3, 5, 1, 3, 0, 10}, {1, 1, 16, 6, 1, 9}, {1, 1, 16, 6, 0, 9}} {
		header := append(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, c.w), c.h), c.depth, c.kind, 0, 0, c.interlaced)
		if got := totalBytes(pngPasses(header)); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

// partialPixels are the pixels of a file that may be cut off, and whether it is.
func partialPixels(ctx context.Context, content []byte) (got raster.Image, partial bool, err error) {
	f, err := Open(ctx, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return raster.Image{}, false, err
	}
	img, partial, err := f.Decode(ctx)
	if err != nil {
		return raster.Image{}, false, err
	}
	got, err = raster.Scale(ctx, img, f.Width, f.Height)
	return got, partial, err
}

// TestCutInterlaced: of an interlaced PNG each pass that is there is shown over the picture, in whatever samples.
func TestCutInterlaced(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"interlaced8.png", "interlaced16.png", "interlacedpalette.png"} {
		file, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		whole, _, _, err := pixels(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		last := 255.
		for _, percent := range []int{25, 50, 75, 95} {
			got, partial, err := partialPixels(t.Context(), file[:len(file)*percent/100])
			if err != nil || !partial {
				t.Fatalf("%s, %d %%: partial %v, %v", name, percent, partial, err)
			}
			mean, _ := difference(got.Pix, whole.Pix)
			if mean > 16 || mean > last {
				t.Errorf("%s, %d %%: differs by %.1f, with less of it by %.1f", name, percent, mean, last)
			}
			last = mean
		}
	}
}

// TestCutAnimation: it is said that later frames of a GIF are missing. The trailer alone may be, and something may follow it.
func TestCutAnimation(t *testing.T) {
	t.Parallel()
	frame := image.NewPaletted(image.Rect(0, 0, 40, 30), color.Palette{color.Black, color.White})
	for i := range frame.Pix {
		frame.Pix[i] = byte(i*i/7) & 1
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame, frame, frame}, Delay: []int{1, 1, 1}}); err != nil {
		t.Fatal(err)
	}
	file := b.Bytes()
	for cut, want := range map[int]bool{len(file) / 2: true, len(file) * 4 / 5: true, len(file) - 2: true, len(file) - 1: false, len(file): false} {
		if _, partial, err := partialPixels(t.Context(), file[:cut]); err != nil || partial != want {
			t.Errorf("cut at %d of %d: partial %v, %v", cut, len(file), partial, err)
		}
	}
	if _, partial, err := partialPixels(t.Context(), append(file, 0, '<')); err != nil || partial {
		t.Errorf("with something after it: partial %v, %v", partial, err)
	}
}

// animation is an animated WebP of frames at places on a canvas.
func animation(canvas image.Point, at image.Point, frames ...[]byte) []byte {
	anim := riffChunk("ANIM", make([]byte, 6))
	var body []byte
	put24 := func(b []byte, v int) []byte { return append(b, byte(v), byte(v>>8), byte(v>>16)) }
	for _, frame := range frames {
		side, _ := (&webpChunks{pixels: section{20, int64(len(frame) - 20)}, lossless: string(frame[12:16]) == "VP8L"}).frameSize(bytes.NewReader(frame))
		head := put24(put24(put24(put24(put24(nil, at.X/2), at.Y/2), side.X-1), side.Y-1), 100)
		body = append(body, riffChunk("ANMF", slices.Concat(head, []byte{0}, frame[12:]))...)
	}
	return extended(slices.Concat(make([]byte, 12), anim, body), canvas.X, canvas.Y, webpAnimated|webpAlpha, nil, nil)
}

// TestFirstFrames: of an animation the first frame is shown, in its place on the canvas; the rest is transparent.
func TestFirstFrames(t *testing.T) {
	t.Parallel()
	fill := func(c color.Color) image.Image { return image.NewPaletted(image.Rect(0, 0, 20, 12), color.Palette{c}) }
	red, blue := color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 0, 255, 255}
	var lossless bytes.Buffer
	two := image.NewNRGBA(image.Rect(0, 0, 20, 12))
	for i := range two.Pix {
		two.Pix[i] = []byte{255, 0, 0, 255}[i%4]
	}
	two.SetNRGBA(0, 0, color.NRGBA{250, 0, 0, 255})
	if err := nativewebp.Encode(&lossless, two, nil); err != nil {
		t.Fatal(err)
	}
	for name, first := range map[string][]byte{"lossy": lossy(t, fill(red), 90), "lossless": lossless.Bytes()} {
		for _, at := range []image.Point{{0, 0}, {4, 6}} {
			file := animation(image.Pt(30, 20), at, first, lossy(t, fill(blue), 90))
			got, _, f, err := pixels(t.Context(), file)
			if err != nil || f.Width != 30 || f.Height != 20 {
				t.Fatalf("%s at %v: %+v, %v", name, at, f, err)
			}
			inside, outside := got.At(at.X+10, at.Y+6), got.At(29, 19)
			if near(inside[0], 255) > 2 || inside[1] > 2 || inside[2] > 2 || outside[0]+outside[1]+outside[2] > 0 {
				t.Errorf("%s at %v: %v inside, %v outside", name, at, inside, outside)
			}
		}
	}
	beyond := animation(image.Pt(10, 10), image.Point{}, lossy(t, fill(red), 90))
	if _, _, _, err := pixels(t.Context(), beyond); err == nil {
		t.Error("a frame that is larger than its canvas is decoded")
	}
}

// TestPicturesOfTheDistribution decodes every picture that Go and golang.org/x/image bring for their tests, and those in TINTYPE_CORPUS.
// Every one is shown or named, none makes anything crash.
func TestPicturesOfTheDistribution(t *testing.T) {
	t.Parallel()
	shown, named, damaged := 0, 0, 0
	eachPicture(t, corpusFolders(t), func(path string, content []byte) {
		_, _, f, err := pixels(t.Context(), content)
		var other *KindError
		switch {
		case err == nil:
			shown++
		case errors.As(err, &other):
			named++
		default:
			damaged++
			t.Logf("%s: %v (%+v)", path, err, f != nil)
		}
	})
	t.Logf("%d are shown, %d are of other kinds, %d are damaged", shown, named, damaged)
	if shown < 60 {
		t.Errorf("only %d are shown", shown)
	}
}

// FuzzDecode: files of any bytes are decoded, or not, within limits.
func FuzzDecode(f *testing.F) {
	for _, file := range everyFormat(f, photo(9, 7)) {
		f.Add(file)
		f.Add(file[:len(file)*2/3])
	}
	for _, file := range turned(f, photo(9, 7), exif(binary.BigEndian, 6)) {
		f.Add(file)
	}
	for _, file := range withProfile(f, photo(9, 7), adobeRGB()) {
		f.Add(file)
	}
	f.Add(animation(image.Pt(12, 12), image.Pt(2, 2), lossy(f, photo(9, 7), 50)))
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := Open(t.Context(), bytes.NewReader(content), int64(len(content)))
		if err != nil || file.Memory > 1<<18 || file.Width*file.Height > 1<<16 {
			return
		}
		img, _, err := file.Decode(t.Context())
		if (err == nil) == (img == nil) {
			t.Fatalf("%v, %v", img, err)
		}
		if err != nil {
			return
		}
		if img.Bounds() != image.Rect(0, 0, file.Width, file.Height) {
			t.Fatalf("%v of %d×%d", img.Bounds(), file.Width, file.Height)
		}
		img.At(file.Width-1, file.Height-1)
		if _, err := raster.Scale(t.Context(), img, 5, 3); err != nil {
			t.Fatal(err)
		}
	})
}
