package inputimage

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"tintype/api"
	"tintype/api/demo/demotest"
	"tintype/api/model"
)

// TestImport: URLs, paths as terminals and file managers paste them, and data: URIs.
func TestImport(t *testing.T) {
	home := t.TempDir()
	data := demotest.PNG(2, 2)
	file := filepath.Join(home, "my boat.png")
	for path, b := range map[string][]byte{file: data, filepath.Join(home, "notes.txt"): []byte("no picture")} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(home)
	uri := "data:image/png;base64," + base64.StdEncoding.EncodeToString(data)
	importer := Importer{Home: home, Folder: filepath.Join(home, "inputs"), Provider: api.Provider{Title: "Someone", MaxDataURI: 1000}}
	for _, c := range []struct{ typed, want, refused string }{
		{"https://example.com/a.png", "https://example.com/a.png", ""},
		{"~/my boat.png", file, ""},
		{"my boat.png", file, ""},
		{"'" + file + "'", file, ""},
		{"file://" + strings.ReplaceAll(file, " ", "%20"), file, ""},
		{strings.ReplaceAll(file, " ", `\ `), file, ""},
		{"ftp://example.com/a.png", "ftp://example.com/a.png", ""}, // for the model to refuse
		{"none.png", "", "There is no file"},
		{"notes.txt", "", "is not a picture"},
		{"data:image/png;base64,AAAA", "", "holds no picture"},
		{"data:image/png;base64,!", "", "damaged"},
		{"data:image/png,abc", "", "looks like"},
	} {
		if runtime.GOOS == "windows" && strings.ContainsAny(c.typed, `\`) {
			continue
		}
		got, err := importer.Import(t.Context(), c.typed)
		if c.refused != "" {
			if err == nil || !strings.Contains(err.Error(), c.refused) {
				t.Errorf("%q: %q, %v; want a refusal with %q", c.typed, got, err, c.refused)
			}
			continue
		}
		if err != nil || got != c.want {
			t.Errorf("%q is imported as %q, %v; want %q", c.typed, got, err, c.want)
		}
	}
	kept, err := importer.Import(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	again, err := importer.Import(t.Context(), uri)
	saved, _ := os.ReadFile(kept)
	if err != nil || again != kept || !bytes.Equal(saved, data) || filepath.Dir(kept) != importer.Folder {
		t.Errorf("the data is kept as %q and %q (%v), %d bytes", kept, again, err, len(saved))
	}
}

// TestResolve imports the images of an input, and nothing else.
func TestResolve(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile("a.png", demotest.PNG(2, 2), 0o600); err != nil {
		t.Fatal(err)
	}
	importer := Importer{Provider: api.Provider{Title: "Someone", MaxDataURI: 1000}}
	given := map[string]any{"prompt": "a.png", "input_images": []string{"a.png", "https://x/b.png"}}
	resolved, err := importer.Resolve(t.Context(), model.Find("flux-2-pro"), given)
	want := map[string]any{"prompt": "a.png", "input_images": []any{filepath.Join(dir, "a.png"), "https://x/b.png"}}
	if err != nil || !reflect.DeepEqual(resolved, want) {
		t.Errorf("resolved to %v, %v", resolved, err)
	}
	if list := given["input_images"].([]string); list[0] != "a.png" {
		t.Errorf("the given input was changed to %v", given)
	}
	if _, err := importer.Resolve(t.Context(), model.Find("flux-2-pro"), map[string]any{"input_images": []string{"gone.png"}}); err == nil {
		t.Error("a missing file was accepted")
	}
}

// TestInAFolder: relative paths and patterns are those from the folder, whatever signs its name has.
func TestInAFolder(t *testing.T) {
	home := t.TempDir()
	folder := filepath.Join(home, "my [a] folder")
	if err := os.MkdirAll(filepath.Join(folder, "refs"), 0o700); err != nil {
		t.Fatal(err)
	}
	one, two := filepath.Join(folder, "refs", "one.png"), filepath.Join(home, "two.png")
	for _, path := range []string{one, two} {
		if err := os.WriteFile(path, demotest.PNG(2, 2), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	im := Importer{Home: home, Provider: api.Provider{Title: "Someone", MaxDataURI: 1000}}.In(folder)
	for _, c := range []struct{ typed, want string }{
		{"refs/one.png", one},
		{"../two.png", two},
		{`"refs/one.png"`, one},
		{"~/two.png", two},
		{two, two},
		{"https://example.com/one.png", "https://example.com/one.png"},
	} {
		if got, err := im.Import(t.Context(), c.typed); err != nil || got != c.want {
			t.Errorf("%s: %q, %v", c.typed, got, err)
		}
	}
	if _, err := im.Import(t.Context(), "two.png"); err == nil || !strings.Contains(err.Error(), folder) {
		t.Errorf("a file of another folder: %v", err)
	}
	for _, c := range []struct{ pattern, want string }{
		{"refs/*.png", filepath.Join("refs", "one.png")},
		{"../*.png", filepath.Join("..", "two.png")},
		{"~/*.png", two},
		{filepath.Join(home, "t*.png"), two},
	} {
		if runtime.GOOS == "windows" {
			break // a folder's own signs cannot be escaped there
		}
		files, err := im.Glob(c.pattern)
		if err != nil || len(files) != 1 || files[0] != c.want {
			t.Errorf("%s: %q, %v", c.pattern, files, err)
		}
		if got, err := im.Import(t.Context(), files[0]); err != nil || got != one && got != two {
			t.Errorf("%s becomes %q, %v", c.pattern, got, err)
		}
	}
}
