package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tintype/api/demo/demotest"
	"tintype/api/demo/vp8enc"
	"tintype/ui/picture/imagefile"
	"tintype/ui/picture/imagetest"
)

// sideways puts EXIF of an orientation into a PNG, after its header.
func sideways(file []byte, orientation byte) []byte {
	tag := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00")
	tag = append(tag, orientation, 0, 0, 0, 0, 0, 0)
	const headerEnd = 8 + 12 + 13
	return slices.Concat(file[:headerEnd], pngChunk("eXIf", tag), file[headerEnd:])
}

// TestViewerOrientationInAllProtocols: a file that lies on its side is drawn as the upright picture is, by every protocol and as a
// thumbnail, and never handed on as it is.
func TestViewerOrientationInAllProtocols(t *testing.T) {
	t.Parallel()
	stored := imagetest.Gradient(80, 40)
	upright := image.NewNRGBA(image.Rect(0, 0, 40, 80))
	for y := range 40 { // orientation 6: the stored first row is the upright last column
		for x := range 80 {
			upright.Set(39-y, x, stored.At(x, y))
		}
	}
	path := writeFile(t, "lying", sideways(encodedFiles(t, 80, 40)["png"], 6))
	img, info, err := Load(t.Context(), path, Limits{})
	if err != nil || info.Width != 40 || info.Height != 80 || img.Bounds() != upright.Rect {
		t.Fatalf("%+v, %v", info, err)
	}
	imagetest.WantSimilar(t, img, upright, 0)
	for protocol := range protocols {
		for _, remote := range []bool{false, true} {
			caps := Capabilities{Protocol: protocol, CellWidth: 4, CellHeight: 8, Colours: 1 << 24, Remote: remote}
			got, size, _, err := RenderFile(t.Context(), path, Cells{10, 10}, caps, Options{ID: 7}, Limits{})
			if err != nil || size != (Cells{10, 10}) {
				t.Fatalf("%s: %v, %v", protocol, size, err)
			}
			want, err := Render(t.Context(), upright, size, caps, Options{ID: 7})
			if err != nil || !bytes.Equal(got.Send, want.Send) || !slices.Equal(got.Lines, want.Lines) {
				t.Errorf("%s, remote %v: the picture is drawn differently, %v", protocol, remote, err)
			}
		}
	}
	small, _, err := NewThumbnails(t.TempDir()).Load(t.Context(), path, Limits{})
	if err != nil || small.Bounds() != upright.Rect {
		t.Errorf("the thumbnail is %v, %v", small.Bounds(), err)
	}
}

