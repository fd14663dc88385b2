package inputimage

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tintype/api"
	"tintype/api/demo/demotest"
	"tintype/api/model"
)

// TestEncode: only files become data: URIs, and what cannot be sent is refused.
func TestEncode(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data := demotest.PNG(2, 2)
	picture, page, large := filepath.Join(dir, "a.png"), filepath.Join(dir, "a.html"), filepath.Join(dir, "large.png")
	for path, content := range map[string][]byte{picture: data, page: []byte("<html>"), large: noise(t, 90, 90)} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ name, image, sent, refused string }{
		{"an address", "https://example.com/a.png", "https://example.com/a.png", ""},
		{"data", "data:image/png;base64,AA==", "data:image/png;base64,AA==", ""},
		{"nothing", "", "", ""},
		{"a file", picture, "data:image/png;base64," + base64.StdEncoding.EncodeToString(data), ""},
		{"no such file", filepath.Join(dir, "none"), "", "There is no file"},
		{"no picture", page, "", "not a picture"},
		{"a folder", dir, "", "not a file"},
		{"too large", large, "", "cannot be made small enough: Someone takes at most 1 kB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			input := map[string]any{"prompt": picture, "image": c.image}
			sent, copies, err := Encode(t.Context(), model.Find("black-forest-labs/flux-dev"), input, api.Provider{Title: "Someone", MaxDataURI: 700})
			if c.refused != "" {
				e := api.AsError(err)
				if e == nil || e.Outcome != api.Refused || !strings.Contains(e.Detail, c.refused) {
					t.Fatalf("%+v", e)
				}
				return
			}
			if err != nil || sent["image"] != c.sent || sent["prompt"] != picture || input["image"] != c.image {
				t.Errorf("%v, %v", sent, err)
			}
			if sum := copies[c.image].SHA256; (sum != "") != (c.image == picture) || c.image == picture && len(sum) != 64 {
				t.Errorf("the sum is %q", sum)
			}
		})
	}
}

// TestEncodeTurnsUpright: a photo that lies on its side is sent upright, and the journal gets the sum of the file as it is on the disk.
// One that is upright is sent byte by byte.
func TestEncodeTurnsUpright(t *testing.T) {
	t.Parallel()
	photo := func(orientation byte) []byte {
		file, tag := demotest.JPEG(40, 20), []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00")
		tag = append(tag, orientation, 0, 0, 0, 0, 0, 0, 0)
		return slices.Concat(file[:2], []byte{0xff, 0xe1, 0, byte(len(tag) + 2)}, tag, file[2:])
	}
	for orientation := range byte(9) {
		path, content := filepath.Join(t.TempDir(), "photo.jpg"), photo(orientation)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		sent, copies, err := Encode(t.Context(), model.Find("flux-2-pro"), map[string]any{"input_images": []string{path}}, api.Provider{Title: "Someone", MaxDataURI: 100_000})
		if err != nil {
			t.Fatal(err)
		}
		uri, _ := sent["input_images"].([]any)[0].(string)
		data, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(uri, "data:image/jpeg;base64,"))
		if err != nil {
			t.Fatal(err)
		}
		config, err := jpeg.DecodeConfig(bytes.NewReader(data))
		want := image.Pt(40, 20)
		if orientation >= 5 {
			want = image.Pt(20, 40)
		}
		if err != nil || image.Pt(config.Width, config.Height) != want || bytes.Contains(data, []byte("Exif")) != (orientation < 2) {
			t.Errorf("orientation %d is sent with %d×%d, %v", orientation, config.Width, config.Height, err)
		}
		if bytes.Equal(data, content) != (orientation < 2) {
			t.Errorf("orientation %d: changed %v", orientation, !bytes.Equal(data, content))
		}
		if sum := sha256.Sum256(content); copies[path].SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("orientation %d: the sum is not the file's", orientation)
		}
	}
}

// TestUnfitImagesAreRefused: what a model would not take is refused before it is bought, with what it is.
func TestUnfitImagesAreRefused(t *testing.T) {
	t.Parallel()
	for want, content := range map[string]string{
		"The input image picture is AVIF, which tintype cannot convert: it takes WebP, PNG, JPEG, GIF and BMP.": "\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf",
		"The input image picture is SVG, which tintype cannot convert: it takes WebP, PNG, JPEG, GIF and BMP.":  "<svg/>",
		"The input image picture is cut off or damaged, so save or fetch it again: ":                            string(demotest.PNG(9, 9)[:60]),
		"The input image picture is damaged: ":                                                                  "\xff\xd8\xff\xe0",
		"The input image is not a picture: ":                                                                    "root:x:0:0",
	} {
		path := filepath.Join(t.TempDir(), "picture")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		p := api.Provider{Title: "Someone", MaxDataURI: 100_000}
		if _, err := (Importer{Provider: p}).Import(t.Context(), path); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("import: %v, want %s", err, want)
		}
		_, _, err := Encode(t.Context(), model.Find("flux-2-pro"), map[string]any{"input_images": []string{path}}, p)
		if e := api.AsError(err); e == nil || e.Outcome != api.Refused || !strings.HasPrefix(e.Detail, want) {
			t.Errorf("encode: %v, want %s", err, want)
		}
	}
}
