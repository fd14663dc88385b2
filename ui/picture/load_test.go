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

	"tintype/ui/picture/imagetest"
)

// encodedFiles returns a gradient of w×h pixels in every format.
func encodedFiles(t testing.TB, w, h int) map[string][]byte {
	t.Helper()
	img := imagetest.Gradient(w, h)
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
		for name, file := range encodedFiles(t, side, side) {
			path := filepath.Join(t.TempDir(), "misleading name.txt")
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			img, info, err := Load(t.Context(), path, Limits{})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			info.memory = 0
			if want := (Info{Format: name, Width: side, Height: side, Bytes: int64(len(file))}); info != want {
				t.Errorf("%s: %v, want %v", name, info, want)
			}
			tolerance := map[string]int{"gif": 80, "jpeg": 12}[name]
			imagetest.WantSimilar(t, img, imagetest.Gradient(side, side), tolerance)
		}
	}
}

// pngHeader is a PNG that has a header for w×h pixels, and nothing else.
func pngHeader(w, h uint32) []byte {
	chunk := append([]byte("IHDR"), make([]byte, 13)...)
	binary.BigEndian.PutUint32(chunk[4:], w)
	binary.BigEndian.PutUint32(chunk[8:], h)
	chunk[12], chunk[13] = 8, 2
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, chunk...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
}

// gifWithFrame is a GIF of w×h pixels whose only frame covers a part of it, in the last of the colours.
func gifWithFrame(t testing.TB, w, h int, part image.Rectangle, colours ...color.Color) []byte {
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

// TestLoadPlacesFrameOnCanvas loads an animation whose first frame covers a part of it: the rest is transparent.
func TestLoadPlacesFrameOnCanvas(t *testing.T) {
	red := color.RGBA{200, 10, 10, 255}
	file := gifWithFrame(t, 7, 4, image.Rect(3, 2, 5, 3), color.Transparent, red)
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

func TestLoadRejects(t *testing.T) {
	valid := encodedFiles(t, 40, 40)["png"]
	dir := t.TempDir()
	for _, tt := range []struct {
		name string
		file []byte
		l    Limits
		code errorCode
	}{
		{"too many pixels", pngHeader(30000, 30000), Limits{}, codeTooLarge},
		{"too wide", pngHeader(1<<30, 1), Limits{}, codeTooLarge},
		{"a size that overflows", pngHeader(1<<31-1, 1<<31-1), Limits{}, codeUnreadable},
		{"more pixels than the limit", valid, Limits{Pixels: 1000}, codeTooLarge},
		{"more bytes than the limit", valid, Limits{Bytes: 10}, codeTooLarge},
		{"truncated in its pixels", valid[:len(valid)/2], Limits{}, codeUnreadable},
		{"truncated in its header", valid[:20], Limits{}, codeUnreadable},
		{"empty", nil, Limits{}, codeUnreadable},
		{"a page of HTML", []byte("<!doctype html><title>502</title>"), Limits{}, codeUnreadable},
		{"an empty WebP", []byte("RIFF\x04\x00\x00\x00WEBP"), Limits{}, codeUnreadable},
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

func TestLoadEndsWithContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for name, file := range encodedFiles(t, 40, 40) {
		if _, _, err := decode(ctx, bytes.NewReader(file), int64(len(file)), Limits{}); err != context.Canceled {
			t.Errorf("%s: %v, want the context's error", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, side := range []int{1, 9} {
		for _, file := range encodedFiles(f, side, side) {
			f.Add(file)
		}
	}
	f.Add(pngHeader(30000, 30000))
	for _, part := range []image.Rectangle{image.Rect(0, 0, 1, 1), image.Rect(2, 1, 4, 3)} {
		f.Add(gifWithFrame(f, 9, 5, part, color.Black, color.White))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		img, info, err := decode(t.Context(), bytes.NewReader(file), int64(len(file)), Limits{Pixels: 1 << 16})
		if (err == nil) == (img == nil) {
			t.Fatalf("a picture and an error, or neither: %v, %v", img, err)
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
