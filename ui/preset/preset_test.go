package preset

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"tintype/ui/template"
)

// newStore returns a store with files.
func newStore(t *testing.T, files map[string]string) Store {
	t.Helper()
	s := In(filepath.Join(t.TempDir(), "config.toml"))
	if err := os.MkdirAll(s.Dir(), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(s.Dir(), name+".toml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// TestStacked: presets are applied one after the other, and the input that was given is as it was.
func TestStacked(t *testing.T) {
	t.Parallel()
	s := newStore(t, map[string]string{
		"film": "model = \"flux-dev\"\nguidance = 2.5\nprompt = \"film photo of {prompt}, grain\"\n",
		"ink":  "\ufeffguidance = 3\nprompt = \"ink\"\n",
	})
	before := map[string]any{"guidance": 1.5, "seed": int64(7)}
	id, prompt, input, err := s.Apply("film + ink", "black-forest-labs/flux-schnell", "a {red|blue} fox", before)
	want := map[string]any{"guidance": 3.0, "seed": int64(7)}
	if err != nil || id != "black-forest-labs/flux-dev" || prompt != "film photo of a {red|blue} fox, grain, ink" || !reflect.DeepEqual(input, want) {
		t.Errorf("%q, %q, %v, %v", id, prompt, input, err)
	}
	if before["guidance"] != 1.5 {
		t.Errorf("the input was changed: %v", before)
	}
}

// TestTemplate: around a template, a preset's own signs mean themselves, and its {prompt} is replaced.
func TestTemplate(t *testing.T) {
	t.Parallel()
	s := newStore(t, map[string]string{"x": `prompt = "a {b|c} $ {prompt} __d__"`})
	_, prompt, _, err := s.ApplyToTemplate("x", "", "# a remark\n{red|blue} fox\n// another", nil)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := template.Parse(prompt, nil)
	if err != nil {
		t.Fatalf("%q: %v", prompt, err)
	}
	got, err := parsed.Expand(1, 0)
	want := []string{"a {b|c} $ red fox __d__", "a {b|c} $ blue fox __d__"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%q expands to %q, %v", prompt, got, err)
	}
}

// TestBadFiles: a bad file is told by name, line and cure, and the others work.
func TestBadFiles(t *testing.T) {
	t.Parallel()
	s := newStore(t, map[string]string{
		"a": "guidance = 2.5\n", "b": "guidance = 3\ncfg = 7\n", "c": "guidance = \n", "d": "model = \"flux-dev\"\nguidance = 99\n",
		"e": "model = \"flux-dev\"\ngiudance = 2\n", "f": "prompt = 3\n", "g": "[guidance]\na = 1\n",
	})
	presets, bad := s.List()
	if len(presets) != 1 || presets[0].Name != "a" {
		t.Errorf("presets: %v", presets)
	}
	want := []string{"b.toml, line 2: no model here takes \"cfg\"", "c.toml, line 1", "d.toml, line 2: ", "e.toml, line 2: flux-dev takes no \"giudance\". Did you mean guidance", "f.toml, line 1: prompt must be", "g.toml, line 1: [guidance] is a table"}
	for i, part := range want {
		if i >= len(bad) || !strings.Contains(bad[i].Error(), part) {
			t.Errorf("%d: want %q in %v", i, part, bad)
		}
	}
}

// TestSave: what is saved is read again, and nothing is overwritten without being asked to.
func TestSave(t *testing.T) {
	t.Parallel()
	s := In(filepath.Join(t.TempDir(), "config.toml"))
	p := Preset{Name: "film", Model: "black-forest-labs/flux-dev", Prompt: "a \"{prompt}\"\nb", Input: map[string]any{"guidance": 2.0, "seed": int64(7), "go_fast": true}}
	if err := s.Save(p, false); err != nil {
		t.Fatal(err)
	}
	got, err := s.Find("film")
	if err != nil || !reflect.DeepEqual(got, []Preset{p}) {
		t.Errorf("%+v, %v", got, err)
	}
	if err := s.Save(Preset{Name: "film"}, false); !errors.Is(err, ErrExists) {
		t.Errorf("a second save: %v", err)
	}
	if err := s.Save(Preset{Name: "film", Input: map[string]any{"guidance": 3.0}}, true); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"", "../x", "a+b", "a,b", ".x"} {
		if s.Save(Preset{Name: name}, false) == nil {
			t.Errorf("%q was saved", name)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(s.Dir(), ".*")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// TestStyles: A1111's styles.csv.
func TestStyles(t *testing.T) {
	t.Parallel()
	presets, notes, err := Styles(strings.NewReader("\ufeffname,prompt,negative_prompt\r\nNone,,\r\nfilm/35mm,\"film, {prompt}\",blur\r\nsum,=1+2,\r\n"))
	want := []Preset{{Name: "film-35mm", Prompt: "film, {prompt}"}, {Name: "sum", Prompt: "=1+2"}}
	if err != nil || !reflect.DeepEqual(presets, want) || len(notes) != 2 {
		t.Errorf("%+v, %q, %v", presets, notes, err)
	}
	for _, bad := range []string{"", "a,b\n", "name,prompt\nx,\"y\n"} {
		if _, _, err := Styles(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "line") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestImages: the relative path of an input image is from the folder of presets.
func TestImages(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	s := newStore(t, map[string]string{
		"one":  "image_prompt = \"refs/a.png\"",
		"home": "image_prompt = \"~/a.png\"",
		"url":  "image_prompt = \"https://example.com/a.png\"",
		"list": "input_images = [\"a.png\", \"../b.png\"]",
		"text": "aspect_ratio = \"16:9\"",
	})
	for name, want := range map[string]any{
		"one": filepath.Join(s.Dir(), "refs", "a.png"), "home": filepath.Join(home, "a.png"), "url": "https://example.com/a.png",
		"list": []string{filepath.Join(s.Dir(), "a.png"), filepath.Join(filepath.Dir(s.Dir()), "b.png")}, "text": "16:9",
	} {
		_, _, input, err := s.Apply(name, "", "", nil)
		if err != nil || len(input) != 1 {
			t.Fatalf("%s: %v, %v", name, input, err)
		}
		for _, got := range input {
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %v, want %v", name, got, want)
			}
		}
	}
}
