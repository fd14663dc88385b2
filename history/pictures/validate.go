package pictures

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // registers the decoder, as do the following
	"image/jpeg"
	_ "image/png"
	"io"

	_ "golang.org/x/image/webp"

	"tintype/history/imagekind"
)

// decodeLimit is the most memory that decoding a picture may take, in bytes. A larger picture is saved after a look at its header;
// it is not displayed.
const decodeLimit = 64 << 20

// An InvalidError means that what was downloaded is not a picture, or is incomplete.
type InvalidError struct{ Sentence string }

func (e *InvalidError) Error() string { return e.Sentence }

// extension returns the extension of a kind that is recognised by its first bytes; names and headers of a server are not trusted.
// Anything else is ".bin", which no program opens or runs.
func extension(head []byte) string {
	if ext := imagekind.Of(head).Ext; ext != "" {
		return ext
	}
	return ".bin"
}

// inspect checks that a file of size bytes is complete, and returns its extension and its size in pixels (0 for formats that
// cannot be decoded).
func inspect(f io.ReaderAt, size int64) (ext string, w, h int, err error) {
	if size == 0 {
		return "", 0, 0, &InvalidError{"The picture is empty."}
	}
	head := make([]byte, min(size, imagekind.HeadSize))
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
	if imagekind.Orientation(imagekind.Of(head), f, size) >= 5 {
		w, h = h, w // the size of the picture when it is upright
	}
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
	if imagekind.Memory(kindOf(format), config.ColorModel, config.Width, config.Height, f, size) > decodeLimit {
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

// kindOf returns the kind of a format as package image names it, where it matters for the memory.
func kindOf(format string) imagekind.Kind {
	if format == "jpeg" {
		return imagekind.JPEG
	}
	return imagekind.Kind{}
}

func invalid(err error) error {
	var unsupported jpeg.UnsupportedError
	if errors.As(err, &unsupported) {
		return nil // it is not damaged, only rare
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &InvalidError{"The picture is cut off."}
	}
	return &InvalidError{"The picture is damaged (" + err.Error() + ")."}
}
