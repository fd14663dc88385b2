package form

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"tintype/ui/textedit"
)

// testState is a state with every field set.
func testState() State {
	return State{
		Version: Version, Draft: "A paper boat\non <calm> water 日本", Cursor: 12, View: 3,
		Settings: SettingsState{Model: "black-forest-labs/flux-dev", Row: "seed", Chosen: map[string]any{"output_format": "png"}},
		Selected: "01jd0000000000000000000000", Unseen: []string{"01jd0000000000000000000001"}, Thumbs: 3,
	}
}

func TestSaveAndLoad(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for range 2 { // the second time it replaces
		if err := store(dir, testState()); err != nil {
			t.Fatal(err)
		}
	}
	got, found, err := Load(dir)
	if err != nil || !found || !reflect.DeepEqual(got, testState()) {
		t.Errorf("%+v (%v, %v)", got, found, err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("%d files left: %v", len(left), err)
	}
}

func TestLoadWithoutAFile(t *testing.T) {
	t.Parallel()
	if _, found, err := Load(t.TempDir()); found || err != nil {
		t.Errorf("found %v, %v", found, err)
	}
}

// TestThumbnailSizeOutOfRange: a file of an earlier version, or a damaged one, leaves the size of the thumbnails to the screen.
func TestThumbnailSizeOutOfRange(t *testing.T) {
	t.Parallel()
	for _, thumbs := range []string{"", `, "thumbs": 99`, `, "thumbs": -3`} {
		state, err := decode([]byte(`{"v": 1` + thumbs + `}`))
		if err != nil || state.Thumbs != 0 {
			t.Errorf("%q gives %d, %v", thumbs, state.Thumbs, err)
		}
	}
}

// TestOlderStateNeverReplacesANewerOne: writes that end in another order than they were prepared in leave the newest state.
func TestOlderStateNeverReplacesANewerOne(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := NewFile(dir)
	first, second := testState(), testState()
	second.Draft = "the newer draft"
	second.Cursor = 0
	writeFirst := file.Prepare(first)
	writeSecond := file.Prepare(second)
	if !file.IsUnsaved() {
		t.Error("the state is not written, but is not reported as unsaved")
	}
	for _, write := range []func() error{writeSecond, writeFirst} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
	}
	if got, _, err := Load(dir); err != nil || got.Draft != second.Draft || file.IsUnsaved() {
		t.Errorf("the file has %q (%v), unsaved: %t", got.Draft, err, file.IsUnsaved())
	}
}

func TestDamagedFileIsReportedAndReplaced(t *testing.T) {
	t.Parallel()
	whole, err := encode(testState())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"empty": "", "torn": string(whole[:len(whole)/2]), "other JSON": `[1]`, "null": `null`,
		"newer": strings.Replace(string(whole), `"v": 1`, `"v": 2`, 1), "huge": strings.Repeat(" ", maxFileSize+1),
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, fileName), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		f, found, err := Load(dir)
		if found || err == nil || !strings.HasPrefix(err.Error(), "the form starts empty") || !reflect.DeepEqual(f, State{}) {
			t.Errorf("%s: %v, %v", name, found, err)
		}
		if err := store(dir, testState()); err != nil {
			t.Errorf("%s was not replaced: %v", name, err)
		}
	}
}

func TestFolderInPlaceOfTheFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, fileName), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, found, err := Load(dir); found || err == nil {
		t.Errorf("a folder was read as the form: %v", err)
	}
	if err := store(dir, testState()); err == nil {
		t.Error("a folder was replaced")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("the unfinished file was left behind: %v", left)
	}
}

func TestFileIsPrivate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := store(dir, testState()); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, fileName))
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func FuzzDecodeState(f *testing.F) {
	whole, _ := encode(testState())
	f.Add(whole)
	f.Add([]byte(`{"v":1,"draft":"日","cursor":2,"view":9}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := decode(b)
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
		s.View(33, 7, true, unicode)
	})
}

// TestTouchedFile: what an editor puts around the form is ignored.
func TestTouchedFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := store(dir, State{Draft: "A boat."}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, fileName)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("\ufeff"+strings.ReplaceAll(string(b), "\n", "\r\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	if f, found, err := Load(dir); err != nil || !found || f.Draft != "A boat." {
		t.Errorf("%+v, %v, %v", f, found, err)
	}
}

// TestUnusableFileIsKept: a file that cannot be used is not replaced by the next form. It may have a draft in it.
func TestUnusableFileIsKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i := range mostAside + 2 {
		content := "\xff\xfe{\x00" + string(rune('a'+i))
		if err := os.WriteFile(filepath.Join(dir, fileName), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, found, err := Load(dir)
		name := fileName + ".unreadable-" + string(rune('0'+min(i+1, mostAside)))
		if found || err == nil || !strings.Contains(err.Error(), "kept as "+name) {
			t.Fatalf("%d: %v, %v", i, found, err)
		}
		if err := store(dir, testState()); err != nil {
			t.Fatal(err)
		}
		if kept, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(kept) != content {
			t.Errorf("%s: %q, %v", name, kept, err)
		}
	}
}
