package picture

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tintype/ui/picture/imagetest"
)

func TestThumbnails(t *testing.T) {
	var file bytes.Buffer
	if err := png.Encode(&file, imagetest.Gradient(600, 300)); err != nil {
		t.Fatal(err)
	}
	path := writeFile(t, "boat.png", file.Bytes())
	dir := filepath.Join(t.TempDir(), "thumbnails")
	thumbs := NewThumbnails(dir)
	for i := range 2 {
		img, info, err := thumbs.Load(t.Context(), path, Limits{})
		if err != nil || img.Bounds().Size() != image.Pt(256, 128) {
			t.Fatalf("%v, %v", img.Bounds(), err)
		}
		if (info == Info{}) != (i == 1) {
			t.Errorf("load %d: info %v", i, info)
		}
		imagetest.WantSimilar(t, img, imagetest.Gradient(600, 300), 14)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files, %v", len(files), err)
	}

	if err := os.WriteFile(filepath.Join(dir, files[0].Name()), []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, info, err := thumbs.Load(t.Context(), path, Limits{}); err != nil || info.Width != 600 {
		t.Errorf("a damaged thumbnail: %v, %v", info, err)
	}
	if err := os.Chtimes(path, time.Time{}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if _, info, _ := thumbs.Load(t.Context(), path, Limits{}); info.Width != 600 {
		t.Error("an outdated thumbnail is used")
	}
	if _, _, err := NewThumbnails("").Load(t.Context(), path, Limits{}); err != nil {
		t.Errorf("without a folder: %v", err)
	}
}

func TestThumbnailNeverEnlarges(t *testing.T) {
	small, err := newThumbnail(t.Context(), imagetest.Gradient(3, 2), smallThumbnail)
	if err != nil || small.Bounds().Size() != image.Pt(3, 2) {
		t.Errorf("%v, %v", small.Bounds(), err)
	}
	thin, err := newThumbnail(t.Context(), imagetest.Gradient(5000, 2), smallThumbnail)
	if err != nil || thin.Bounds().Size() != image.Pt(256, 1) {
		t.Errorf("%v, %v", thin.Bounds(), err)
	}
	if err := jpeg.Encode(&bytes.Buffer{}, thin, nil); err != nil {
		t.Error(err)
	}
}

// TestThumbnailSizes uses a larger thumbnail for what is drawn in many pixels, and keeps it beside the small one.
func TestThumbnailSizes(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "large.png")
	var b bytes.Buffer
	if err := png.Encode(&b, imagetest.Gradient(1000, 500)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	thumbs := NewThumbnails(filepath.Join(dir, "thumbs"))
	kitty := Capabilities{Protocol: Kitty, CellWidth: 18, CellHeight: 36}
	for _, c := range []struct {
		box  Cells
		caps Capabilities
		want int // pixels of the longer side; 0 for the picture itself
	}{
		{Cells{22, 11}, Capabilities{Protocol: Blocks, CellWidth: 18, CellHeight: 36}, 256},
		{Cells{22, 11}, Capabilities{Protocol: Kitty, CellWidth: 9, CellHeight: 18}, 256},
		{Cells{22, 11}, kitty, 512},
		{Cells{52, 26}, kitty, 0},
	} {
		sized, ok := thumbs.Sized(c.box, c.caps)
		if ok != (c.want > 0) {
			t.Errorf("%v: a thumbnail is large enough: %v", c.box, ok)
		}
		if !ok {
			continue
		}
		for range 2 { // written, then read
			img, _, err := sized.Load(t.Context(), path, Limits{})
			if err != nil || img.Bounds().Dx() != c.want || img.Bounds().Dy() != c.want/2 {
				t.Errorf("%v: %v, %v, want %d wide", c.box, img, err, c.want)
			}
		}
	}
	if files, err := os.ReadDir(filepath.Join(dir, "thumbs")); err != nil || len(files) != 2 {
		t.Errorf("%d thumbnails, %v", len(files), err)
	}
}
