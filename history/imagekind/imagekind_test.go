package imagekind

import (
	"bytes"
	"image/color"
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ head, want string }{
		{"RIFF\x10\x00\x00\x00WEBPVP8 ", "WebP"},
		{"RIFF\x10\x00\x00\x00WAVEfmt ", ""},
		{"\x89PNG\r\n\x1a\n", "PNG"},
		{"\x89PNG\n\x1a\n", ""}, // line ends were changed on the way
		{"\xff\xd8\xff\xe0", "JPEG"},
		{"GIF89a", "GIF"},
		{"GIF88a", ""},
		{"II*\x00\x08\x00\x00\x00", "TIFF"},
		{"MM\x00*\x00\x00\x00\x08", "TIFF"},
		{"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00", "AVIF"},
		{"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf", "AVIF"},
		{"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1heic", "HEIC"},
		{"\x00\x00\x00\x14ftypmif1\x00\x00\x00\x00mif1avif", "HEIC"}, // avif is beyond the box
		{"\x00\x00\x00\x18ftypheic", "HEIC"},
		{"\x00\x00\x00\x18ftypisom", "MP4"},
		{"\xff\xff\xff\xffftypmif1", "HEIC"},
		{"\xff\x0a\x00\x00", "JPEG XL"},
		{"\x00\x00\x00\x0cJXL \r\n\x87\n", "JPEG XL"},
		{"BM\x00\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00", "BMP"},
		{"BMW makes cars, and other things", ""},
		{"8BPS\x00\x01", "PSD"},
		{"%PDF-1.7", "PDF"},
		{"P6\n3 3\n255\n", "Netpbm"},
		{"P6 is a pump", ""},
		{"Paris is a town", ""},
		{"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG"},
		{"\ufeff<?xml version=\"1.0\"?>\n<!-- <html> -->\n<!DOCTYPE svg PUBLIC \"x\" \"y\">\n<svg>", "SVG"},
		{"<!doctype html><html><svg></svg></html>", ""},
		{"root:x:0:0:root:/root:/bin/bash", ""},
		{`{"detail":"<svg>"}`, ""},
		{"", ""},
		{"\xff", ""},
	} {
		if got := Of([]byte(c.head)); got.Name != c.want || got.Decoded != (got.Name != "" && strings.Contains(" "+strings.ReplaceAll(DecodedNames, ",", " ")+" ", " "+got.Name+" ")) {
			t.Errorf("%q is %+v, want %q", c.head, got, c.want)
		}
	}
}

// TestMemory: what a JPEG takes depends on its scans and on its sampling.
func TestMemory(t *testing.T) {
	t.Parallel()
	header := func(marker byte, sampling ...byte) []byte {
		out := []byte{0xff, 0xd8, 0xff, 0xfe, 0, 4, 'h', 'i', 0xff, 0xff, marker, 0, byte(8 + 3*len(sampling)), 8, 0, 10, 0, 10, byte(len(sampling))}
		for i, s := range sampling {
			out = append(out, byte(i), s, 0)
		}
		return append(out, 0xff, 0xda, 0, 2)
	}
	for _, c := range []struct {
		name string
		file []byte
		want int64 // for 1000 pixels
	}{
		{"baseline 4:2:0", header(0xc0, 0x22, 0x11, 0x11), 1500},
		{"progressive 4:2:0", header(0xc2, 0x22, 0x11, 0x11), 7500},
		{"progressive 4:4:4", header(0xc2, 0x11, 0x11, 0x11), 15000},
		{"progressive, equal factors", header(0xc2, 0x22, 0x22, 0x22), 15000},
		{"progressive grey", header(0xc2, 0x22), 5000},
		{"baseline of four colours", header(0xc0, 0x11, 0x11, 0x11, 0x11), 8000},
		{"no frame", []byte{0xff, 0xd8, 0xff, 0xda, 0, 2, 0, 0}, 4000},
		{"a frame that is cut", header(0xc2, 0x22, 0x11, 0x11)[:15], 4000},
	} {
		if got := Memory(JPEG, color.YCbCrModel, 10, 100, bytes.NewReader(c.file), int64(len(c.file))); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if got := Memory(PNG, color.NRGBA64Model, 10, 100, nil, 0); got != 8000 {
		t.Errorf("sixteen bits: %d", got)
	}
}

// FuzzOf: no head makes it panic.
func FuzzOf(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avif"))
	f.Add([]byte("<?xml?><!-- --><svg>"))
	f.Fuzz(func(t *testing.T, head []byte) {
		Of(head)
		Memory(JPEG, color.YCbCrModel, 1, 1, bytes.NewReader(head), int64(len(head)))
	})
}
