package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"io"
	"os"
	"path/filepath"
	"testing"

	"tintype/api/demo/demotest"
)

// pngChunk is a chunk of a PNG (https://www.w3.org/TR/png-3/#5Chunk-layout).
func pngChunk(kind string, data []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(append(out, kind...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// blankPNG is a complete, valid PNG of w×h pixels of the given bits, all zero. It is compressed to a thousandth.
func blankPNG(t *testing.T, w, h, bits int, depth, colourType byte) []byte {
	t.Helper()
	var compressed bytes.Buffer
	z, err := zlib.NewWriterLevel(&compressed, zlib.BestSpeed)
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
	out := append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", header)...)
	return append(append(out, pngChunk("IDAT", compressed.Bytes())...), pngChunk("IEND", nil)...)
}

// deepPNG has a header for w×h pixels of sixteen bits in four channels, and no pixels.
func deepPNG(w, h uint32) []byte {
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", append(header, 16, 6, 0, 0, 0))...)
}

// emptyGIF has a header for w×h pixels and no pixels, in about 34 bytes (golang/go#79063).
func emptyGIF(w, h uint16) []byte {
	side := binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(nil, w), h)
	out := append([]byte("GIF89a"), side...)
	out = append(out, 0x80, 0, 0, 0, 0, 0, 255, 255, 255) // two colours
	out = append(append(out, ',', 0, 0, 0, 0), side...)
	return append(out, 0, 2, 1, 0, 0, ';')
}

// emptyWebP has a header for the largest canvas (RFC 9649, 2.7), and no pixels.
func emptyWebP() []byte {
	return []byte("RIFF\x16\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00\xff\xff\xff\xff\xff\x00")
}

// progressiveJPEG is the beginning of a progressive JPEG of three channels (ITU-T T.81, B.2.2), after a comment and fill bytes.
func progressiveJPEG(w, h uint16) []byte {
	out := []byte{0xff, 0xd8, 0xff, 0xfe, 0, 4, 'h', 'i', 0xff, 0xff, 0xff, 0xc2, 0, 17, 8}
	out = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(out, h), w)
	return append(out, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0)
}

// losslessWebP has a lossless header for 16383×16383 pixels (RFC 9649, 3.4), and no pixels.
func losslessWebP() []byte {
	return []byte("RIFF\x12\x00\x00\x00WEBPVP8L\x05\x00\x00\x00\x2f\xfe\xbf\xff\x0f\x00")
}

// maxAllocation is how much memory a picture may take before it is rejected or drawn.
const maxAllocation = 64 << 20

// TestFaultImageBomb: a picture that would take too much memory is rejected because of its header, with a sentence and before
// anything is allocated for it. Of an animation one frame is decoded.
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
		{"a PNG of 5200² pixels in sixteen bits", deepPNG(5200, 5200), codeTooLarge, 1 << 20},
		{"a progressive JPEG of 5400² pixels", progressiveJPEG(5400, 5400), codeTooLarge, 1 << 20},
		{"a GIF of 4 gigapixels in 34 bytes", emptyGIF(65535, 65535), codeTooLarge, 1 << 20},
		{"a GIF of 4000² pixels without any", emptyGIF(4000, 4000), codeUnreadable, maxAllocation},
		{"a WebP of the largest canvas", emptyWebP(), codeUnreadable, 1 << 20},
		{"a WebP of 16383² pixels", losslessWebP(), codeTooLarge, 1 << 20},
		{"a GIF of 2000 frames of 1000² pixels", demotest.AnimatedGIF(1000, 2000), "", maxAllocation},
	} {
		path := filepath.Join(dir, "bomb")
		if err := os.WriteFile(path, c.file, 0o600); err != nil {
			t.Fatal(err)
		}
		if len(c.file) > 10<<20 {
			t.Errorf("%s has %d bytes, too many for a bomb", c.name, len(c.file))
		}
		var img image.Image
		var err error
		took := demotest.Allocated(func() { img, _, err = Load(t.Context(), path, DefaultLimits) })
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

// TestFaultImageBombHeader: only the header of a bomb is read, by every protocol.
func TestFaultImageBombHeader(t *testing.T) {
	file := blankPNG(t, 10000, 10000, 24, 8, 2)
	r := &countingReader{r: bytes.NewReader(file)}
	if _, _, err := decode(t.Context(), r, int64(len(file)), DefaultLimits); err == nil || r.read > 128<<10 {
		t.Errorf("%d of %d bytes were read, %v", r.read, len(file), err)
	}
	path := filepath.Join(t.TempDir(), "bomb.png")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	for protocol := range protocols {
		caps := Capabilities{Protocol: protocol, CellWidth: 10, CellHeight: 20, Colours: 1 << 24}
		took := demotest.Allocated(func() {
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

type countingReader struct {
	r    io.ReaderAt
	read int
}

func (c *countingReader) ReadAt(b []byte, off int64) (int, error) {
	n, err := c.r.ReadAt(b, off)
	c.read += n
	return n, err
}
