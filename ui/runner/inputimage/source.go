package inputimage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/image/bmp"

	"tintype/history/imagekind"
	"tintype/ui/picture/imagefile"
	"tintype/ui/picture/raster"
)

// What is read of a picture to make a copy that fits.
const (
	maxFile   = 512 << 20 // bytes of the file
	maxMemory = 512 << 20 // bytes that decoding takes: 128 megapixels of PNG, or 70 of progressive JPEG
)

// source is a picture file that is open.
type source struct {
	path   string
	f      *os.File
	size   int64
	kind   imagekind.Kind
	header *imagefile.File // nil for BMP, which models do not take
	config image.Config    // of BMP
}

// openSource opens a picture that can be decoded. The error is a refusal.
func openSource(ctx context.Context, path string) (*source, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, unreadable(path, err)
	case !info.Mode().IsRegular():
		return nil, refuse("The input image is not a file: %s.", path)
	case info.Size() > maxFile:
		return nil, refuse("The input image %s has %s, which is too much to make a copy of. Save a smaller one, or give its URL.", filepath.Base(path), sizeText(info.Size()))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	s := &source{path: path, f: f, size: info.Size()}
	if err := s.readHeader(ctx); err != nil {
		f.Close()
		return nil, err
	}
	return s, nil
}

// unreadable is the refusal of a file that cannot be opened.
func unreadable(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse("There is no file for the input image: %s.", path)
	case errors.Is(err, fs.ErrPermission):
		return refuse("You have no right to read the input image: %s.", path)
	}
	return refuse("The input image cannot be read: %s.", path)
}

func (s *source) close() { s.f.Close() }

// name names the picture at the beginning of a sentence.
func (s *source) name() string { return "The input image " + filepath.Base(s.path) }

func (s *source) readHeader(ctx context.Context) (err error) {
	head := make([]byte, min(s.size, imagekind.HeadSize))
	if _, err := s.f.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return refuse("The input image cannot be read: %s.", s.path)
	}
	s.kind = imagekind.Of(head)
	switch s.kind.Name {
	case "":
		return refuse("The input image is not a picture: %s.", s.path)
	case "BMP":
		s.config, err = bmp.DecodeConfig(s.reader())
	default:
		if err := checkKind(s.kind, s.name()); err != nil {
			return err
		}
		s.header, err = imagefile.Open(ctx, s.f, s.size)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return refuse("%s is damaged: %s.", s.name(), s.path)
	case s.header != nil && !s.header.IsComplete():
		return s.cutOff()
	}
	return nil
}

func (s *source) cutOff() error {
	return refuse("%s is cut off or damaged, so save or fetch it again: %s.", s.name(), s.path)
}

func (s *source) reader() io.Reader { return io.NewSectionReader(s.f, 0, s.size) }

// pixels is the size of the picture, upright.
func (s *source) pixels() image.Point {
	if s.header == nil {
		return image.Pt(s.config.Width, s.config.Height)
	}
	return image.Pt(s.header.Width, s.header.Height)
}

// memory is how many bytes decoding takes.
func (s *source) memory() int64 {
	if s.header != nil {
		return s.header.Memory
	}
	const pixel = 4
	return pixel * int64(s.config.Width) * int64(s.config.Height)
}

// isUpright reports whether a program that ignores EXIF shows the picture upright.
func (s *source) isUpright() bool { return s.header != nil && s.header.IsUpright() }

// sum returns the SHA-256 of the file.
func (s *source) sum() (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, s.reader()); err != nil {
		return "", refuse("The input image cannot be read: %s.", s.path)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// errRare means that a picture is not damaged, but of a kind of JPEG that is not decoded here.
var errRare = errors.New("a rare kind of JPEG")

// decode decodes the picture, upright and in sRGB. done must be called when the picture is not needed any more. The error is errRare,
// the context's, or a refusal.
func (s *source) decode(ctx context.Context) (img image.Image, done func(), err error) {
	if s.memory() > maxMemory {
		return nil, nil, refuse("%s has %d megapixels, which is too much to make a copy of. Save a smaller one, or give its URL.", s.name(), s.pixels().X*s.pixels().Y/1e6)
	}
	done, err = imagefile.TakeTurn(ctx, s.memory())
	if err != nil {
		return nil, nil, err
	}
	img, partial, err := s.decodePixels(ctx)
	var rare jpeg.UnsupportedError
	switch {
	case ctx.Err() != nil:
		err = ctx.Err()
	case errors.As(err, &rare):
		err = errRare
	case err != nil || partial:
		err = s.cutOff()
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return img, done, nil
}

func (s *source) decodePixels(ctx context.Context) (img image.Image, partial bool, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("the decoder panicked")
		}
	}()
	if s.header != nil {
		return s.header.Decode(ctx)
	}
	img, err = bmp.Decode(s.reader())
	return img, false, err
}

// isLossy reports whether a decoded picture was encoded with loss, so that encoding it without would only keep its faults.
func isLossy(img image.Image) bool {
	if view, ok := img.(*raster.View); ok {
		img = view.Image
	}
	_, ok := img.(*raster.Planes)
	return ok
}

// isOpaque reports whether a decoded picture has no transparent pixels.
func isOpaque(img image.Image) bool {
	switch m := img.(type) {
	case *raster.View:
		return isOpaque(m.Image)
	case *raster.Planes:
		return m.Alpha == nil
	case interface{ Opaque() bool }:
		return m.Opaque()
	}
	return false
}
