package history

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // the decoders that image.Decode knows
	_ "image/jpeg"
	_ "image/png"
	"io"

	_ "golang.org/x/image/webp"
)

// checkedBytes is how much memory a picture may take that is decoded to see whether it is whole. Of a larger one only the header and
// the end are looked at: it is saved, and not drawn.
const checkedBytes = 64 << 20

// bytesPerPixel is what a decoder takes for a pixel at most.
func bytesPerPixel(format string, model color.Model, r io.ReaderAt, size int64) int64 {
	switch {
	case format == "jpeg" && progressive(r, size):
		return 16 // it keeps a number of four bytes for each of up to three colours until the last scan
	case model == color.RGBA64Model || model == color.NRGBA64Model:
		return 8
	}
	return 4
}

// progressive reports whether a JPEG says so in its header (ITU-T T.81, B.1.1.3: SOF2).
func progressive(r io.ReaderAt, size int64) bool {
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
		case marker == 0xda: // the pixels
			return false
		}
		at += 2 + int64(binary.BigEndian.Uint16(b[2:]))
	}
	return false
}

// A BadPicture says that what arrived is no picture, or not all of one.
type BadPicture struct{ Sentence string }

func (e *BadPicture) Error() string { return e.Sentence }

// extension tells the kind of a file from its first bytes (RFC 9649, W3C PNG, JFIF, GIF89a, ISO 14496-12), never from its
// name or what a server says. What is no picture that we know is ".bin", so that no viewer is asked to obey it.
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
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return ".mp4"
	}
	return ".bin"
}

// measure checks a picture of size bytes and returns its extension and its pixels (0 for kinds that cannot be measured).
func measure(f io.ReaderAt, size int64) (ext string, w, h int, err error) {
	if size == 0 {
		return "", 0, 0, &BadPicture{"The picture is empty."}
	}
	head := make([]byte, min(size, 64))
	if _, err := f.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", 0, 0, err
	}
	ext = extension(head)
	switch ext {
	case ".webp":
		if want := int64(binary.LittleEndian.Uint32(head[4:])) + 8; size < want {
			return "", 0, 0, &BadPicture{fmt.Sprintf("The picture is cut off: %d of %d bytes arrived.", size, want)}
		}
	case ".png", ".jpg", ".gif":
	default:
		return ext, 0, 0, nil
	}
	w, h, err = decodes(f, size)
	return ext, w, h, err
}

// decodes reads a picture's header and, within checkedBytes, all of it. A decoder's panic counts as a bad picture.
func decodes(f io.ReaderAt, size int64) (w, h int, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &BadPicture{"The picture is damaged."}
		}
	}()
	config, format, err := image.DecodeConfig(io.NewSectionReader(f, 0, size))
	if err != nil {
		return 0, 0, damaged(err)
	}
	if config.Width <= 0 || config.Height <= 0 {
		return 0, 0, &BadPicture{"The picture has no pixels."}
	}
	if int64(config.Width)*int64(config.Height) > checkedBytes/bytesPerPixel(format, config.ColorModel, f, size) {
		return config.Width, config.Height, nil
	}
	_, _, err = image.Decode(io.NewSectionReader(f, 0, size))
	if err != nil && format == "webp" && !errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil // the header and the length are right; our decoder cannot do animations
	}
	if err != nil {
		return 0, 0, damaged(err)
	}
	return config.Width, config.Height, nil
}

func damaged(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &BadPicture{"The picture is cut off."}
	}
	return &BadPicture{"The picture is damaged (" + err.Error() + ")."}
}
