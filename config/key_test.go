package config

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const canary = "CANARY-not-a-key"

// TestSecurityKeySources: the key comes from the names it is told, the strongest first, then from the file; where it was found is
// said, and the key never. Rule “source order”.
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
	good := file("good", canary+"-file\n", 0o600)
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
		{"the strongest name", map[string]string{"FIRST": canary, "SECOND": "x"}, good, canary, "FIRST", ""},
		{"the other name", map[string]string{"SECOND": " " + canary + "\n"}, good, canary, "SECOND", ""},
		{"file", map[string]string{"FIRST": " "}, good, canary + "-file", good, ""},
		{"empty file", nil, file("empty", "\n", 0o600), "", "", ""},
		{"a line break within", map[string]string{"FIRST": canary + "\r\nX: y"}, "", "", "", "FIRST"},
		{"beyond ASCII", map[string]string{"FIRST": canary + "ä"}, "", "", "", "FIRST"},
		{"too long", nil, file("long", strings.Repeat("x", 5000), 0o600), "", "", "too long"},
		{"a folder", nil, dir, "", "", "plain file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			value, from, err := FindKey(func(n string) string { return c.env[n] }, names, c.file)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) || strings.Contains(err.Error(), canary) {
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

// TestSecurityKeySourcesFile: a file that others could read or change, or that is a symbolic link, is refused with the mend.
// Rule “0600 file, never through a symlink”.
func TestSecurityKeySourcesFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps no such bits")
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "key")
	if err := os.WriteFile(name, []byte(canary), 0o600); err != nil {
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
	if value, _, err := FindKey(none, nil, name); err != nil || value != canary {
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

// TestSecurityKeySourcesNeverAFlag: no setting takes the key, so it stands in no argument, and what is set for it by mistake is in
// no sentence. Rule “not accepted in argv”.
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
		`key = "` + canary + `"`, `cometapi_key = "` + canary + `"`, "COMETAPI_KEY=" + canary, canary,
		"key = " + canary, `theme = "` + canary + `"` + "\x00",
	} {
		env, dir := home(t, map[string]string{"COMETAPI_KEY": canary, "REPLICATE_API_TOKEN": canary})
		name := filepath.Join(dir, "c.toml")
		writeFile(t, name, line+"\n")
		s, warnings, err := Load(env, Values{"config": name}, known)
		if strings.Contains(fmt.Sprintf("%+v %q %v", s, warnings, err), canary) {
			t.Errorf("%q: the key is in %+v, %q or %v", line, s, warnings, err)
		}
	}
}
