//go:build !windows

package history

import (
	"os"
	"strings"
	"syscall"
	"testing"
)

// TestDuelsThatAreNoFile: what has the name of the file is named, and what to do; nothing is said about purchases, which go on.
func TestDuelsThatAreNoFile(t *testing.T) {
	t.Parallel()
	for what, put := range map[string]func(path string) error{
		"is not a file. Move it away":          func(path string) error { return os.Mkdir(path, 0o700) },
		"not a file. Move it away, or":         func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"which is not there. Bring that back":  func(path string) error { return os.Symlink("/nowhere/duels.jsonl", path) },
		"is not a file. Move it away, or name": func(path string) error { return os.Symlink("/dev/null", path) },
		"the disk is full. Free some space":    func(path string) error { return os.Symlink("/dev/full", path) },
	} {
		h := openHistory(t, t.TempDir())
		if err := put(h.Duels().Path()); err != nil {
			t.Skip(err)
		}
		_, err := h.Duels().Append(aDuel("a", 1))
		if err == nil || !strings.HasPrefix(err.Error(), "Nothing was recorded: ") || !strings.Contains(err.Error(), what) || strings.Contains(err.Error(), "bought") {
			t.Errorf("%s: %v", what, err)
		}
		if _, err := h.Duels().Read(); !strings.Contains(what, "full") && (err == nil || !strings.Contains(err.Error(), what)) {
			t.Errorf("%s: %v", what, err)
		}
		if h.WriteError() != nil {
			t.Errorf("%s: nothing can be bought: %v", what, h.WriteError())
		}
	}
}
