package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestI16StartsAnyway: whatever stands in the settings file, the settings are there, what could be read of it holds, and a
// *Damaged says what is off, so that nothing is bought. It is an error: who does not know it stops.
func TestI16StartsAnyway(t *testing.T) {
	for _, c := range []struct {
		name, text string
		parts      int // of the damage
		theme      string
		provider   string
	}{
		{"whole", "provider = \"replicate\"\ntheme = \"dark\"\n", 0, "dark", "replicate"},
		{"cut off in a value", "theme = \"dark\"\nprovider = \"repl", 1, "dark", "cometapi"},
		{"a bad line between good ones", "theme = \"dark\"\nmotion = \nprovider = \"replicate\"\n", 1, "dark", "replicate"},
		{"two bad lines", "=\ntheme = \"dark\"\n]]\nprovider = \"replicate\"", 2, "dark", "replicate"},
		{"an unknown choice", "theme = \"pink\"\nprovider = \"replicate\"\n", 1, "auto", "replicate"},
		{"an unknown provider", "theme = \"dark\"\nprovider = \"nobody\"\n", 1, "dark", "cometapi"},
		{"no text", "theme = 3\nprovider = \"replicate\"\n", 1, "auto", "replicate"},
		{"zero bytes", strings.Repeat("\x00", 4096), 1, "auto", "cometapi"},
		{"no UTF-8", "theme = \"dark\"\nprovider = \"\xff\xfe\"\n", 1, "dark", "cometapi"},
		{"nothing but bad lines", strings.Repeat("?\n", 1000), maxBadLines, "auto", "cometapi"},
		{"another kind of file", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", -1, "auto", "cometapi"},
		{"too large", "# " + strings.Repeat("x", maxFile), 1, "auto", "cometapi"},
	} {
		t.Run(c.name, func(t *testing.T) {
			env, dir := home(t, map[string]string{"XDG_CONFIG_HOME": "", "APPDATA": ""})
			name := usualFile(t, env)
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
			if err != nil && !strings.Contains(err.Error(), "settings file") && !strings.Contains(err.Error(), "(from file)") {
				t.Errorf("%q does not say where", err)
			}
		})
	}
}

// usualFile is where the settings are looked for when none are named.
func usualFile(t *testing.T, env func(string) string) string {
	t.Helper()
	s, _, err := Load(env, nil, known)
	if err != nil || s.Config == "" {
		t.Fatal(s.Config, err)
	}
	return s.Config
}

// TestI16StartsAnywayWithoutItsFile: where there is no reading the usual file at all, or the one that the environment names, a
// *Damaged says so; one that a flag names must be there.
func TestI16StartsAnywayWithoutItsFile(t *testing.T) {
	env, dir := home(t, map[string]string{"XDG_CONFIG_HOME": "", "APPDATA": ""})
	name := usualFile(t, env)
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
