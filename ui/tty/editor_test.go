package tty

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestRemoveLeft: old prompts of killed programs are removed, and nothing else.
func TestRemoveLeft(t *testing.T) {
	t.Parallel()
	now := time.Now()
	temp, outside := t.TempDir(), t.TempDir()
	for _, c := range []struct {
		name string
		age  time.Duration
	}{
		{"tintype-1/prompt.txt", 8 * 24 * time.Hour},
		{"tintype-2/prompt.txt", time.Hour},
		{"tintype-3/prompt.txt", 8 * 24 * time.Hour},
		{"tintype-3/mine.txt", 8 * 24 * time.Hour},
		{"other/prompt.txt", 8 * 24 * time.Hour},
	} {
		file := filepath.Join(temp, filepath.FromSlash(c.name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, nil, 0o600), os.Chtimes(file, now, now.Add(-c.age))); err != nil {
			t.Fatal(err)
		}
	}
	stranger := filepath.Join(outside, promptName)
	if err := errors.Join(os.WriteFile(stranger, nil, 0o600), os.Chtimes(stranger, now, now.Add(-9*24*time.Hour)), os.Symlink(outside, filepath.Join(temp, "tintype-4"))); err != nil {
		t.Skip(err)
	}
	removeLeft(temp, now)
	for name, want := range map[string]bool{
		"tintype-1": false, "tintype-2/prompt.txt": true, "tintype-3/prompt.txt": false, "tintype-3/mine.txt": true, "other/prompt.txt": true, "tintype-4/prompt.txt": true,
	} {
		if _, err := os.Stat(filepath.Join(temp, name)); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
