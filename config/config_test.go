package config

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// newEnv returns an environment with a home folder of its own, and that folder.
func newEnv(t *testing.T, more map[string]string) (func(string) string, string) {
	t.Helper()
	dir := t.TempDir()
	all := map[string]string{"HOME": dir, "USERPROFILE": dir}
	for k, v := range more {
		all[k] = v
	}
	return func(name string) string { return all[name] }, dir
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

var known = Allowed{Providers: []string{"cometapi", "replicate", "demo"}, Demo: "demo", Model: "black-forest-labs/flux-schnell"}

func TestDefaults(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the folders differ on Windows")
	}
	env, dir := newEnv(t, nil)
	s, warnings, err := Load(env, nil, known)
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	for name, want := range map[string]string{
		"provider": "cometapi", "base_url": "", "model": "black-forest-labs/flux-schnell",
		"data_dir": filepath.Join(dir, ".local/share/tintype"),
		"config":   filepath.Join(dir, ".config/tintype/config.toml"),
		"key_file": filepath.Join(dir, ".config/tintype/cometapi.key"),
		"theme":    "auto", "colour": "auto", "glyphs": "auto", "motion": "full", "mouse": "on", "graphics": "auto",
	} {
		if got := s.Value(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
		if from := s.SourceOf(name); from != SourceDefault {
			t.Errorf("%s comes from %q", name, from)
		}
	}
}

func TestPrecedence(t *testing.T) {
	for _, row := range All() {
		if row.Name == "config" {
			continue
		}
		value := func(i int) string {
			if choices := (&loader{known: known}).choices(row); len(choices) > 0 {
				return choices[i%len(choices)]
			}
			return "/v" + string(rune('a'+i))
		}
		env, dir := newEnv(t, nil)
		name := filepath.Join(dir, "settings.toml")
		writeFile(t, name, row.Name+" = \""+value(0)+"\"\n")
		given := Values{"config": name}
		expect := func(value string, from Source) {
			t.Helper()
			s, _, err := Load(env, given, known)
			if err != nil {
				t.Fatalf("%s: %v", row.Name, err)
			}
			if got := s.Value(row.Name); got != value && !strings.HasSuffix(got, filepath.FromSlash(value)) {
				t.Errorf("%s = %q, want %q from %s", row.Name, got, value, from)
			}
			if s.SourceOf(row.Name) != from {
				t.Errorf("%s comes from %q, want %q", row.Name, s.SourceOf(row.Name), from)
			}
		}
		expect(value(0), SourceFile)
		for i := len(row.Env) - 1; i >= 0; i-- {
			below := env
			env = func(name string) string {
				if name == row.Env[i] {
					return value(1)
				}
				return below(name)
			}
			expect(value(1), Source(row.Env[i]))
		}
		given[row.Name] = value(0)
		expect(value(0), Source("--"+row.Flag()))
	}
}

func TestFolders(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the folders differ on Windows")
	}
	for _, c := range []struct {
		name  string
		env   map[string]string
		given Values
		file  string
		want  string
	}{
		{"home", nil, nil, "", "HOME/.local/share/tintype"},
		{"the demo's beside it", nil, Values{"provider": "demo"}, "", "HOME/.local/share/tintype-demo"},
		{"XDG", map[string]string{"XDG_DATA_HOME": "/x"}, nil, "", "/x/tintype"},
		{"XDG must be absolute", map[string]string{"XDG_DATA_HOME": "x"}, nil, "", "HOME/.local/share/tintype"},
		{"environment as given, demo too", map[string]string{"TINTYPE_DATA_DIR": "/e"}, Values{"provider": "demo"}, "", "/e"},
		{"flag as given, demo too", map[string]string{"TINTYPE_DATA_DIR": "/e"}, Values{"provider": "demo", "data_dir": "/f"}, "", "/f"},
		{"home by ~", nil, Values{"data_dir": "~/f"}, "", "HOME/f"},
		{"file", nil, nil, `data_dir = "/file/"`, "/file"},
		{"empty in the file is not set", nil, nil, `data_dir = ""`, "HOME/.local/share/tintype"},
		{"demo beside the file's", nil, Values{"provider": "demo"}, `data_dir = "/file/"`, "/file-demo"},
	} {
		t.Run(c.name, func(t *testing.T) {
			env, dir := newEnv(t, c.env)
			writeFile(t, filepath.Join(dir, ".config/tintype/config.toml"), c.file)
			s, _, err := Load(env, c.given, known)
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.Replace(c.want, "HOME", dir, 1); s.DataDir != want {
				t.Errorf("data folder %s, want %s", s.DataDir, want)
			}
		})
	}
}

