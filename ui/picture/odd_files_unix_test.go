//go:build unix

package picture

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestOnlyFilesAreLoaded: what is no file is not opened, since a pipe would wait for somebody who writes to it.
func TestOnlyFilesAreLoaded(t *testing.T) {
	t.Parallel()
	pipe, link := filepath.Join(t.TempDir(), "a.png"), filepath.Join(t.TempDir(), "b.png")
	if err := errors.Join(syscall.Mkfifo(pipe, 0o600), os.Symlink("/dev/zero", link)); err != nil {
		t.Skip(err)
	}
	for _, path := range []string{pipe, link, t.TempDir()} {
		_, _, err := Load(t.Context(), path, DefaultLimits)
		var e *Error
		if !errors.As(err, &e) || e.code != codeUnreadable {
			t.Errorf("%s: %v", path, err)
		}
		if _, _, _, err := RenderFile(t.Context(), path, Cells{8, 4}, Capabilities{Protocol: Kitty}, Options{}, DefaultLimits); !errors.As(err, &e) {
			t.Errorf("%s is rendered: %v", path, err)
		}
	}
}
