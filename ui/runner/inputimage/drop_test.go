package inputimage

import (
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"

	"tintype/api/demo/demotest"
)

// TestParseDrop: what terminals paste for dropped files is recognised, and any other text is text.
func TestParseDrop(t *testing.T) {
	t.Parallel()
	for pasted, want := range map[string][]string{
		"/a/boat.png":                            {"/a/boat.png"},
		"'/a b/boat.PNG' ":                       {"'/a b/boat.PNG'"},
		`"/a b/boat.png"`:                        {`"/a b/boat.png"`},
		"file:///a/my%20boat.webp\r\n":           {"file:///a/my%20boat.webp"},
		"~/boat.jpg\n":                           {"~/boat.jpg"},
		"/a/boat.png\n/b/boat.png\n":             {"/a/boat.png", "/b/boat.png"},
		"'/a/x.png' '/b c/y.png'":                {"'/a/x.png'", "'/b c/y.png'"},
		"/a b/boat.png":                          {"/a b/boat.png"},
		`C:\Users\me\boat.png`:                   {`C:\Users\me\boat.png`},
		`\\server\share\boat.png`:                {`\\server\share\boat.png`},
		"https://example.com/a.png":              {"https://example.com/a.png"},
		"https://example.com/a.webp?w=100":       {"https://example.com/a.webp?w=100"},
		"data:image/png;base64,AAAA":             {"data:image/png;base64,AAAA"},
		"https://example.com/page":               nil,
		"https://example.com/a.png in the style": nil,
		"":                                       nil,
		"boat.png":                               nil,
		"a boat.png":                             nil,
		"like /a/boat.png but red":               nil,
		"a boat\n/b/boat.png":                    nil,
		"C: a ship":                              nil,
		"/":                                      nil,
	} {
		if got := ParseDrop(pasted); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %q, want %q", pasted, got, want)
		}
	}
	if runtime.GOOS != "windows" {
		if got := ParseDrop(`/a\ b/x.png /c/y.png`); !reflect.DeepEqual(got, []string{`/a\ b/x.png`, "/c/y.png"}) {
			t.Errorf("escaped: %q", got)
		}
	}
}

// TestIsPicture: a file counts by its ending or its first bytes; folders, other files and what is not there do not.
func TestIsPicture(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, content := range map[string]string{"a.png": "rubbish", "IMG_1": string(demotest.PNG(2, 2)), "notes.txt": "text", "paper": "%PDF-1.7"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]bool{
		"a.png": true, "IMG_1": true, "notes.txt": false, "paper": false, "gone.png": false, ".": false,
	} {
		if got := (Importer{}).IsPicture(t.Context(), filepath.Join(dir, path)); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
}

// TestComplete: paths complete as in a shell.
func TestComplete(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"boat one.png", "boat two.jpg", "Boat.png", "notes.txt", ".hidden.png", "pics/deep.webp", "pics/.x/a.png", "papers/a.txt"} {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(home)
	for _, c := range []struct {
		line    string
		several bool
		want    string
		files   []string
	}{
		{"~/b", false, "~/boat ", []string{"boat one.png", "boat two.jpg"}},
		{"b", false, "boat ", []string{"boat one.png", "boat two.jpg"}},
		{"./B", false, "./Boat.png", nil},
		{"~/pi", false, "~/pics/", nil},
		{"~/pics/", false, "~/pics/deep.webp", nil},
		{"~/pics/.", false, "~/pics/.x/", nil},
		{"~/p", false, "~/p", []string{"papers", "pics"}},
		{"~", false, "~/", []string{"Boat.png", "boat one.png", "boat two.jpg", "papers", "pics"}},
		{home + "/.", false, home + "/.hidden.png", nil},
		{"~/n", false, "~/n", nil},
		{"~/none/x", false, "~/none/x", nil},
		{"Boat.png b", true, `Boat.png boat\ `, []string{"boat one.png", "boat two.jpg"}},
		{`Boat.png boat\ o`, true, `Boat.png boat\ one.png`, nil},
	} {
		got := Importer{Home: home}.Complete(c.line, c.several)
		var names []string
		for _, f := range got.Files {
			names = append(names, f.Name)
		}
		if got.Line != c.want || !reflect.DeepEqual(names, c.files) {
			t.Errorf("%q: %q %q, want %q %q", c.line, got.Line, names, c.want, c.files)
		}
	}
}