// An empty folder, key file or address in a flag, often an unset variable of a script, must not lead to those of the default.
func TestEmptyFlags(t *testing.T) {
	env, _ := newEnv(t, nil)
	for _, name := range []string{"data_dir", "key_file", "base_url"} {
		if _, _, err := Load(env, Values{name: ""}, known); err == nil || !strings.Contains(err.Error(), "is empty") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNoHomeFolder(t *testing.T) {
	env := func(string) string { return "" }
	for _, provider := range []string{known.Demo, known.Providers[0]} {
		s, _, err := Load(env, Values{"provider": provider}, known)
		if err != nil || s.DataDir != "" || s.Provider != provider {
			t.Errorf("%s: got %+v, %v", provider, s, err)
		}
	}
	s, _, err := Load(env, Values{"data_dir": t.TempDir()}, known)
	if err != nil || s.Config != "" || s.KeyFile != "" {
		t.Errorf("got %+v, %v", s, err)
	}
}

// A base URL belongs to a provider: with another one, a key would reach the wrong host.
func TestBaseURLBelongsToItsProvider(t *testing.T) {
	const url = "https://proxy.example/v1"
	for _, c := range []struct {
		name  string
		file  string
		env   map[string]string
		given Values
		want  string
	}{
		{"flag alone", "", nil, Values{"base_url": url}, url},
		{"flag with the file's provider", `provider = "replicate"`, nil, Values{"base_url": url}, url},
		{"environment, provider by flag", "", map[string]string{"TINTYPE_BASE_URL": url}, Values{"provider": "replicate"}, url},
		{
			"environment of another provider", "",
			map[string]string{"TINTYPE_BASE_URL": url, "TINTYPE_PROVIDER": "cometapi"},
			Values{"provider": "replicate"},
			"",
		},
		{"file alone", `base_url = "` + url + `"`, nil, Values{"provider": "replicate"}, url},
		{"file of another provider", "provider = \"cometapi\"\nbase_url = \"" + url + `"`, nil, Values{"provider": "replicate"}, ""},
		{"the demo ignores the environment's", "", map[string]string{"TINTYPE_BASE_URL": url}, Values{"provider": "demo"}, ""},
		{
			"the demo uses its own", "",
			map[string]string{"TINTYPE_BASE_URL": url, "TINTYPE_PROVIDER": "demo"},
			nil, url,
		},
		{"the demo uses a flag", "", nil, Values{"provider": "demo", "base_url": url}, url},
	} {
		t.Run(c.name, func(t *testing.T) {
			env, dir := newEnv(t, c.env)
			name := filepath.Join(dir, "c.toml")
			writeFile(t, name, c.file)
			given := Values{"config": name}
			for k, v := range c.given {
				given[k] = v
			}
			s, warnings, err := Load(env, given, known)
			if err != nil {
				t.Fatal(err)
			}
			if s.BaseURL != c.want {
				t.Errorf("base URL %q, want %q", s.BaseURL, c.want)
			}
			if (c.want == "") != (len(warnings) == 1) {
				t.Errorf("warnings: %v", warnings)
			}
		})
	}
}

func TestFileErrors(t *testing.T) {
	for _, c := range []struct{ name, text, err, warning string }{
		{"broken", "theme = \"dark\"\nmotion = \n", "line 2", ""},
		{"unknown name", "thme = \"dark\"\n", "", `"thme"`},
		{"unknown choice", "theme = \"pink\"\n", "auto, dark, light", ""},
		{"not a string", "theme = 3\n", "text in quotes", ""},
		{"an unknown provider", "provider = \"nobody\"\n", "cometapi, replicate, demo", ""},
		{"keys is not a table", "keys = 3\n", "table", ""},
		{"a key is not a string", "[keys]\nstar = 3\n", `"star"`, ""},
		{"the file cannot name itself", "config = \"x\"\n", "", `"config"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			env, dir := newEnv(t, nil)
			name := filepath.Join(dir, "c.toml")
			writeFile(t, name, c.text)
			_, warnings, err := Load(env, Values{"config": name}, known)
			if c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
				t.Errorf("error %v, want %q in it", err, c.err)
			}
			if c.err == "" && err != nil {
				t.Error(err)
			}
			if c.warning != "" && (len(warnings) != 1 || !strings.Contains(string(warnings[0]), c.warning)) {
				t.Errorf("warnings %q, want %q in one", warnings, c.warning)
			}
		})
	}
}

func TestNamedFileMustExist(t *testing.T) {
	env, dir := newEnv(t, nil)
	_, _, err := Load(env, Values{"config": filepath.Join(dir, "none.toml")}, known)
	if err == nil || !strings.Contains(err.Error(), "none.toml") {
		t.Errorf("got %v", err)
	}
}

func TestKeyBindings(t *testing.T) {
	env, dir := newEnv(t, nil)
	name := filepath.Join(dir, "c.toml")
	writeFile(t, name, "[keys]\nstar = \"+\"\nleave = [\"ctrl+c\", \"ctrl+q\"]\n")
	s, _, err := Load(env, Values{"config": name}, known)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(s.Keys["star"], " "); got != "+" {
		t.Errorf("star: %q", got)
	}
	if got := strings.Join(s.Keys["leave"], " "); got != "ctrl+c ctrl+q" {
		t.Errorf("leave: %q", got)
	}
}

// TestInvalidKeyBindings: an invalid binding costs only itself, and the errors are sorted by action.
func TestInvalidKeyBindings(t *testing.T) {
	env, dir := newEnv(t, nil)
	name := filepath.Join(dir, "c.toml")
	writeFile(t, name, "[keys]\nstar = \"+\"\nmark = 3\ncopy = [\"y\", 1]\nleave = [\"ctrl+q\"]\n")
	s, _, err := Load(env, Values{"config": name}, known)
	var damaged *FileError
	if !errors.As(err, &damaged) || len(damaged.Errors) != 2 ||
		!strings.Contains(damaged.Errors[0].Error(), `"copy"`) || !strings.Contains(damaged.Errors[1].Error(), `"mark"`) {
		t.Errorf("got %v", err)
	}
	if len(s.Keys) != 2 || len(s.Keys["star"]) != 1 || len(s.Keys["leave"]) != 1 {
		t.Errorf("keys: %q", s.Keys)
	}
}

func TestConventions(t *testing.T) {
	env, _ := newEnv(t, map[string]string{"NO_COLOR": "1", "NO_MOTION": "1"})
	s, _, err := Load(env, nil, known)
	if err != nil || s.Colour != "none" || s.Motion != "none" || s.SourceOf("colour") != "NO_COLOR" {
		t.Errorf("colour %q from %q, motion %q, %v", s.Colour, s.SourceOf("colour"), s.Motion, err)
	}
	s, _, err = Load(env, Values{"colour": "auto"}, known)
	if err != nil || s.Colour != "auto" {
		t.Errorf("with a flag: colour %q, %v", s.Colour, err)
	}
}

func FuzzFile(f *testing.F) {
	f.Add("theme = \"dark\"\n[keys]\nstar = [\"*\"]\n")
	f.Add("provider = 'x'\n[[keys]]\n")
	f.Add("keys.star = 1")
	f.Fuzz(func(t *testing.T, text string) {
		l := loader{env: func(string) string { return "" }}
		l.parse("c.toml", []byte(text))
		for name := range l.file.values {
			if name == "config" || name == "keys" {
				t.Errorf("took %q", name)
			}
		}
	})
}
