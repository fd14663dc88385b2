//go:build !windows

package pictures

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestOddFilesInThePlaceOfAPart: a pipe, a folder or a link in the place of a partial file or its version is replaced. Nothing waits for it
// or is written through it.
func TestOddFilesInThePlaceOfAPart(t *testing.T) {
	t.Parallel()
	data := encode(t, "png", 9, 9)
	for name, put := range map[string]func(path string) error{
		"a pipe":   func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"a link":   func(path string) error { return os.Symlink("mine.png", path) },
	} {
		for _, suffix := range []string{"", ".etag"} {
			dir := t.TempDir()
			pictures := filepath.Join(dir, Dir)
			to := target(1, "x")
			part := filepath.Join(pictures, to.Key+"-1.part")
			if err := os.MkdirAll(pictures, 0o700); err != nil {
				t.Fatal(err)
			}
			for path, text := range map[string]string{part: "abc", part + ".etag": "\"v1\"\n" + newStore(dir).locks.Host(), filepath.Join(pictures, "mine.png"): "mine"} {
				if path == part+suffix {
					continue
				}
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := put(part + suffix); err != nil {
				t.Fatal(err)
			}
			p, err := newStore(dir).Begin(to)
			if err != nil || p.Offset() != 0 || p.ETag() != "" {
				t.Errorf("%s as %q: %v", name, suffix, err)
				continue
			}
			_, _ = p.Write(data)
			saved, err := p.Commit()
			if err != nil {
				t.Errorf("%s as %q: %v", name, suffix, err)
			}
			got, _ := os.ReadFile(filepath.Join(dir, saved.Path))
			if mine, _ := os.ReadFile(filepath.Join(pictures, "mine.png")); !bytes.Equal(got, data) || string(mine) != "mine" {
				t.Errorf("%s as %q: %d bytes, and mine is %q", name, suffix, len(got), mine)
			}
		}
	}
}
