package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/gofrs/flock"
)

// TestRunReportsWhyNothingWasRecorded: a purchase that cannot be recorded is not sent, --json still prints it, and the sentence names
// the cause.
func TestRunReportsWhyNothingWasRecorded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		prepare func(t *testing.T, dir string)
		says    string
		instead string // the sentence of another cause
	}{
		{"locked by another program", lockHistory, "Another program has held the history", "Free some"},
		{"no room", fillHistory, "disk with the history is full", "Another program"},
		{"no folder", noFolder, "", "Another program"},
	} {
		inParallel(t, c.name, func(t *testing.T) {
			h, s := newHostile(t), newCommandLine(t, t.TempDir())
			dir := filepath.Join(s.home, "history")
			if err := os.MkdirAll(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			c.prepare(t, dir)
			code, out, output := s.run("", "run", "--provider", "replicate", "--base-url", h.URL, "--data-dir", dir, "--json", "A boat.")
			var o struct{ State, Error, Key string }
			if err := json.Unmarshal(out, &o); err != nil {
				t.Fatalf("no object: %v in %q; it said %s", err, out, output)
			}
			if code != 1 || o.State != "failed" || o.Key == "" || !strings.Contains(o.Error, "tintype buys nothing that it cannot write down") {
				t.Errorf("code %d, %+v", code, o)
			}
			for _, sentence := range []string{o.Error, string(output)} {
				if !strings.Contains(sentence, c.says) || strings.Contains(sentence, c.instead) {
					t.Errorf("it says %q", sentence)
				}
			}
			if n := h.requests(); n > 0 {
				t.Errorf("%d requests were sent", n)
			}
		})
	}
}

// lockHistory holds the lock of the history, as a program that hangs would.
func lockHistory(t *testing.T, dir string) {
	l := flock.New(filepath.Join(dir, "history.lock"))
	if held, err := l.TryLock(); err != nil || !held {
		t.Fatal(held, err)
	}
	t.Cleanup(func() { _ = l.Unlock() })
}

// fillHistory puts the history on a full disk.
func fillHistory(t *testing.T, dir string) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("there is no /dev/full here")
	}
	if err := os.Symlink("/dev/full", filepath.Join(dir, "history.jsonl")); err != nil {
		t.Skip("no links here: ", err)
	}
}

// noFolder puts a file in the place of the data folder.
func noFolder(t *testing.T, dir string) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows reports this at another moment")
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
}
