package ui

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func someForm() form {
	return form{
		Version: formVersion, Draft: "A paper boat\non <calm> water 日本", Cursor: 12, View: 3, Filter: "boat -red",
		Settings: savedSettings{Model: "black-forest-labs/flux-dev", Row: "seed", Chosen: map[string]any{"output_format": "png"}},
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
	got, found, err := loadForm(dir)
	if err != nil || !found || !reflect.DeepEqual(got, someForm()) {
		t.Errorf("%+v (%v, %v)", got, found, err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("%d files left: %v", len(left), err)
	}
}

func TestFormMissing(t *testing.T) {
	if _, found, err := loadForm(t.TempDir()); found || err != nil {
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
		f, found, err := loadForm(dir)
		if found || err == nil || !strings.HasPrefix(err.Error(), "the form starts empty") || !reflect.DeepEqual(f, form{}) {
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
	if _, found, err := loadForm(dir); found || err == nil {
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
		got, err := decodeForm(b)
		if err != nil {
			return
		}
		if got.Cursor < 0 || got.Cursor > len(got.Draft) || got.View < 1 || got.View > 4 {
			t.Fatalf("%+v", got)
		}
		p := newPromptBox()
		p.restore(got.Draft, got.Cursor)
		s := newSettingsBox("", "demo", nil)
		s.restore(got.Settings)
		s.view(33, 7, true, mono(), newGlyphs(false))
	})
}
