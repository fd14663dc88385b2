package history

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
	"strings"
	"testing"

	"github.com/HugoSmits86/nativewebp"
)

func painted(w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.Set(i%w, i/w, color.NRGBA{uint8(i * 7), uint8(i * 13), uint8(i * 31), 255})
	}
	return img
}

func encoded(t testing.TB, kind string, w, h int) []byte {
	var b bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&b, painted(w, h))
	case "jpg":
		err = jpeg.Encode(&b, painted(w, h), nil)
	case "gif":
		err = gif.Encode(&b, painted(w, h), nil)
	case "webp":
		if w*h == 1 { // nativewebp panics on a picture of one colour
			return tinyWebP(t)
		}
		err = nativewebp.Encode(&b, painted(w, h), nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tinyWebP is the smallest lossy WebP, one pixel (it is how web pages find out whether a browser knows the format).
func tinyWebP(t testing.TB) []byte {
	data, err := base64.StdEncoding.DecodeString("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func saved(t testing.TB, h *History, e Entry, output int, data []byte) (Output, error) {
	t.Helper()
	p, err := h.Download(e, output)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write(data); err != nil {
		t.Fatal(err)
	}
	return p.Commit()
}

func drawer(t testing.TB, h *History, text string) Entry {
	return must(t, h, NewKey(noon), func(e Entry) Entry {
		e = prompt(text)(e)
		e.Outputs = []Output{{URL: "https://example.com/../../etc/passwd.exe"}}
		return e
	})
}

func TestPicturesAreSavedByTheirKind(t *testing.T) {
	h := open(t, t.TempDir())
	for _, kind := range []string{"png", "jpg", "gif", "webp"} {
		for _, side := range []int{1, 50} {
			e := drawer(t, h, "A paper boat!")
			data := encoded(t, kind, side, side)
			out, err := saved(t, h, e, 0, data)
			if err != nil {
				t.Errorf("%s %d: %v", kind, side, err)
				continue
			}
			want := fmt.Sprintf("pictures/2026-11-20-a-paper-boat-%s.%s", e.Key, kind)
			if out.Path != want || out.Width != side || out.Height != side || out.Bytes != int64(len(data)) || len(out.SHA256) != 64 {
				t.Errorf("%+v, want %s", out, want)
			}
			if out.URL == "" {
				t.Error("the output lost its URL")
			}
			if on, _ := os.ReadFile(h.Path(out.Path)); !bytes.Equal(on, data) {
				t.Errorf("%s: other bytes on the disk", out.Path)
			}
		}
	}
	left, _ := filepath.Glob(h.Path("pictures/*.part*"))
	locks, _ := filepath.Glob(h.Path("running/*"))
	if len(left)+len(locks) > 0 {
		t.Error("left behind:", left, locks)
	}
}

// TestI09PictureBeforeClaimEveryCut: a picture that ends at any of its bytes is known to be none.
func TestI09PictureBeforeClaimEveryCut(t *testing.T) {
	// What ends a png (IEND) and a gif (a byte) tells nothing that the pixels did not; a jpeg's end is two bytes.
	for kind, rest := range map[string]int{"png": 12, "jpg": 2, "gif": 12, "webp": 1} {
		data := encoded(t, kind, 9, 9)
		for cut := 12; cut < len(data)-rest; cut++ {
			ext, _, _, err := measure(bytes.NewReader(data[:cut]), int64(cut))
			var bad *BadPicture
			if !errors.As(err, &bad) {
				t.Fatalf("%s cut at %d of %d: %q, %v", kind, cut, len(data), ext, err)
			}
		}
	}
}

// TestI10NoHalfPictureCutOff: of a picture that was cut off nothing is kept.
func TestI10NoHalfPictureCutOff(t *testing.T) {
	h := open(t, t.TempDir())
	data := encoded(t, "webp", 9, 9)
	_, err := saved(t, h, drawer(t, h, "cut"), 0, data[:len(data)/2])
	var bad *BadPicture
	if !errors.As(err, &bad) {
		t.Error(err)
	}
	if names, _ := filepath.Glob(h.Path("pictures/*")); len(names) > 0 {
		t.Error(names)
	}
}

func TestAPartGoesOn(t *testing.T) {
	dir := t.TempDir()
	data := encoded(t, "png", 40, 40)
	h := open(t, dir)
	e := drawer(t, h, "boat")
	p, err := h.Download(e, 0)
	if err != nil {
		t.Fatal(err)
	}
	p.SetETag(`"v1"`)
	if _, err := p.Write(data[:100]); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, dir).Download(e, 0); !errors.Is(err, ErrDownloadBusy) {
		t.Errorf("two programs have the same part: %v", err)
	}
	_ = p.Close()
	p, err = open(t, dir).Download(e, 0)
	if err != nil || p.Offset() != 100 || p.ETag() != `"v1"` {
		t.Fatalf("at %d of %q, %v", p.Offset(), p.ETag(), err)
	}
	if _, err := p.Write(data[100:]); err != nil {
		t.Fatal(err)
	}
	if out, err := p.Commit(); err != nil || out.Width != 40 {
		t.Errorf("%+v %v", out, err)
	}
	p, _ = h.Download(e, 1)
	_, _ = p.Write(data[:100])
	_ = p.Close()
	p, _ = h.Download(e, 1)
	if p.Offset() != 0 {
		t.Error("bytes of which nobody knows the version are gone on with")
	}
	_ = p.Discard()
}

// TestI10NoHalfPictureOverwrites: the same picture again takes the name it has, another one a name of its own.
func TestI10NoHalfPictureOverwrites(t *testing.T) {
	h := open(t, t.TempDir())
	e := drawer(t, h, "boat")
	first, err := saved(t, h, e, 0, encoded(t, "png", 3, 3))
	if err != nil {
		t.Fatal(err)
	}
	same, err := saved(t, h, e, 0, encoded(t, "png", 3, 3))
	if err != nil || same != first {
		t.Errorf("the same picture again: %+v, %v", same, err)
	}
	other, err := saved(t, h, e, 0, encoded(t, "png", 4, 4))
	if err != nil || other.Path == first.Path {
		t.Errorf("another picture: %+v, %v", other, err)
	}
	if data, _ := os.ReadFile(h.Path(first.Path)); !bytes.Equal(data, encoded(t, "png", 3, 3)) {
		t.Error("the first picture changed")
	}
}

// TestSecurityNamesKind: what is no picture that we know gets a name that no viewer obeys, whatever its URL says. Rule “extension from
// magic bytes”.
func TestSecurityNamesKind(t *testing.T) {
	h := open(t, t.TempDir())
	for _, text := range []string{"<svg onload=x>", "<!doctype html>", "MZ\x90"} {
		out, err := saved(t, h, drawer(t, h, "x"), 0, []byte(text))
		if err != nil || filepath.Ext(out.Path) != ".bin" || out.Width != 0 {
			t.Errorf("%q: %+v %v", text, out, err)
		}
	}
	if _, err := saved(t, h, drawer(t, h, "x"), 0, nil); err == nil {
		t.Error("an empty picture was saved")
	}
}

// TestSecurityNamesSlug: of a prompt a name has plain words. Rule “alphabet a-z, 0-9, -”.
func TestSecurityNamesSlug(t *testing.T) {
	for text, want := range map[string]string{
		"A paper boat, floating.":    "a-paper-boat-floating",
		"Café à la crème":            "cafe-a-la-creme",
		"一只小船":                       "picture",
		"../../etc/passwd":           "etc-passwd",
		"CON":                        "con",
		"don't":                      "dont",
		"":                           "picture",
		strings.Repeat("a", 300):     strings.Repeat("a", 44),
		strings.Repeat("boats ", 50): "boats-boats-boats-boats-boats-boats-boats",
	} {
		if got := slug(text, slugLimit); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzPictureName(f *testing.F) {
	f.Add("a boat", "01kahz", 0, 1, 0)
	f.Add("..\\..//\x00", "../..", 3, 9, 2)
	f.Add(strings.Repeat("ab", 60), strings.Repeat("z9", 20), 998, 999, 98)
	f.Add(strings.Repeat("x ", 60), strings.Repeat("z9", 20), -999, 1, 98)
	f.Fuzz(func(t *testing.T, text, key string, output, outputs, again int) {
		name := pictureName(noon, text, key, output%1000, outputs%1000, again%100, ".webp")
		ok := strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") == ""
		if !ok || !filepath.IsLocal(name) || filepath.Base(name) != name || len(name) > 100 || strings.Count(name, ".") != 1 {
			t.Errorf("%q", name)
		}
	})
}
