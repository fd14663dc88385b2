package pictures

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // registers the decoder, as do the following
	"image/jpeg"
	_ "image/png"
	"io"
	"slices"

	_ "golang.org/x/image/webp"
)

// decodeLimit is the most memory that decoding a picture may take, in bytes. A larger picture is saved after a look at its header;
// it is not displayed.
const decodeLimit = 64 << 20

// bytesPerPixel returns the most memory that the decoder needs for a pixel.
func bytesPerPixel(format string, model color.Model, r io.ReaderAt, size int64) int64 {
	switch {
	case format == "jpeg" && isProgressive(r, size):
		return 16 // it keeps four bytes for each of up to three colours until the last scan, besides the image
	case model == color.RGBA64Model || model == color.NRGBA64Model:
		return 8
	}
	return 4
}

// isProgressive reports whether a JPEG is progressive (ITU-T T.81, B.1.1.3: SOF2).
func isProgressive(r io.ReaderAt, size int64) bool {
	var b [4]byte
	for at := int64(2); at+4 <= size; {
		if n, _ := r.ReadAt(b[:], at); n < len(b) || b[0] != 0xff {
			return false
		}
		switch marker := b[1]; {
		case marker == 0xff: // a fill byte
			at++
			continue
		case marker == 0xc2:
			return true
		case marker == 0xda: // SOS: the pixels follow
			return false
		}
		at += 2 + int64(binary.BigEndian.Uint16(b[2:]))
	}
	return false
}

// An InvalidError means that what was downloaded is not a picture, or is incomplete.
type InvalidError struct{ Sentence string }

func (e *InvalidError) Error() string { return e.Sentence }

// extension returns the extension of a format that it recognises by its first bytes (RFC 9649, W3C PNG, JFIF, GIF89a, ISO
// 14496-12); names and headers of a server are not trusted. Anything else is ".bin", which no program opens or runs.
func extension(head []byte) string {
	switch {
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return ".webp"
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return ".png"
	case bytes.HasPrefix(head, []byte{0xff, 0xd8, 0xff}):
		return ".jpg"
	case bytes.HasPrefix(head, []byte("GIF87a")), bytes.HasPrefix(head, []byte("GIF89a")):
		return ".gif"
	case len(head) >= 12 && string(head[4:8]) == "ftyp" && (string(head[8:12]) == "avif" || string(head[8:12]) == "avis"):
		return ".avif"
	case len(head) >= 12 && string(head[4:8]) == "ftyp" && slices.Contains([]string{"heic", "heix", "mif1", "msf1", "hevc"}, string(head[8:12])):
		return ".heic"
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return ".mp4"
	}
	for _, known := range otherTypes {
		if bytes.HasPrefix(head, []byte(known.bytes)) {
			return known.extension
		}
	}
	return ".bin"
}

// otherTypes are files that are kept as they came: nothing here displays them, and nothing runs them.
var otherTypes = []struct{ bytes, extension string }{
	{"II*\x00", ".tiff"},
	{"MM\x00*", ".tiff"},
	{"\xff\x0a", ".jxl"},
	{"\x00\x00\x00\x0cJXL \r\n\x87\n", ".jxl"},
	{"\x1aE\xdf\xa3", ".webm"},
	{"OggS", ".ogg"},
	{"fLaC", ".flac"},
	{"ID3", ".mp3"},
	{"\xff\xfb", ".mp3"},
	{"glTF", ".glb"},
	{"PK\x03\x04", ".zip"},
}

// inspect checks that a file of size bytes is complete, and returns its extension and its size in pixels (0 for formats that
// cannot be decoded).
func inspect(f io.ReaderAt, size int64) (ext string, w, h int, err error) {
	if size == 0 {
		return "", 0, 0, &InvalidError{"The picture is empty."}
	}
	head := make([]byte, min(size, 64))
	if _, err := f.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", 0, 0, err
	}
	ext = extension(head)
	switch ext {
	case ".webp":
		if want := int64(binary.LittleEndian.Uint32(head[4:])) + 8; size < want {
			return "", 0, 0, &InvalidError{fmt.Sprintf("The picture is cut off: %d of %d bytes arrived.", size, want)}
		}
	case ".png", ".jpg", ".gif":
	default:
		return ext, 0, 0, nil
	}
	w, h, err = decode(f, size)
	return ext, w, h, err
}

// decode decodes a picture's header and, within decodeLimit, the entire picture. A panic of a decoder counts as an invalid
// picture.
func decode(f io.ReaderAt, size int64) (w, h int, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &InvalidError{"The picture is damaged."}
		}
	}()
	config, format, err := image.DecodeConfig(io.NewSectionReader(f, 0, size))
	if err != nil {
		return 0, 0, invalid(err)
	}
	if config.Width <= 0 || config.Height <= 0 {
		return 0, 0, &InvalidError{"The picture has no pixels."}
	}
	if int64(config.Width)*int64(config.Height) > decodeLimit/bytesPerPixel(format, config.ColorModel, f, size) {
		return config.Width, config.Height, nil
	}
	_, _, err = image.Decode(io.NewSectionReader(f, 0, size))
	if err != nil && format == "webp" && !errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil // the header and the length are right; x/image/webp does not support animations
	}
	if err != nil {
		return config.Width, config.Height, invalid(err)
	}
	return config.Width, config.Height, nil
}

func invalid(err error) error {
	var unsupported jpeg.UnsupportedError
	if errors.As(err, &unsupported) {
		return nil // nothing is wrong with it
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &InvalidError{"The picture is cut off."}
	}
	return &InvalidError{"The picture is damaged (" + err.Error() + ")."}
}
