package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestOpenToRead: only a file is opened, and nothing is waited for.
func TestOpenToRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := errors.Join(os.WriteFile(file, []byte("x"), 0o600), os.Symlink(os.DevNull, link)); err != nil {
		t.Skip(err)
	}
	f, err := OpenToRead(file)
	if err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	for _, name := range []string{dir, os.DevNull, link} {
		if _, err := OpenToRead(name); err == nil {
			t.Errorf("%s is opened", name)
		}
	}
}

// TestIsMissing: a name that a link has is not free, even where the link leads nowhere.
func TestIsMissing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in := func(names ...string) string { return filepath.Join(append([]string{dir}, names...)...) }
	if err := errors.Join(os.WriteFile(in("file"), nil, 0o600), os.Symlink(in("nowhere"), in("link"))); err != nil {
		t.Skip(err)
	}
	for name, want := range map[string]bool{
		dir: false, in("file"): false, in("link"): false, in("new"): true, in("new", "below", "it"): true,
		in("file", "below"): false, in("link", "below"): false, in("link", "below", "it"): false,
	} {
		if got := IsMissing(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
