package imagefile

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/png"
	"io"

	"tintype/history/imagekind"
)

const pngSignature = "\x89PNG\r\n\x1a\n"

type pngFormat struct{}

// pngChunks is what is in a PNG besides its pixels, and where they are.
type pngChunks struct {
	header  []byte // of IHDR
	before  []byte // the chunks that the decoder needs before the pixels: PLTE and tRNS, complete
	pixels  []section
	profile []byte
	ended   bool
}

// readChunks reads the chunks, without checking their checksums.
func readChunks(r io.ReaderAt, size int64) pngChunks {
	var out pngChunks
	imagekind.EachPNGChunk(r, size, func(name string, at, length int64) bool {
		out.add(name, section{at, min(length, size-at)}, r)
		if name == "IEND" {
			const checksum = 4
			out.ended = at+length+checksum <= size
			return false
		}
		return true
	})
	return out
}

func (c *pngChunks) add(name string, data section, r io.ReaderAt) {
	switch name {
	case "IHDR":
		c.header = data.bytes(r, 13)
	case "PLTE", "tRNS":
		if len(c.pixels) == 0 {
			c.before = appendChunk(c.before, name, data.bytes(r, 1<<10))
		}
	case "IDAT":
		c.pixels = append(c.pixels, data)
	case "iCCP":
		c.profile = inflateProfile(data.bytes(r, maxProfile))
	}
}

// inflateProfile returns the profile in the data of an iCCP chunk: a name that ends with zero, the method zero, and zlib.
func inflateProfile(data []byte) []byte {
	_, compressed, found := bytes.Cut(data, []byte{0})
	if !found || len(compressed) < 2 {
		return nil
	}
	z, err := zlib.NewReader(bytes.NewReader(compressed[1:]))
	if err != nil {
		return nil
	}
	profile, err := io.ReadAll(io.LimitReader(z, maxProfile))
	if err != nil {
		return nil
	}
	return profile
}

func (pngFormat) header(r io.ReaderAt, size int64) (header, error) {
	c, err := png.DecodeConfig(section{0, size}.open(r))
	if err != nil {
		return header{}, err
	}
	chunks := readChunks(r, size)
	return header{c, chunks.profile, chunks.ended}, nil
}

func (pngFormat) decode(r io.ReaderAt, size int64) (image.Image, error) {
	return png.Decode(section{0, size}.open(r))
}

// salvage decodes the rows that can be inflated: it counts them, and then decodes a PNG of that height that holds them uncompressed. In an
// interlaced picture, missing pixels are zero in each pass.
func (pngFormat) salvage(r io.ReaderAt, size int64) (image.Image, error) {
	chunks := readChunks(r, size)
	if len(chunks.header) < 13 || len(chunks.pixels) == 0 {
		return nil, io.ErrUnexpectedEOF
	}
	row, total, isInterlaced := pixelBytes(chunks.header)
	counted := rowCounter{row: row}
	have, _ := io.Copy(&counted, io.LimitReader(chunks.inflate(r), total))
	header := bytes.Clone(chunks.header)
	if !isInterlaced {
		total = counted.rows * row
		binary.BigEndian.PutUint32(header[4:], uint32(counted.rows))
	}
	if total == 0 || have == 0 {
		return nil, errors.New("no row is complete")
	}
	raw := io.MultiReader(io.LimitReader(chunks.inflate(r), min(have, total)), io.LimitReader(zeros{}, max(0, total-have)))
	rebuilt := rebuild(header, chunks.before, raw)
	defer rebuilt.Close()
	return png.Decode(rebuilt)
}

// rowCounter counts complete rows, until one does not begin with the number of a filter (W3C PNG, 9.2): from there on, the data is damaged.
type rowCounter struct {
	row, rows, left int64 // bytes of a row, complete rows, bytes that are left of the next one
	isDamaged       bool
}

func (c *rowCounter) Write(b []byte) (int, error) {
	const lastFilter = 4
	n := len(b)
	for len(b) > 0 && !c.isDamaged {
		if c.left == 0 {
			c.left, c.isDamaged = c.row, b[0] > lastFilter
			continue
		}
		taken := min(int64(len(b)), c.left)
		b = b[taken:]
		if c.left -= taken; c.left == 0 {
			c.rows++
		}
	}
	return n, nil
}

// inflate reads the pixels until they end or are damaged. It skips zlib's header and does not check its checksum.
func (c *pngChunks) inflate(r io.ReaderAt) io.Reader {
	parts := make([]io.Reader, len(c.pixels))
	for i, s := range c.pixels {
		parts[i] = io.NewSectionReader(r, s.at, s.size)
	}
	compressed := io.MultiReader(parts...)
	_, _ = io.CopyN(io.Discard, compressed, 2)
	return flate.NewReader(compressed)
}

// pixelBytes returns how many bytes a row has, and all rows (W3C PNG, 7.2 and 8.2), from the header's fields.
func pixelBytes(header []byte) (row, total int64, isInterlaced bool) {
	w, h := int64(binary.BigEndian.Uint32(header)), int64(binary.BigEndian.Uint32(header[4:]))
	channels := map[byte]int64{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[header[9]]
	rowBytes := func(pixels int64) int64 { return 1 + (pixels*channels*int64(header[8])+7)/8 }
	if header[12] == 0 {
		return rowBytes(w), rowBytes(w) * h, false
	}
	for _, pass := range [][4]int64{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}} {
		pw, ph := (w-pass[0]+pass[2]-1)/pass[2], (h-pass[1]+pass[3]-1)/pass[3]
		if pw > 0 && ph > 0 {
			total += rowBytes(pw) * ph
		}
	}
	return rowBytes(w), total, true
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// rebuild returns a PNG of a header, the chunks after it, and uncompressed pixels. It is made while it is read, and must be closed.
func rebuild(header, before []byte, raw io.Reader) io.ReadCloser {
	r, w := io.Pipe()
	go func() {
		_, err := w.Write(append(appendChunk([]byte(pngSignature), "IHDR", header), before...))
		z, _ := zlib.NewWriterLevel(chunkWriter{w}, zlib.NoCompression) // the level is valid
		if err == nil {
			_, err = io.Copy(z, raw)
		}
		if err == nil {
			err = z.Close()
		}
		if err == nil {
			_, err = w.Write(appendChunk(nil, "IEND", nil))
		}
		w.CloseWithError(err)
	}()
	return r
}

// chunkWriter writes each piece as a chunk of pixels.
type chunkWriter struct{ w io.Writer }

func (c chunkWriter) Write(b []byte) (int, error) {
	if _, err := c.w.Write(appendChunk(nil, "IDAT", b)); err != nil {
		return 0, err
	}
	return len(b), nil
}

func appendChunk(out []byte, name string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	at := len(out)
	out = append(append(out, name...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[at:]))
}
