package pictures

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/HugoSmits86/nativewebp"

	"tintype/history/disk"
	"tintype/history/filelock"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// newStore returns the store that another program would have of the same folder.
func newStore(dir string) *Store {
	return New(dir, disk.System{}, filelock.New(dir, filelock.Options{}))
}

// target returns the only picture of the n-th prediction.
func target(n int, prompt string) Target {
	return Target{Key: fmt.Sprintf("01k%023d", n), Prompt: prompt, Created: noon, Count: 1}
}

func gradient(w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.Set(i%w, i/w, color.NRGBA{uint8(i * 7), uint8(i * 13), uint8(i * 31), 255})
	}
	return img
}

func encode(t testing.TB, format string, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch format {
	case "png":
		err = png.Encode(&b, gradient(w, h))
	case "jpg":
		err = jpeg.Encode(&b, gradient(w, h), nil)
	case "gif":
		err = gif.Encode(&b, gradient(w, h), nil)
	case "webp":
		if w*h == 1 { // nativewebp panics on a picture of one colour
			return lossyWebP(t)
		}
		err = nativewebp.Encode(&b, gradient(w, h), nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lossyWebP returns the smallest lossy WebP, one pixel, which web pages use to detect support of the format.
func lossyWebP(t testing.TB) []byte {
	data, err := base64.StdEncoding.DecodeString("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func save(t testing.TB, s *Store, to Target, data []byte) (Saved, error) {
	t.Helper()
	p, err := s.Begin(to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write(data); err != nil {
		t.Fatal(err)
	}
	return p.Commit()
}

func TestPicturesAreNamedByTheirFormat(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := newStore(dir)
	n := 0
	for _, format := range []string{"png", "jpg", "gif", "webp"} {
		for _, side := range []int{1, 50} {
			n++
			to := target(n, "A paper boat!")
			data := encode(t, format, side, side)
			out, err := save(t, s, to, data)
			if err != nil {
				t.Errorf("%s %d: %v", format, side, err)
				continue
			}
			want := fmt.Sprintf("pictures/2026-11-20-a-paper-boat-%s.%s", to.Key, format)
			if out.Path != want || out.Width != side || out.Height != side || out.Bytes != int64(len(data)) || len(out.SHA256) != 64 {
				t.Errorf("%+v, want %s", out, want)
			}
			if stored, _ := os.ReadFile(filepath.Join(dir, out.Path)); !bytes.Equal(stored, data) {
				t.Errorf("%s: the file has other bytes", out.Path)
			}
		}
	}
	partial, _ := filepath.Glob(filepath.Join(dir, "pictures/*.part*"))
	locks, _ := filepath.Glob(filepath.Join(dir, "running/*"))
	if len(partial)+len(locks) > 0 {
		t.Error("files left behind:", partial, locks)
	}
}

// TestI09PictureBeforeClaimEveryCut: a picture that is truncated at any byte is recognised as incomplete.
func TestI09PictureBeforeClaimEveryCut(t *testing.T) {
	t.Parallel()
	// The last bytes of a PNG (IEND) and a GIF (trailer) add nothing to the pixels; the end of a JPEG is two bytes.
	for format, rest := range map[string]int{"png": 12, "jpg": 2, "gif": 12, "webp": 1} {
		data := encode(t, format, 9, 9)
		for cut := 12; cut < len(data)-rest; cut++ {
			ext, _, _, err := inspect(bytes.NewReader(data[:cut]), int64(cut))
			var invalid *InvalidError
			if !errors.As(err, &invalid) {
				t.Fatalf("%s cut at %d of %d: %q, %v", format, cut, len(data), ext, err)
			}
		}
	}
}

// TestI10NoHalfPictureCutOff: nothing of a truncated picture is kept.
func TestI10NoHalfPictureCutOff(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data := encode(t, "webp", 9, 9)
	_, err := save(t, newStore(dir), target(1, "cut"), data[:len(data)/2])
	var invalid *InvalidError
	if !errors.As(err, &invalid) {
		t.Error(err)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "pictures/*")); len(names) > 0 {
		t.Error(names)
	}
}

func TestDownloadIsResumed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data := encode(t, "png", 40, 40)
	s, to := newStore(dir), target(1, "boat")
	p, err := s.Begin(to)
	if err != nil {
		t.Fatal(err)
	}
	p.SetETag(`"v1"`)
	if _, err := p.Write(data[:100]); err != nil {
		t.Fatal(err)
	}
	if _, err := newStore(dir).Begin(to); !errors.Is(err, ErrBusy) {
		t.Errorf("two programs download the same picture: %v", err)
	}
	_ = p.Close()
	p, err = newStore(dir).Begin(to)
	if err != nil || p.Offset() != 100 || p.ETag() != `"v1"` {
		t.Fatalf("at %d of %q, %v", p.Offset(), p.ETag(), err)
	}
	if _, err := p.Write(data[100:]); err != nil {
		t.Fatal(err)
	}
	if out, err := p.Commit(); err != nil || out.Width != 40 {
		t.Errorf("%+v %v", out, err)
	}
	to.Index, to.Count = 1, 2
	p, _ = s.Begin(to)
	_, _ = p.Write(data[:100])
	_ = p.Close()
	p, _ = s.Begin(to)
	if p.Offset() != 0 {
		t.Error("bytes without an ETag were resumed")
	}
	_ = p.Close()
}

// TestI10NoHalfPictureOverwrites: saving the same picture again reuses its name; another picture gets another name.
func TestI10NoHalfPictureOverwrites(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, to := newStore(dir), target(1, "boat")
	first, err := save(t, s, to, encode(t, "png", 3, 3))
	if err != nil {
		t.Fatal(err)
	}
	same, err := save(t, s, to, encode(t, "png", 3, 3))
	if err != nil || same != first {
		t.Errorf("the same picture again: %+v, %v", same, err)
	}
	other, err := save(t, s, to, encode(t, "png", 4, 4))
	if err != nil || other.Path == first.Path {
		t.Errorf("another picture: %+v, %v", other, err)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, first.Path)); !bytes.Equal(data, encode(t, "png", 3, 3)) {
		t.Error("the first picture changed")
	}
}

// TestSecurityNamesKind: a file that is no picture of a known format gets an extension that no program opens, whatever its URL
// says.
func TestSecurityNamesKind(t *testing.T) {
	t.Parallel()
	s := newStore(t.TempDir())
	for i, text := range []string{"<svg onload=x>", "<!doctype html>", "MZ\x90"} {
		out, err := save(t, s, target(i, "x"), []byte(text))
		if err != nil || filepath.Ext(out.Path) != ".bin" || out.Width != 0 {
			t.Errorf("%q: %+v %v", text, out, err)
		}
	}
	if _, err := save(t, s, target(9, "x"), nil); err == nil {
		t.Error("an empty picture was saved")
	}
}

// TestSizeIsUpright: the size of a picture that is stored on its side is that of the upright one.
func TestSizeIsUpright(t *testing.T) {
	t.Parallel()
	file := encode(t, "jpg", 50, 20)
	tag := "Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"
	file = append(append(file[:2:2], append([]byte{0xff, 0xe1, 0, byte(len(tag) + 2)}, tag...)...), file[2:]...)
	out, err := save(t, newStore(t.TempDir()), target(1, "sideways"), file)
	if err != nil || out.Width != 20 || out.Height != 50 {
		t.Errorf("%d×%d, %v", out.Width, out.Height, err)
	}
}