// TestViewerLossyRange: a lossy WebP of black, white and colours is drawn in them, by every protocol that sends pixels, in cells and as
// a thumbnail, in its size, smaller and larger.
func TestViewerLossyRange(t *testing.T) {
	t.Parallel()
	for _, want := range []color.RGBA{{0, 0, 0, 255}, {255, 255, 255, 255}, {255, 0, 0, 255}, {0, 0, 255, 255}} {
		var file bytes.Buffer
		if err := vp8enc.Encode(&file, image.NewPaletted(image.Rect(0, 0, 64, 48), color.Palette{want}), 100); err != nil {
			t.Fatal(err)
		}
		path := writeFile(t, "lossy", file.Bytes())
		for _, side := range []int{1, 8, 40} {
			caps := Capabilities{Protocol: Kitty, CellWidth: 4, CellHeight: 8}
			f, _, _, err := RenderFile(t.Context(), path, Cells{2 * side, side}, caps, Options{ID: 4}, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			_, data := kittyCommands(t, f.Send)
			for i, v := range slices.Concat(data...) {
				if d := int(v) - int([]byte{want.R, want.G, want.B}[i%3]); d < -1 || d > 1 {
					t.Fatalf("%v at %d rows: byte %d is %d", want, side, i, v)
				}
			}
		}
		small, _, err := NewThumbnails(t.TempDir()).Load(t.Context(), path, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		imagetest.WantSimilar(t, small, image.NewUniform(want), 3)
	}
}

// TestViewerSentences: kinds that are not shown are named, and distinguished from damaged files.
func TestViewerSentences(t *testing.T) {
	t.Parallel()
	rare := encodedFiles(t, 9, 9)["jpeg"]
	rare[bytes.Index(rare, []byte{0xff, 0xc0})+4] = 12 // bits
	for want, content := range map[string]string{
		"AVIF is not shown here; WebP, PNG, JPEG and GIF are.":                          "\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf",
		"HEIC is not shown here; WebP, PNG, JPEG and GIF are.":                          "\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00heicmif1",
		"TIFF is not shown here; WebP, PNG, JPEG and GIF are.":                          "MM\x00*\x00\x00\x00\x08",
		"SVG is not shown here; WebP, PNG, JPEG and GIF are.":                           "<svg/>",
		"PDF is not shown here; WebP, PNG, JPEG and GIF are.":                           "%PDF-1.4",
		"This is not a picture tintype can read.":                                       "root:x:0:0:root:/root:/bin/bash",
		"This file is empty.":                                                           "",
		"This is a rare kind of JPEG, which is not shown here (precision); it is kept.": string(rare),
		"This file is damaged, and nothing of it can be shown; it is kept.":             "\x89PNG\r\n\x1a\n",
	} {
		_, _, err := Load(t.Context(), writeFile(t, "picture.png", []byte(content)), Limits{})
		var refused *Error
		if !errors.As(err, &refused) || refused.sentence != want {
			t.Errorf("%q: %v, want %s", content, err, want)
		}
	}
}

// TestViewerCutFilesAreNotHandedOn: a terminal that takes files gets only complete ones; of others it gets what could be decoded.
func TestViewerCutFilesAreNotHandedOn(t *testing.T) {
	t.Parallel()
	files := encodedFiles(t, 60, 40)
	var lossy bytes.Buffer // the lossless one is cut before its first pixel
	if err := vp8enc.Encode(&lossy, imagetest.Gradient(60, 40), 80); err != nil {
		t.Fatal(err)
	}
	files["webp"] = lossy.Bytes()
	for format, file := range files {
		path := writeFile(t, "cut", file[:len(file)*9/10])
		for protocol := range protocols {
			caps := Capabilities{Protocol: protocol, CellWidth: 4, CellHeight: 8, Colours: 1 << 24}
			f, _, info, err := RenderFile(t.Context(), path, Cells{10, 10}, caps, Options{ID: 7}, Limits{})
			if err != nil || !info.Partial || !f.Partial || bytes.Contains(f.Send, file[:20]) {
				t.Errorf("%s as %s: partial %v, %v", format, protocol, info.Partial, err)
			}
		}
	}
}

// greyProgressive is a progressive JPEG of one scan of w×h grey pixels in 4:2:0: all differences are zero, of one bit each.
func greyProgressive(w, h int) []byte {
	out := []byte{0xff, 0xd8, 0xff, 0xdb, 0, 67, 0}
	out = append(out, bytes.Repeat([]byte{1}, 64)...)
	out = append(out, 0xff, 0xc2, 0, 17, 8)
	out = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(out, uint16(h)), uint16(w))
	out = append(out, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0)
	out = append(append(out, 0xff, 0xc4, 0, 20, 0, 1), make([]byte, 16)...) // one code, of one bit: no difference
	out = append(out, 0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0)
	blocks := (w + 15) / 16 * ((h + 15) / 16) * 6
	return append(append(out, make([]byte, blocks/8+1)...), 0xff, 0xd9)
}

// TestViewerMemory: the computed memory for a progressive JPEG is what decoding takes, and four megapixels are far below the limit. (24
// megapixels take 180 MB, which is allowed too; see DefaultLimits.)
func TestViewerMemory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "progressive.jpg")
	if err := os.WriteFile(path, greyProgressive(2048, 2048), 0o600); err != nil {
		t.Fatal(err)
	}
	var info Info
	var err error
	took := demotest.Allocated(func() { _, info, err = Load(t.Context(), path, Limits{}) })
	if err != nil || info.memory > 32<<20 || took > uint64(info.memory)*11/10 {
		t.Errorf("%d MB, said to be %d, %v", took>>20, info.memory>>20, err)
	}
	for _, size := range []image.Point{{6000, 4000}, {4000, 6000}} {
		file := greyProgressive(size.X, size.Y)
		_, info, err := openFile(t.Context(), bytes.NewReader(file), int64(len(file)))
		if err != nil || info.check(DefaultLimits) != nil {
			t.Errorf("%v: %v, %v", size, err, info.check(DefaultLimits))
		}
	}
	large := greyProgressive(6400, 4800)
	_, _, err = decode(t.Context(), bytes.NewReader(large), int64(len(large)), Limits{})
	if err == nil || !strings.Contains(err.Error(), "would take 230 MB of memory to show; up to 201 MB are used.") {
		t.Errorf("too large: %v", err)
	}
}

// TestViewerLargePicturesWait: a large picture waits until the one before it is decoded, or its context ends.
func TestViewerLargePicturesWait(t *testing.T) {
	done, err := imagefile.TakeTurn(t.Context(), imagefile.LargeDecode)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := imagefile.TakeTurn(ctx, imagefile.LargeDecode); err != context.Canceled {
		t.Errorf("a second one: %v", err)
	}
	small, err := imagefile.TakeTurn(ctx, imagefile.LargeDecode-1)
	if err != nil {
		t.Errorf("a small one: %v", err)
	} else {
		small()
	}
	done()
	if done, err = imagefile.TakeTurn(t.Context(), imagefile.LargeDecode); err != nil {
		t.Fatal(err)
	}
	done()
}
