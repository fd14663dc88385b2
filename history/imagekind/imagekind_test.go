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

// TestMemory: the memory for a JPEG depends on its scans and its sampling.
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
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x24Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, head []byte) {
		Of(head)
		for _, k := range []Kind{JPEG, PNG, WebP} {
			if o := Orientation(k, bytes.NewReader(head), int64(len(head))); o < 1 || o > 8 {
				t.Fatal(o)
			}
		}
		Memory(JPEG, color.YCbCrModel, 1, 1, bytes.NewReader(head), int64(len(head)))
	})
}

// TestOrientation: the tag is found in the containers of three formats, behind other chunks, in both byte orders and several types. Any
// other value counts as upright.
func TestOrientation(t *testing.T) {
	t.Parallel()
	big := "MM\x00*\x00\x00\x00\x08\x00\x02" + "\x01\x00\x00\x03\x00\x00\x00\x01\x00\x09\x00\x00" + "\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00"
	little := "II*\x00\x08\x00\x00\x00\x01\x00" + "\x12\x01\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00"
	segment := func(data string) string { return "\xff\xe1\x00" + string(rune(len(data)+2)) + data }
	for _, c := range []struct {
		kind Kind
		file string
		want int
	}{
		{JPEG, "\xff\xd8" + segment("http://ns.adobe.com/xap") + segment(exifPrefix+big) + "\xff\xda\x00\x02", 6},
		{JPEG, "\xff\xd8\xff" + segment(exifPrefix+little) + "\xff\xda\x00\x02", 8},
		{JPEG, "\xff\xd8\xff\xda\x00\x02" + segment(exifPrefix+big), 1}, // within the pixels
		{JPEG, "\xff\xd8" + segment(big), 1},
		{PNG, "\x89PNG\r\n\x1a\n\x00\x00\x00\x01IHDRxcrc.\x00\x00\x00\x22eXIf" + big + "crc.", 6},
		{WebP, "RIFF....WEBPVP8L\x01\x00\x00\x00x.EXIF\x1a\x00\x00\x00" + little, 8},
		{WebP, "RIFF....WEBPEXIF\x20\x00\x00\x00" + exifPrefix + little, 8},
		{WebP, "RIFF....WEBPEXIF\xff\xff\xff\xff" + little[:12], 1},
		{JPEG, "\xff\xd8" + segment(exifPrefix+strings.Replace(big, "\x01\x00\x06", "\x01\x00\x09", 1)), 1},
		{GIF, "GIF89a", 1},
	} {
		if got := Orientation(c.kind, strings.NewReader(c.file), int64(len(c.file))); got != c.want {
			t.Errorf("%q: %d, want %d", c.file, got, c.want)
		}
	}
}
