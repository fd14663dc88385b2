package runner

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tintype/api"
	"tintype/api/demo/demotest"
	"tintype/history"
)

func TestWireInput(t *testing.T) {
	dir := t.TempDir()
	small := demotest.PNG(2, 2)
	picture, page, large := filepath.Join(dir, "a.png"), filepath.Join(dir, "a.html"), filepath.Join(dir, "large.png")
	for path, data := range map[string][]byte{picture: small, page: []byte("<html>"), large: append(small, make([]byte, 1500)...)} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ name, image, sent, refused string }{
		{"an address", "https://example.com/a.png", "https://example.com/a.png", ""},
		{"data", "data:image/png;base64,AA==", "data:image/png;base64,AA==", ""},
		{"nothing", "", "", ""},
		{"a file", picture, "data:image/png;base64," + base64.StdEncoding.EncodeToString(small), ""},
		{"no such file", filepath.Join(dir, "none"), "", "cannot be read"},
		{"no picture", page, "", "no picture"},
		{"a folder", dir, "", "no file"},
		{"too large", large, "", "has 2 kB; inside a request Someone takes at most 1 kB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			entry := history.Entry{Model: "black-forest-labs/flux-dev", Input: map[string]any{"prompt": picture, "image": c.image}}
			sent, sums, err := wireInput(entry, api.Provider{Title: "Someone", MaxDataURI: 1000})
			if c.refused != "" {
				e := api.AsError(err)
				if e == nil || e.Outcome != api.Refused || !strings.Contains(e.Detail, c.refused) {
					t.Fatalf("%+v", e)
				}
				return
			}
			if err != nil || sent["image"] != c.sent || sent["prompt"] != picture || entry.Input["image"] != c.image {
				t.Errorf("%v, %v", sent, err)
			}
			if sum := sums[c.image]; (sum != "") != (c.image == picture) || c.image == picture && len(sum) != 64 {
				t.Errorf("sums are %v", sums)
			}
		})
	}
}

func TestCanonicalInput(t *testing.T) {
	ours := canonicalJSON(map[string]any{"prompt": "x", "seed": int64(7), "go_fast": true, "n": 1})
	theirs := canonicalJSON(map[string]any{"n": float64(1), "go_fast": true, "seed": float64(7), "prompt": "x"})
	if ours != theirs {
		t.Errorf("%s is not %s", ours, theirs)
	}
	if ours == canonicalJSON(map[string]any{"prompt": "x", "seed": 8, "go_fast": true, "n": 1}) {
		t.Error("another seed is the same")
	}
}

func TestTail(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{{"short", 10, "short"}, {"one\ntwo\nthree", 9, "three"}, {"ééé", 3, "é"}, {"", 3, ""}} {
		if got := lastBytes(c.text, c.n); got != c.want {
			t.Errorf("the last %d bytes of %q: %q, want %q", c.n, c.text, got, c.want)
		}
	}
}
