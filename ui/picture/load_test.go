package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/HugoSmits86/nativewebp"
)

// encoded is the gradient of w×h in every format.
func encoded(t testing.TB, w, h int) map[string][]byte {
	t.Helper()
	img := gradient(w, h)
	files := map[string][]byte{}
	for name, encode := range map[string]func(*bytes.Buffer) error{
		"png":  func(b *bytes.Buffer) error { return png.Encode(b, img) },
		"jpeg": func(b *bytes.Buffer) error { return jpeg.Encode(b, img, &jpeg.Options{Quality: 95}) },
		"gif": func(b *bytes.Buffer) error {
			return gif.Encode(b, img, &gif.Options{NumColors: 256})
		},
		"webp": func(b *bytes.Buffer) error { return nativewebp.Encode(b, img, nil) },
	} {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			t.Fatal(err)
		}
		files[name] = b.Bytes()
	}
	return files
}

func TestLoad(t *testing.T) {
	for _, side := range []int{1, 40} {
		for name, file := range encoded(t, side, side) {
			path := filepath.Join(t.TempDir(), "a name that lies.txt")
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			img, info, err := Load(t.Context(), path, Limits{})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if want := (Info{name, side, side, int64(len(file)), 4}); info != want {
				t.Errorf("%s: %v, want %v", name, info, want)
			}
			tolerance := map[string]int{"gif": 80, "jpeg": 12}[name]
			near(t, img, gradient(side, side), tolerance)
		}
	}
}

// bomb is a PNG whose header promises w×h pixels that never come.
func bomb(w, h uint32) []byte {
	chunk := append([]byte("IHDR"), make([]byte, 13)...)
	binary.BigEndian.PutUint32(chunk[4:], w)
	binary.BigEndian.PutUint32(chunk[8:], h)
	chunk[12], chunk[13] = 8, 2
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, chunk...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
}

// partOfGIF is a picture of w×h whose one frame covers a part of it, in the last of the colours.
func partOfGIF(t testing.TB, w, h int, part image.Rectangle, colours ...color.Color) []byte {
	t.Helper()
	frame := image.NewPaletted(part, colours)
	for i := range frame.Pix {
		frame.Pix[i] = uint8(len(colours) - 1)
	}
	var file bytes.Buffer
	if err := gif.EncodeAll(&file, &gif.GIF{
		Image: []*image.Paletted{frame}, Delay: []int{0}, Config: image.Config{Width: w, Height: h},
	}); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// An animation's first frame may cover a part of it, beside which the picture is transparent.
func TestLoadPutsAFrameInItsPlace(t *testing.T) {
	red := color.RGBA{200, 10, 10, 255}
	file := partOfGIF(t, 7, 4, image.Rect(3, 2, 5, 3), color.Transparent, red)
	img, _, err := decode(t.Context(), bytes.NewReader(file), int64(len(file)), Limits{})
	if err != nil || img.Bounds() != image.Rect(0, 0, 7, 4) {
		t.Fatalf("%v of 7 by 4, %v", img, err)
	}
	for at, want := range map[image.Point]color.Color{{3, 2}: red, {4, 2}: red, {2, 2}: color.RGBA{}, {6, 3}: color.RGBA{}} {
		if got := color.RGBAModel.Convert(img.At(at.X, at.Y)); got != want {
			t.Errorf("%v at %v, not %v", got, at, want)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	whole := encoded(t, 40, 40)["png"]
	dir := t.TempDir()
	for _, tt := range []struct {
		name string
		file []byte
		l    Limits
		code errorCode
	}{
		{"a bomb", bomb(30000, 30000), Limits{}, codeTooLarge},
		{"a thin bomb", bomb(1<<30, 1), Limits{}, codeTooLarge},
		{"a bomb that overflows", bomb(1<<31-1, 1<<31-1), Limits{}, codeUnreadable},
		{"more pixels than asked for", whole, Limits{Pixels: 1000}, codeTooLarge},
		{"more bytes than asked for", whole, Limits{Bytes: 10}, codeTooLarge},
		{"cut in its pixels", whole[:len(whole)/2], Limits{}, codeUnreadable},
		{"cut in its header", whole[:20], Limits{}, codeUnreadable},
		{"empty", nil, Limits{}, codeUnreadable},
		{"a page of HTML", []byte("<!doctype html><title>502</title>"), Limits{}, codeUnreadable},
		{"a WebP of nothing", []byte("RIFF\x04\x00\x00\x00WEBP"), Limits{}, codeUnreadable},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(dir, "file")
			if err := os.WriteFile(path, tt.file, 0o600); err != nil {
				t.Fatal(err)
			}
			img, _, err := Load(t.Context(), path, tt.l)
			var refused *Error
			if img != nil || !errors.As(err, &refused) || refused.code != tt.code || refused.sentence == "" {
				t.Errorf("got %v, %v; want %s", img, err, tt.code)
			}
		})
	}
	var refused *Error
	if _, _, err := Load(t.Context(), filepath.Join(dir, "none"), Limits{}); !errors.As(err, &refused) || refused.code != codeMissing {
		t.Errorf("a missing file: %v", err)
	}
	if _, _, err := Load(t.Context(), dir, Limits{}); !errors.As(err, &refused) || refused.code != codeUnreadable {
		t.Errorf("a folder: %v", err)
	}
}

func TestLoadStopsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for name, file := range encoded(t, 40, 40) {
		if _, _, err := decode(ctx, bytes.NewReader(file), int64(len(file)), Limits{}); err != context.Canceled {
			t.Errorf("%s goes on: %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, side := range []int{1, 9} {
		for _, file := range encoded(f, side, side) {
			f.Add(file)
		}
	}
	f.Add(bomb(30000, 30000))
	for _, outOfPlace := range []image.Rectangle{image.Rect(0, 0, 1, 1), image.Rect(2, 1, 4, 3)} {
		f.Add(partOfGIF(f, 9, 5, outOfPlace, color.Black, color.White))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		img, info, err := decode(t.Context(), bytes.NewReader(file), int64(len(file)), Limits{Pixels: 1 << 16})
		if (err == nil) == (img == nil) {
			t.Fatalf("both or neither: %v, %v", img, err)
		}
		if err != nil {
			return
		}
		if img.Bounds().Size() != (image.Point{info.Width, info.Height}) {
			t.Fatalf("%v of %v", img.Bounds(), info)
		}
		if _, err := Render(t.Context(), img, Cells{9, 5}, Capabilities{Colours: 1 << 24}, Options{}); err != nil {
			t.Fatal(err)
		}
	})
}
