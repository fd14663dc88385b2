package config

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestSecurityKeepKey: a key is kept in a file of mode 0600 in a folder of mode 0700, from where FindKey reads it, and a new one replaces
// it.
func TestSecurityKeepKey(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "config", "tintype", "cometapi.key")
	for _, key := range []string{testKey, testKey + "-2"} {
		if err := KeepKey(file, key); err != nil {
			t.Fatal(err)
		}
		value, from, err := FindKey(func(string) string { return "" }, nil, file)
		if value != key || from != file || err != nil {
			t.Errorf("read %q from %q, %v", value, from, err)
		}
	}
	for path, want := range map[string]os.FileMode{file: 0o600, filepath.Dir(file): 0o700} {
		info, err := os.Stat(path)
		if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, %v", path, info.Mode(), err)
		}
	}
	if left, _ := os.ReadDir(filepath.Dir(file)); len(left) != 1 {
		t.Errorf("left %v", left)
	}
}

// TestSecurityKeepKeyRefuses: no key is kept where others could read or replace it. Nothing is written then, and no sentence has the key.
func TestSecurityKeepKeyRefuses(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no modes")
	}
	make := func(t *testing.T, mode os.FileMode) (file string) {
		file = filepath.Join(t.TempDir(), "tintype", "cometapi.key")
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if mode != 0 {
			if err := os.WriteFile(file, []byte("old\n"), mode); err != nil {
				t.Fatal(err)
			}
			_ = os.Chmod(file, mode)
		}
		return file
	}
	for name, c := range map[string]struct {
		file  func(t *testing.T) string
		value string
		want  string
	}{
		"a file that others can read": {func(t *testing.T) string { return make(t, 0o644) }, testKey, "chmod 600"},
		"a link": {func(t *testing.T) string {
			file := make(t, 0)
			if err := os.Symlink(filepath.Join(t.TempDir(), "elsewhere"), file); err != nil {
				t.Fatal(err)
			}
			return file
		}, testKey, "is a link"},
		"a folder that others can write to": {func(t *testing.T) string {
			file := make(t, 0)
			_ = os.Chmod(filepath.Dir(file), 0o777)
			return file
		}, testKey, "chmod 700"},
		"a folder in the file's place": {func(t *testing.T) string {
			file := make(t, 0)
			_ = os.Mkdir(file, 0o700)
			return file
		}, testKey, "not a plain file"},
		"spaces":  {func(t *testing.T) string { return make(t, 0) }, testKey + " and", "not a key"},
		"nothing": {func(t *testing.T) string { return make(t, 0) }, "", "no key yet"},
		"no file": {func(*testing.T) string { return "" }, testKey, "no folder"},
	} {
		file := c.file(t)
		before, _ := os.ReadFile(file)
		err := KeepKey(file, c.value)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), testKey) {
			t.Errorf("%s: %v", name, err)
		}
		if after, _ := os.ReadFile(file); string(after) != string(before) {
			t.Errorf("%s: the file holds %q", name, after)
		}
	}
}
