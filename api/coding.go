package api

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net/http/httputil"
	"regexp"
	"slices"
	"strings"
)

const (
	headBytes    = 512 // what is read of a body to recognise its type
	sampleBytes  = 4 << 10
	codingsLimit = 3 // how many codings may be around an output
)

// errNotOutput means that a body is not an output, by claims.isOutput.
var errNotOutput = errors.New("the body is not an output")

// openOutputBody returns the output in a body, and whether it was coded: compressed, or in the chunks of a storage
// service. The bytes decide that. A Content-Encoding is often left over from an upload, and is consulted only where the
// bytes leave it open. With errNotOutput, content is what came instead.
func openOutputBody(body *bufio.Reader, contentEncoding string, said claims) (content *bufio.Reader, coded bool, err error) {
	named := strings.ToLower(contentEncoding)
	for range codingsLimit {
		head, err := body.Peek(headBytes)
		if err != nil && !errors.Is(err, io.EOF) && !isKnownType(head) { // a picture that broke off can be resumed
			return nil, coded, err
		}
		open := codingOf(body, head, named, said)
		if open == nil {
			if !said.isOutput(head) || isUnknownCoding(named) && !isKnownType(head) {
				return body, coded, errNotOutput
			}
			return body, coded, nil
		}
		decoded, err := open(body)
		if err != nil {
			return body, coded, errNotOutput
		}
		body, coded = bufio.NewReaderSize(decoded, 32<<10), true
	}
	return body, coded, errNotOutput
}

// decoder opens a coded body.
type decoder func(io.Reader) (io.Reader, error)

func openGzip(r io.Reader) (io.Reader, error)   { return gzip.NewReader(r) }
func openZlib(r io.Reader) (io.Reader, error)   { return zlib.NewReader(r) }
func openFlate(r io.Reader) (io.Reader, error)  { return flate.NewReader(r), nil }
func openChunks(r io.Reader) (io.Reader, error) { return httputil.NewChunkedReader(r), nil }

// chunkHead is the size of a chunk, as in HTTP/1.1, with the signature that storage services add.
var chunkHead = regexp.MustCompile(`^[0-9a-fA-F]{1,8}(;chunk-signature=[0-9a-f]+)?\r\n`)

// codingOf returns the decoder for a body that begins with head; nil if it is not coded, or is an archive. A picture in gzip is
// no archive, whatever the server calls it.
func codingOf(body *bufio.Reader, head []byte, named string, said claims) decoder {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b, 8}):
		if said.isArchive() && !holdsPicture(body, openGzip) {
			return nil
		}
		return openGzip
	case isKnownType(head):
		return nil
	case isZlib(head) && (strings.Contains(named, "deflate") || holdsKnownType(body, openZlib)):
		return openZlib
	case strings.Contains(named, "deflate") && holdsKnownType(body, openFlate):
		return openFlate
	case chunkHead.Match(head) && holdsKnownType(body, openChunks):
		return openChunks
	}
	return nil
}

// isArchive reports whether the output itself is a compressed file, as the server says.
func (c claims) isArchive() bool {
	return slices.Contains([]string{".gz", ".tgz"}, c.extension) || strings.Contains(c.media, "gzip")
}

// isZlib reports whether bytes begin with a zlib header (RFC 1950 §2.2).
func isZlib(head []byte) bool {
	return len(head) > 2 && head[0]&0x0f == 8 && head[0]>>4 <= 7 && (int(head[0])<<8|int(head[1]))%31 == 0
}

// isUnknownCoding reports whether a Content-Encoding names a compression that cannot be undone here.
func isUnknownCoding(named string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(named, func(r rune) bool { return r == ',' || r == ' ' }), func(word string) bool {
		return slices.Contains([]string{"br", "zstd", "compress", "dcb", "dcz"}, word)
	})
}

// holdsKnownType reports whether the beginning of a body decodes to a known type.
func holdsKnownType(body *bufio.Reader, open decoder) bool {
	return isKnownType(decodedHead(body, open))
}

// decodedHead decodes the beginning of a body.
func decodedHead(body *bufio.Reader, open decoder) []byte {
	sample, _ := body.Peek(sampleBytes)
	decoded, err := open(bytes.NewReader(sample))
	if err != nil {
		return nil
	}
	head := make([]byte, headBytes)
	n, _ := io.ReadFull(decoded, head)
	return head[:n]
}

// holdsPicture reports whether the beginning of a body decodes to a picture, and not to an archive of files.
func holdsPicture(body *bufio.Reader, open decoder) bool {
	return mediaOfPicture(decodedHead(body, open)) != ""
}

// isDamagedCoding reports whether an error of reading says that a coded body is damaged, not the connection.
func isDamagedCoding(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) ||
		errors.Is(err, zlib.ErrChecksum) || errors.Is(err, zlib.ErrHeader)
}
