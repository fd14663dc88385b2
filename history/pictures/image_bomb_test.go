package pictures

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"testing"

	"tintype/api/demo/demotest"
)

// pngOf returns a PNG whose header claims w×h pixels of a depth and colour type (W3C PNG, 11.2.2), and which contains few of them.
func pngOf(w, h uint32, depth, colourType byte) []byte {
	header := binary.BigEndian.AppendUint32(nil, w)
	header = append(binary.BigEndian.AppendUint32(header, h), depth, colourType, 0, 0, 0)
	out := []byte("\x89PNG\r\n\x1a\n")
	for _, chunk := range []struct {
		kind string
		data []byte
	}{{"IHDR", header}, {"IDAT", []byte{0x78, 0x01, 0x01, 0x10, 0x00, 0xef, 0xff, 0, 0, 0, 0}}, {"IEND", nil}} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(chunk.data)))
		at := len(out)
		out = append(append(out, chunk.kind...), chunk.data...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[at:]))
	}
	return out
}

// jpegOf returns a JPEG whose header claims w×h pixels.
func jpegOf(t *testing.T, w, h uint16, progressive bool) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(b.Bytes(), []byte{0xff, 0xc0})
	if progressive {
		b.Bytes()[at+1] = 0xc2
	}
	binary.BigEndian.PutUint16(b.Bytes()[at+5:], h)
	binary.BigEndian.PutUint16(b.Bytes()[at+7:], w)
	return b.Bytes()
}

// TestFaultImageBomb: a picture that would take more than 64 MiB of memory is saved with its size, and not decoded. One whose header
// is wrong is refused or saved, without the memory that the header asks for. (The test of the same name in ui/picture is about
// pictures that are displayed.)
func TestFaultImageBomb(t *testing.T) {
	gifHead := append([]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00"), 2, 1, 0, 0, 0x3b)
	for _, c := range []struct {
		name  string
		data  []byte
		width int // 0 when it is refused
	}{
		{"a PNG of 900 megapixels", pngOf(30000, 30000, 1, 0), 30000},
		{"a PNG of 100 megapixels", pngOf(10000, 10000, 8, 2), 10000},
		{"a PNG of 16 megapixels, 8 bytes each", pngOf(4000, 4000, 16, 6), 4000},
		{"a PNG of more pixels than there are numbers", pngOf(1<<31-1, 1<<31-1, 8, 2), 0},
		{"a JPEG of 4 gigapixels", jpegOf(t, 65500, 65500, false), 65500},
		{"a progressive JPEG of 16 megapixels", jpegOf(t, 4000, 4000, true), 4000},
		{"a GIF of 2000 frames", demotest.AnimatedGIF(1000, 2000), 1000},
		{"a GIF of 4 gigapixels in 34 bytes", gifHead, 65535},
		{"a WebP of 268 megapixels", []byte("RIFF\x16\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00\xff\x3f\x00\xff\x3f\x00"), 16384},
	} {
		var w int
		var err error
		took := demotest.Allocated(func() { _, w, _, err = inspect(bytes.NewReader(c.data), int64(len(c.data))) })
		if took > decodeLimit {
			t.Errorf("%s takes %d MiB", c.name, took>>20)
		}
		if w != c.width || (err != nil) != (c.width == 0) {
			t.Errorf("%s: %d wide, %v", c.name, w, err)
		}
	}
}
