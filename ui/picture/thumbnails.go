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
)

// Thumbnails keeps small copies of pictures in a folder of its own. All of it may be deleted at any time; what cannot be
// written is left out without a word, since a thumbnail is only a faster way to what is on disk anyway.
type Thumbnails struct {
	dir  string
	side int // pixels of the longer side
}

// NewThumbnails uses dir, which it makes when the first one is written.
func NewThumbnails(dir string) Thumbnails { return Thumbnails{dir, smallThumbnail} }

// largeThumbnail is the longer side of a large thumbnail, for cells of many pixels.
const largeThumbnail = 512

// Sized gives the thumbnails that are large enough for a box of cells, of one of two sizes. ok is false where neither is,
// and the picture itself should be drawn.
func (t Thumbnails) Sized(box Cells, caps Capabilities) (sized Thumbnails, ok bool) {
	w, h := caps.pixelSize(box)
	need := max(w, h) * 4 / 5 // a quarter more is enlarged without being seen
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

// Load gives the thumbnail of the picture at path, made from the picture where there is none yet, or where it changed. Info is the
// picture's own where it was read, and zero where the thumbnail was there.
func (t Thumbnails) Load(ctx context.Context, path string, l Limits) (image.Image, Info, error) {
	name, known := t.fileName(path)
	if known {
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
	if known {
		_ = t.save(name, small)
	}
	return small, info, nil
}

// fileName is where the thumbnail of this state of a picture stands: another one after it changed.
func (t Thumbnails) fileName(path string) (name string, known bool) {
	stat, err := os.Stat(path)
	if err != nil || t.dir == "" {
		return "", false
	}
	whole, err := filepath.Abs(path)
	if err != nil {
		return "", false
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%d", whole, stat.Size(), stat.ModTime().UnixNano()))
	return filepath.Join(t.dir, hex.EncodeToString(sum[:12])+"-"+strconv.Itoa(t.side)+".jpg"), true
}

// save puts the file in place whole or not at all.
func (t Thumbnails) save(name string, img image.Image) error {
	if err := os.MkdirAll(t.dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(t.dir, "new-*.jpg")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // there is none any more once it was renamed
	err = jpeg.Encode(f, img, &jpeg.Options{Quality: 88})
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
