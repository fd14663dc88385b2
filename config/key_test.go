package config

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const testKey = "CANARY-not-a-key"

// TestSecurityKeySources: the key comes from the first name that is set, then from the file. FindKey says where it was
// found, and no error contains the key. Rule “source order”.
func TestSecurityKeySources(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string, mode os.FileMode) string {
		full := filepath.Join(dir, name)
		if err := os.WriteFile(full, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(full, mode); err != nil {
			t.Fatal(err)
		}
		return full
	}
	good := file("good", testKey+"-file\n", 0o600)
	names := []string{"FIRST", "SECOND"}
	for _, c := range []struct {
		name        string
		env         map[string]string
		file        string
		value, from string
		err         string
	}{
		{"none", nil, "", "", "", ""},
		{"file missing", nil, filepath.Join(dir, "none"), "", "", ""},
		{"the first name", map[string]string{"FIRST": testKey, "SECOND": "x"}, good, testKey, "FIRST", ""},
		{"the other name", map[string]string{"SECOND": " " + testKey + "\n"}, good, testKey, "SECOND", ""},
		{"file", map[string]string{"FIRST": " "}, good, testKey + "-file", good, ""},
		{"empty file", nil, file("empty", "\n", 0o600), "", "", ""},
		{"a line break inside", map[string]string{"FIRST": testKey + "\r\nX: y"}, "", "", "", "FIRST"},
		{"beyond ASCII", map[string]string{"FIRST": testKey + "ä"}, "", "", "", "FIRST"},
		{"too long", nil, file("long", strings.Repeat("x", 5000), 0o600), "", "", "too long"},
		{"a folder", nil, dir, "", "", "plain file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			value, from, err := FindKey(func(n string) string { return c.env[n] }, names, c.file)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) || strings.Contains(err.Error(), testKey) {
					t.Fatalf("error %v, want %q and no key in it", err, c.err)
				}
				return
			}
			if err != nil || value != c.value || from != c.from {
				t.Errorf("got %q from %q, %v", value, from, err)
			}
		})
	}
}

// TestSecurityKeySourcesFile: a file that others can read or change, or a symbolic link, is refused; the error says how
// to fix it. Rule “0600 file, never through a symlink”.
func TestSecurityKeySourcesFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such mode bits")
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "key")
	if err := os.WriteFile(name, []byte(testKey), 0o600); err != nil {
		t.Fatal(err)
	}
	none := func(string) string { return "" }
	for _, mode := range []os.FileMode{0o640, 0o604, 0o620, 0o601} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
		if _, _, err := FindKey(none, nil, name); err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("mode %o: %v", mode, err)
		}
	}
	if err := os.Chmod(name, 0o400); err != nil {
		t.Fatal(err)
	}
	if value, _, err := FindKey(none, nil, name); err != nil || value != testKey {
		t.Errorf("mode 400: %q, %v", value, err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(name, link); err != nil {
		t.Fatal(err)
	}
	if _, _, err := FindKey(none, nil, link); err == nil {
		t.Error("a symbolic link was followed")
	}
}

// TestSecurityKeySourcesNeverAFlag: no setting takes the key, so it is in no argument, and a key set by mistake is in
// no message. Rule “not accepted in argv”.
func TestSecurityKeySourcesNeverAFlag(t *testing.T) {
	for _, row := range All() {
		for _, word := range []string{"key", "token", "secret", "password"} {
			if strings.Contains(row.Name, word) && row.Name != "key_file" {
				t.Errorf("%s can be given as --%s", row.Name, row.Flag())
			}
		}
		for _, name := range row.Env {
			if strings.HasSuffix(name, "_KEY") || strings.HasSuffix(name, "_TOKEN") {
				t.Errorf("%s is set by %s", row.Name, name)
			}
		}
	}
	for _, line := range []string{
		`key = "` + testKey + `"`, `cometapi_key = "` + testKey + `"`, "COMETAPI_KEY=" + testKey, testKey,
		"key = " + testKey, `theme = "` + testKey + `"` + "\x00",
	} {
		env, dir := newEnv(t, map[string]string{"COMETAPI_KEY": testKey, "REPLICATE_API_TOKEN": testKey})
		name := filepath.Join(dir, "c.toml")
		writeFile(t, name, line+"\n")
		s, warnings, err := Load(env, Values{"config": name}, known)
		if strings.Contains(fmt.Sprintf("%+v %q %v", s, warnings, err), testKey) {
			t.Errorf("%q: the key is in %+v, %q or %v", line, s, warnings, err)
		}
	}
}
