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

// salvage decodes the rows that can be inflated: it counts them, and then decodes a PNG that holds them uncompressed. If the picture is
// not interlaced, that PNG has only their height. In an interlaced one, missing rows are zero at first, and then filled.
func (pngFormat) salvage(r io.ReaderAt, size int64) (image.Image, error) {
	chunks := readChunks(r, size)
	if len(chunks.header) < 13 || len(chunks.pixels) == 0 {
		return nil, io.ErrUnexpectedEOF
	}
	counted := rowCounter{passes: pngPasses(chunks.header)}
	missing := totalBytes(counted.passes)
	_, _ = io.Copy(&counted, io.LimitReader(chunks.inflate(r), missing)) // it fails nowhere
	have := counted.complete
	if have == 0 {
		return nil, errors.New("no row is complete")
	}
	missing -= have
	header := bytes.Clone(chunks.header)
	isInterlaced := len(counted.passes) > 1
	if !isInterlaced {
		missing = 0
		binary.BigEndian.PutUint32(header[4:], uint32(counted.passes[0].have))
	}
	raw := io.MultiReader(io.LimitReader(chunks.inflate(r), have), io.LimitReader(zeros{}, missing))
	rebuilt := rebuild(header, chunks.before, raw)
	defer rebuilt.Close()
	img, err := png.Decode(rebuilt)
	if whole, ok := img.(subImage); err == nil && ok && isInterlaced {
		return fillPasses(whole, counted.passes), nil
	}
	return img, err
}

// rowCounter counts complete rows, until one does not begin with the number of a filter (W3C PNG, 9.2): from there on, the data is damaged.
type rowCounter struct {
	passes    []pngPass
	at        int   // the pass
	left      int64 // bytes that are left of the next row
	complete  int64 // bytes of the complete rows
	isDamaged bool
}

func (c *rowCounter) Write(b []byte) (int, error) {
	const lastFilter = 4
	n := len(b)
	for len(b) > 0 && !c.isDamaged && c.at < len(c.passes) {
		p := &c.passes[c.at]
		switch {
		case p.have == p.rows:
			c.at++
			continue
		case c.left == 0:
			c.left, c.isDamaged = p.row, b[0] > lastFilter
			continue
		}
		taken := min(int64(len(b)), c.left)
		b = b[taken:]
		if c.left -= taken; c.left == 0 {
			p.have++
			c.complete += p.row
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
	return whatIsThere{flate.NewReader(compressed)}
}

// whatIsThere reads until the first error, as if that were the end.
type whatIsThere struct{ io.Reader }

func (r whatIsThere) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil {
		err = io.EOF
	}
	return n, err
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
