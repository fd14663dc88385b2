package picture

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strconv"

	"tintype/ui/picture/raster"
)

// Thumbnails keeps small copies of pictures in a folder of its own, which may be deleted at any time. Errors of writing are
// ignored: a thumbnail is only a faster way to a picture that is on disk anyway.
type Thumbnails struct {
	dir  string
	side int // pixels of the longer side
}

// The longer sides of the two sizes, in pixels. The small one is enough for a gallery's cells and has a sixteenth of the pixels
// of a picture; the large one is for cells of many pixels.
const (
	smallThumbnail = 256
	largeThumbnail = 512
)

// NewThumbnails uses dir, which it creates when the first thumbnail is written. If dir is "", none is written.
func NewThumbnails(dir string) Thumbnails { return Thumbnails{dir, smallThumbnail} }

// Sized returns the thumbnails of the size that is large enough for a box of cells. ok is false where neither is: then the picture
// itself should be drawn.
func (t Thumbnails) Sized(box Cells, caps Capabilities) (sized Thumbnails, ok bool) {
	w, h := caps.pixelSize(box)
	need := max(w, h) * 4 / 5 // enlarging by a quarter is not seen
	switch {
	case caps.Protocol == Blocks || caps.Protocol == "" || need <= smallThumbnail:
		t.side = smallThumbnail
	case need <= largeThumbnail:
		t.side = largeThumbnail
	default:
		return t, false
	}
	return t, true
}

// Load returns the thumbnail of the picture at path, which it makes where there is none yet or the picture has changed. Info
// describes the picture where it was read, and is zero where the thumbnail existed.
func (t Thumbnails) Load(ctx context.Context, path string, l Limits) (image.Image, Info, error) {
	name, ok := t.fileName(path)
	if ok {
		if small, _, err := Load(ctx, name, Limits{Pixels: int64(t.side) * int64(t.side)}); err == nil {
			return small, Info{}, nil
		}
	}
	img, info, err := Load(ctx, path, l)
	if err != nil {
		return nil, info, err
	}
	small, err := newThumbnail(ctx, img, t.side)
	if err != nil {
		return nil, info, err
	}
	if ok {
		_ = t.save(name, small)
	}
	return small, info, nil
}

// newThumbnail returns img with at most side pixels a side. It never enlarges.
func newThumbnail(ctx context.Context, img image.Image, side int) (*image.RGBA, error) {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if long := max(w, h); long > side {
		w, h = max(1, w*side/long), max(1, h*side/long)
	}
	r, err := raster.Scale(ctx, img, w, h)
	if err != nil {
		return nil, err
	}
	return r.RGBA(), nil
}

// thumbnailVersion is raised when pictures are decoded differently, so that older thumbnails are no longer shown.
const thumbnailVersion = 2

// fileName returns the name of the thumbnail's file. It depends on the picture's size and time, so that a changed picture gets a
// new thumbnail. ok is false where there can be none.
func (t Thumbnails) fileName(path string) (name string, ok bool) {
	stat, err := os.Stat(path)
	if err != nil || t.dir == "" {
		return "", false
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", false
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s\x00%d\x00%d", thumbnailVersion, absolute, stat.Size(), stat.ModTime().UnixNano()))
	return filepath.Join(t.dir, hex.EncodeToString(sum[:12])+"-"+strconv.Itoa(t.side)+".jpg"), true
}

// save writes the file and then renames it, so that no reader sees a partial file.
func (t Thumbnails) save(name string, img image.Image) error {
	if err := os.MkdirAll(t.dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(t.dir, "new-*.jpg")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // does nothing once it was renamed
	err = jpeg.Encode(f, img, &jpeg.Options{Quality: 88})
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
