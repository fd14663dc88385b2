package inputimage

import (
	"encoding/base64"
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
	for path, content := range map[string][]byte{picture: data, page: []byte("<html>"), large: append(slices.Clone(data), make([]byte, 1500)...)} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ name, image, sent, refused string }{
		{"an address", "https://example.com/a.png", "https://example.com/a.png", ""},
		{"data", "data:image/png;base64,AA==", "data:image/png;base64,AA==", ""},
		{"nothing", "", "", ""},
		{"a file", picture, "data:image/png;base64," + base64.StdEncoding.EncodeToString(data), ""},
		{"no such file", filepath.Join(dir, "none"), "", "cannot be read"},
		{"no picture", page, "", "no picture"},
		{"a folder", dir, "", "no file"},
		{"too large", large, "", "has 2 kB; inside a request Someone takes at most 1 kB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			input := map[string]any{"prompt": picture, "image": c.image}
			sent, sums, err := Encode(model.Find("black-forest-labs/flux-dev"), input, api.Provider{Title: "Someone", MaxDataURI: 1000})
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
			if sum := sums[c.image]; (sum != "") != (c.image == picture) || c.image == picture && len(sum) != 64 {
				t.Errorf("sums are %v", sums)
			}
		})
	}
}
