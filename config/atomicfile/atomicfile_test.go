package atomicfile

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestWrite: a file is made and replaced with its mode, and nothing else is left in its folder.
func TestWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.toml")
	for _, step := range []struct {
		text string
		mode fs.FileMode
	}{{"one", 0o600}, {"two", 0o644}, {"", 0o600}} {
		if err := Write(path, []byte(step.text), step.mode); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		info, statErr := os.Stat(path)
		if err != nil || statErr != nil || string(got) != step.text || runtime.GOOS != "windows" && info.Mode().Perm() != step.mode {
			t.Errorf("%q, mode %v, %v", got, info.Mode(), err)
		}
	}
	expectAlone(t, path)
}

// TestWriteFails: where the file cannot be replaced, the old one and its folder stay as they were.
func TestWriteFails(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "folder")
	if err := os.MkdirAll(filepath.Join(path, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Write(path, []byte("x"), 0o600); err == nil {
		t.Error("a folder was replaced")
	}
	expectAlone(t, path)
	if err := Write(filepath.Join(dir, "missing", "file"), nil, 0o600); err == nil {
		t.Error("the folder is missing, and no error")
	}
}

// expectAlone fails the test if a folder has anything but one file.
func expectAlone(t *testing.T, path string) {
	t.Helper()
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) != 1 {
		t.Errorf("%d files are there: %v, %v", len(files), files, err)
	}
}
