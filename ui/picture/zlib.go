package picture

import (
	"bytes"
	"compress/zlib"
)

// deflate compresses data in the zlib format (RFC 1950), for speed rather than size.
func deflate(data []byte) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(len(data) / 2)
	z, err := zlib.NewWriterLevel(&b, zlib.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
