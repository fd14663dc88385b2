package form

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"tintype/ui/internal/uitest"
	"tintype/ui/textedit"
	"tintype/ui/theme"
)

func someForm() Form {
	return Form{
		Version: FormVersion, Draft: "A paper boat\non <calm> water 日本", Cursor: 12, View: 3, Filter: "boat -red",
		Settings: SavedSettings{Model: "black-forest-labs/flux-dev", Row: "seed", Chosen: map[string]any{"output_format": "png"}},
		Selected: "01jd0000000000000000000000", Unseen: []string{"01jd0000000000000000000001"}, Thumbs: 3,
	}
}

func TestFormRoundTrip(t *testing.T) {
	dir := t.TempDir()
	for range 2 { // the second time it replaces
		if err := storeForm(dir, someForm()); err != nil {
			t.Fatal(err)
		}
	}
	got, found, err := LoadForm(dir)
	if err != nil || !found || !reflect.DeepEqual(got, someForm()) {
		t.Errorf("%+v (%v, %v)", got, found, err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("%d files left: %v", len(left), err)
	}
}

func TestFormMissing(t *testing.T) {
	if _, found, err := LoadForm(t.TempDir()); found || err != nil {
		t.Errorf("a first start: %v, %v", found, err)
	}
}

func TestFormDamaged(t *testing.T) {
	whole, err := encodeForm(someForm())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"empty": "", "torn": string(whole[:len(whole)/2]), "other JSON": `[1]`, "null": `null`,
		"newer": strings.Replace(string(whole), `"v": 1`, `"v": 2`, 1), "huge": strings.Repeat(" ", formLimit+1),
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, formName), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		f, found, err := LoadForm(dir)
		if found || err == nil || !strings.HasPrefix(err.Error(), "the form starts empty") || !reflect.DeepEqual(f, Form{}) {
			t.Errorf("%s: %v, %v", name, found, err)
		}
		if err := storeForm(dir, someForm()); err != nil {
			t.Errorf("%s cannot be replaced: %v", name, err)
		}
	}
}

func TestFormIsNoFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, formName), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, found, err := LoadForm(dir); found || err == nil {
		t.Errorf("a folder was read as the form: %v", err)
	}
	if err := storeForm(dir, someForm()); err == nil {
		t.Error("a folder was replaced")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("the unfinished file was left behind: %v", left)
	}
}

func TestFormIsPrivate(t *testing.T) {
	dir := t.TempDir()
	if err := storeForm(dir, someForm()); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, formName))
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func FuzzDecodeForm(f *testing.F) {
	whole, _ := encodeForm(someForm())
	f.Add(whole)
	f.Add([]byte(`{"v":1,"draft":"日","cursor":2,"view":9}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := DecodeForm(b)
		if err != nil {
			return
		}
		if got.Cursor < 0 || got.Cursor > len(got.Draft) || got.View < 1 || got.View > 4 {
			t.Fatalf("%+v", got)
		}
		p := textedit.NewArea()
		p.Restore(got.Draft, got.Cursor)
		s := NewSettings("", "demo", nil)
		s.Restore(got.Settings)
		s.View(33, 7, true, uitest.Mono(), theme.NewGlyphs(false))
	})
}
