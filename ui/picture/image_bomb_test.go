package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// chunk is a PNG's (W3C PNG, 5.3).
func chunk(kind string, data []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(append(out, kind...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// blankPNG is a whole and true PNG of w×h pixels, all zero, of bits each; it packs to a thousandth.
func blankPNG(t *testing.T, w, h, bits int, depth, colourType byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	row := make([]byte, 1+(w*bits+7)/8)
	for range h {
		if _, err := z.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	header := binary.BigEndian.AppendUint32(nil, uint32(w))
	header = append(binary.BigEndian.AppendUint32(header, uint32(h)), depth, colourType, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", header)...)
	return append(append(out, chunk("IDAT", packed.Bytes())...), chunk("IEND", nil)...)
}

// animation is a GIF of so many frames, all the same.
func animation(t *testing.T, side, frames int) []byte {
	t.Helper()
	var b bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.Black, color.White})
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame}, Delay: []int{1}}); err != nil {
		t.Fatal(err)
	}
	one := b.Bytes()
	head := 13
	if flags := one[10]; flags&0x80 != 0 { // colours for all frames follow (GIF89a, 18)
		head += 3 << (flags&7 + 1)
	}
	return append(append(bytes.Clone(one[:head]), bytes.Repeat(one[head:len(one)-1], frames)...), 0x3b)
}

// lyingGIF has a header of so many pixels, and none, in 34 bytes or so (golang/go#79063).
func lyingGIF(w, h uint16) []byte {
	side := binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(nil, w), h)
	out := append([]byte("GIF89a"), side...)
	out = append(out, 0x80, 0, 0, 0, 0, 0, 255, 255, 255) // two colours
	out = append(append(out, ',', 0, 0, 0, 0), side...)
	return append(out, 0, 2, 1, 0, 0, ';')
}

// hugeWebP has a header of the largest canvas (RFC 9649, 2.7), and no picture.
func hugeWebP() []byte {
	return []byte("RIFF\x16\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00\xff\xff\xff\xff\xff\x00")
}

// scansJPEG is the beginning of a progressive JPEG of three colours (ITU-T T.81, B.2.2), after a comment and fill bytes.
func scansJPEG(w, h uint16) []byte {
	out := []byte{0xff, 0xd8, 0xff, 0xfe, 0, 4, 'h', 'i', 0xff, 0xff, 0xff, 0xc2, 0, 17, 8}
	out = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(out, h), w)
	return append(out, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0)
}

// wideWebP says 16383×16383 pixels in its lossless header (RFC 9649, 3.4), and holds none.
func wideWebP() []byte {
	return []byte("RIFF\x12\x00\x00\x00WEBPVP8L\x05\x00\x00\x00\x2f\xfe\xbf\xff\x0f\x00")
}

// grown is how many bytes were asked for in all while do ran.
func grown(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// mostGrowth is how much memory a picture may take before it is refused or drawn (issue 3, “Bounded”).
const mostGrowth = 64 << 20

// TestFaultImageBomb: a picture that would take too much memory is refused with a sentence by its header alone, before anything is
// allocated for it; of an animation one frame is decoded. Row “image bomb”.
func TestFaultImageBomb(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		name  string
		file  []byte
		code  errorCode // "" where it is shown
		limit uint64
	}{
		{"a PNG of one bit and 30000² pixels", blankPNG(t, 30000, 30000, 1, 1, 0), codeTooLarge, 1 << 20},
		{"a PNG of 10000² pixels in colour", blankPNG(t, 10000, 10000, 24, 8, 2), codeTooLarge, 1 << 20},
		{"a PNG of 4000² pixels in sixteen bits", blankPNG(t, 4000, 4000, 64, 16, 6), codeTooLarge, 1 << 20},
		{"a JPEG of 4000² pixels in scans", scansJPEG(4000, 4000), codeTooLarge, 1 << 20},
		{"a GIF of 4 gigapixels in 34 bytes", lyingGIF(65535, 65535), codeTooLarge, 1 << 20},
		{"a GIF that lies within the limit", lyingGIF(4000, 4000), codeUnreadable, mostGrowth},
		{"a WebP of the largest canvas", hugeWebP(), codeUnreadable, 1 << 20},
		{"a WebP of 16383² pixels", wideWebP(), codeTooLarge, 1 << 20},
		{"a GIF of 2000 frames of 1000² pixels", animation(t, 1000, 2000), "", mostGrowth},
	} {
		path := filepath.Join(dir, "bomb")
		if err := os.WriteFile(path, c.file, 0o600); err != nil {
			t.Fatal(err)
		}
		if len(c.file) > 10<<20 {
			t.Errorf("%s has %d bytes: no bomb", c.name, len(c.file))
		}
		var img image.Image
		var err error
		took := grown(func() { img, _, err = Load(t.Context(), path, DefaultLimits) })
		if took > c.limit {
			t.Errorf("%s takes %d MiB", c.name, took>>20)
		}
		var refused *Error
		if c.code == "" && (err != nil || img == nil) {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.code != "" && (img != nil || !errors.As(err, &refused) || refused.code != c.code || refused.sentence == "") {
			t.Errorf("%s: %v, want %s", c.name, err, c.code)
		}
	}
}

// TestFaultImageBombHeader: of a bomb no more is read than its header, however it is drawn. Row “image bomb”.
func TestFaultImageBombHeader(t *testing.T) {
	file := blankPNG(t, 10000, 10000, 24, 8, 2)
	r := &counted{r: bytes.NewReader(file)}
	if _, _, err := decode(t.Context(), r, int64(len(file)), DefaultLimits); err == nil || r.read > 128<<10 {
		t.Errorf("%d of %d bytes were read, %v", r.read, len(file), err)
	}
	path := filepath.Join(t.TempDir(), "bomb.png")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, protocol := range []Protocol{Kitty, KittyDirect, ITerm2, Sixel, Blocks} {
		caps := Capabilities{Protocol: protocol, CellWidth: 10, CellHeight: 20, Colours: 1 << 24}
		took := grown(func() {
			_, _, _, err := RenderFile(t.Context(), path, Cells{40, 20}, caps, Options{ID: 7}, DefaultLimits)
			var refused *Error
			if !errors.As(err, &refused) || refused.code != codeTooLarge {
				t.Errorf("%s: %v", protocol, err)
			}
		})
		if took > 4<<20 {
			t.Errorf("%s takes %d MiB", protocol, took>>20)
		}
	}
}

type counted struct {
	r    io.ReaderAt
	read int
}

func (c *counted) ReadAt(b []byte, off int64) (int, error) {
	n, err := c.r.ReadAt(b, off)
	c.read += n
	return n, err
}
