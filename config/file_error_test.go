package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestI16StartsAnyway: whatever the settings file contains, Load returns settings with all that could be read, and a
// *FileError for the rest, so that nothing is bought. A caller that does not know the error stops.
func TestI16StartsAnyway(t *testing.T) {
	for _, c := range []struct {
		name, text string
		parts      int // number of errors, -1 for any
		theme      string
		provider   string
	}{
		{"valid", "provider = \"replicate\"\ntheme = \"dark\"\n", 0, "dark", "replicate"},
		{"a byte order mark, and CRLF", "\ufeffprovider = \"replicate\"\r\ntheme = \"dark\"\r\n", 0, "dark", "replicate"},
		{"UTF-16", "\xff\xfep\x00r\x00o\x00v\x00i\x00d\x00e\x00r\x00=\x00", 1, "auto", "cometapi"},
		{"cut off in a value", "theme = \"dark\"\nprovider = \"repl", 1, "dark", "cometapi"},
		{"a bad line between good ones", "theme = \"dark\"\nmotion = \nprovider = \"replicate\"\n", 1, "dark", "replicate"},
		{"two bad lines", "=\ntheme = \"dark\"\n]]\nprovider = \"replicate\"", 2, "dark", "replicate"},
		{"an unknown choice", "theme = \"pink\"\nprovider = \"replicate\"\n", 1, "auto", "replicate"},
		{"an unknown provider", "theme = \"dark\"\nprovider = \"nobody\"\n", 1, "dark", "cometapi"},
		{"not a string", "theme = 3\nprovider = \"replicate\"\n", 1, "auto", "replicate"},
		{"zero bytes", strings.Repeat("\x00", 4096), 1, "auto", "cometapi"},
		{"invalid UTF-8", "theme = \"dark\"\nprovider = \"\xff\xfe\"\n", 1, "dark", "cometapi"},
		{"only bad lines", strings.Repeat("?\n", 1000), maxBadLines, "auto", "cometapi"},
		{"another kind of file", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", -1, "auto", "cometapi"},
		{"too large", "# " + strings.Repeat("x", maxFileSize), 1, "auto", "cometapi"},
	} {
		t.Run(c.name, func(t *testing.T) {
			env, dir := newEnv(t, map[string]string{"XDG_CONFIG_HOME": "", "APPDATA": ""})
			name := defaultConfigFile(t, env)
			writeFile(t, name, c.text)
			s, _, err := Load(env, nil, known)
			if s.Theme != c.theme || s.Provider != c.provider || s.Config != name || !strings.HasPrefix(s.DataDir, dir) || s.KeyFile == "" {
				t.Errorf("%+v", s)
			}
			var damaged *FileError
			if (err != nil) != (c.parts != 0) || err != nil && !errors.As(err, &damaged) {
				t.Fatalf("%v", err)
			}
			if err != nil && c.parts > 0 && len(damaged.Errors) != c.parts {
				t.Errorf("%d parts, not %d: %q", len(damaged.Errors), c.parts, damaged.Errors)
			}
			if err != nil && !strings.Contains(err.Error(), "settings file") {
				t.Errorf("%q does not say where", err)
			}
		})
	}
}

// defaultConfigFile is the settings file that is read when none is named.
func defaultConfigFile(t *testing.T, env func(string) string) string {
	t.Helper()
	s, _, err := Load(env, nil, known)
	if err != nil || s.Config == "" {
		t.Fatal(s.Config, err)
	}
	return s.Config
}

// TestI16StartsAnywayWithoutItsFile: a default file or one named by the environment that cannot be read is a
// *FileError; one named by a flag must exist.
func TestI16StartsAnywayWithoutItsFile(t *testing.T) {
	env, dir := newEnv(t, map[string]string{"XDG_CONFIG_HOME": "", "APPDATA": ""})
	name := defaultConfigFile(t, env)
	if err := os.MkdirAll(name, 0o700); err != nil { // a folder of that name
		t.Fatal(err)
	}
	s, _, err := Load(env, nil, known)
	var damaged *FileError
	if !errors.As(err, &damaged) || !strings.Contains(err.Error(), name) || s.DataDir == "" || s.Provider != "cometapi" {
		t.Errorf("%+v, %v", s, err)
	}
	of := func(named string) func(string) string {
		return func(asked string) string {
			if asked == "TINTYPE_CONFIG" {
				return named
			}
			return env(asked)
		}
	}
	for _, named := range []string{name, filepath.Join(dir, "none.toml")} {
		if s, _, err := Load(of(named), nil, known); !errors.As(err, &damaged) || s.Config != named || s.DataDir == "" {
			t.Errorf("the environment names %s: %+v, %v", named, s, err)
		}
		if _, _, err := Load(env, Values{"config": named}, known); err == nil || errors.As(err, &damaged) {
			t.Errorf("%s was named: %v", named, err)
		}
	}
}
