package wildcards_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tintype/ui/template"
	"tintype/ui/template/wildcards"
)

// write writes files into a folder.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func texts(values []template.Value) string {
	var all []string
	for _, v := range values {
		s := v.Text
		if v.Weight != 1 {
			s = fmt.Sprintf("%g*%s", v.Weight, s)
		}
		all = append(all, s)
	}
	return strings.Join(all, "|")
}

func TestListsOfFolders(t *testing.T) {
	first, second, outside := t.TempDir(), t.TempDir(), t.TempDir()
	write(t, first, map[string]string{
		"colours-cold.txt":   "\ufeff# cold ones\r\nblue\r\n\r\n2.5::green\r\n",
		"place/indoors.txt":  "harbour\nattic",
		"place/far/moon.txt": "moon",
		"numbers.yaml":       "a:\n  - one\n  - 2::two\nb:\n  c: [three, 04]\n",
		"things.json":        `{"metal": ["gold", "tin"], "deep": {"x": [1.50, true]}}`,
		"empty.txt":          "# nothing\n",
		"broken.yaml":        "a: [",
		"utf16.txt":          "\xff\xfea\x00",
	})
	write(t, second, map[string]string{"colours-cold.txt": "never", "colours-warm.txt": "red", "top.json": `["x", "y"]`})
	write(t, outside, map[string]string{"secret.txt": "secret"})
	if err := os.Symlink(filepath.Join(outside, "secret.txt"), filepath.Join(first, "link.txt")); err != nil {
		t.Skip("no links here")
	}
	_ = os.Symlink("numbers.yaml", filepath.Join(first, "inner.yaml"))
	l := wildcards.New(first, filepath.Join(first, "missing"), second)
	for _, c := range []struct{ path, want string }{
		{"colours-cold", "blue|2.5*green"},
		{"colours-warm", "red"},
		{"place/indoors", "harbour|attic"},
		{"place/*", "harbour|attic"},
		{"place/**", "moon|harbour|attic"},
		{"colours-*", "blue|2.5*green|red"},
		{"numbers/a", "one|2*two"},
		{"numbers/b/c", "three|04"},
		{"a", "one|2*two"},
		{"b/c", "three|04"},
		{"inner/a", "one|2*two"},
		{"things/metal", "gold|tin"},
		{"things/deep/x", "1.50|true"},
		{"things/**", "1.50|true|gold|tin"},
		{"top", "x|y"},
		{"empty", ""},
		{"link", "error: the list link.txt cannot be read: it is a link that leads out of the folder."},
		{"../secret", "error: ../secret leads out of the folder of the lists; a path has no .. and begins with no /."},
		{"colour", "error: no list called colour; there are colours-cold, colours-warm."},
		{"place/indors", "error: no list called place/indors; there is place/indoors."},
		{"broken/a", "error: broken.yaml is no YAML: line 1: did not find expected node content."},
		{"utf16", "error: the list utf16.txt is in UTF-16; save it in UTF-8."},
	} {
		values, err := l.Values(c.path)
		got := texts(values)
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != c.want {
			t.Errorf("%s has %q, not %q", c.path, got, c.want)
		}
	}
	if values, _ := l.Values("colours-cold"); values[1].Place != "colours-cold.txt:4" {
		t.Errorf("the place is %s", values[1].Place)
	}
}

func TestAListIsReadAgainWhenItChanges(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.txt": "x", "b/c.txt": "y"})
	l := wildcards.New(dir)
	first, _ := l.Values("a")
	again, _ := l.Values("a")
	if &first[0] != &again[0] {
		t.Error("a list that has not changed is read again")
	}
	all, _ := l.Values("**")
	allAgain, _ := l.Values("**")
	if &all[0] != &allAgain[0] {
		t.Error("lists that have not changed are joined again")
	}
	write(t, dir, map[string]string{"a.txt": "x\nlonger"})
	if got, _ := l.Values("a"); texts(got) != "x|longer" {
		t.Errorf("after the change: %s", texts(got))
	}
	write(t, dir, map[string]string{"b/d/e.txt": "z"})
	if names := l.Names(); !slices.Contains(names, "b/d/e") {
		t.Errorf("a new list is missing: %v", names)
	}
}

func TestTooManyValues(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"most.txt": strings.Repeat("x\n", wildcards.MaxValues), "over.txt": strings.Repeat("x\n", wildcards.MaxValues+1)})
	l := wildcards.New(dir)
	if values, err := l.Values("most"); err != nil || len(values) != wildcards.MaxValues {
		t.Errorf("%d values, %v", len(values), err)
	}
	if _, err := l.Values("over"); err == nil || err.Error() != "over.txt has more than 100,000 values. Make several lists of it." {
		t.Errorf("%v", err)
	}
}

// TestListsWithMistakes: what cannot be sent as it is written is a mistake with its place, and a list without values is known.
func TestListsWithMistakes(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"latin.txt": "cat\ncaf\xe9\n", "empty.yaml": "", "two.yaml": "a: [x]\n---\nb: [y]\n", "none.yaml": "hats:\ncoats: []\nshoes: [red]\n",
		"none.json": `{"rings": [], "chains": null}`,
	})
	if err := os.Symlink("nowhere.txt", filepath.Join(dir, "broken.txt")); err != nil {
		t.Skip("there are no links here")
	}
	l := wildcards.New(dir)
	for name, want := range map[string]string{
		"latin":  "line 2 of the list latin.txt is not UTF-8; save the file in UTF-8.",
		"broken": "the list broken.txt cannot be read: it is a link to a file that is not there.",
		"brok*":  "the list broken.txt cannot be read: it is a link to a file that is not there.",
		"empty":  "", "none/hats": "", "coats": "", "none/shoes": "red", "rings": "", "chains": "", "two/a": "x", "two/b": "y",
	} {
		values, err := l.Values(name)
		if got := texts(values); err == nil && got != want || err != nil && err.Error() != want {
			t.Errorf("%s: %q, %v, not %q", name, got, err, want)
		}
	}
}

// TestNoLists: where there are no lists at all, the folder that is not there is named.
func TestNoLists(t *testing.T) {
	here, gone := t.TempDir(), filepath.Join(t.TempDir(), "gone")
	for _, test := range []struct {
		folders []string
		want    string
	}{
		{[]string{here}, `no list called c; there are no lists. Write \__ for the signs themselves.`},
		{[]string{here, gone}, `no list called c; there are no lists. Write \__ for the signs themselves. There is no folder ` + gone + "."},
	} {
		if _, err := wildcards.New(test.folders...).Values("c"); err == nil || err.Error() != test.want {
			t.Errorf("%v: %v", test.folders, err)
		}
	}
}

// TestTheCasesOfTheFixtures replays the cases, whose sets are computed by the reference implementation.
func TestTheCasesOfTheFixtures(t *testing.T) {
	folder := "../../../../shared/fixtures/templates"
	raw, err := os.ReadFile(filepath.Join(folder, "cases.json"))
	if err != nil {
		t.Skip("the fixtures are not here")
	}
	var cases []struct {
		Template  string
		ExpandsTo []string `json:"expands_to"`
		Error     bool
	}
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	lists := wildcards.New(filepath.Join(folder, "wildcards"))
	for _, c := range cases {
		parsed, err := template.Parse(c.Template, lists)
		if (err != nil) != c.Error {
			t.Errorf("%q: %v", c.Template, err)
		}
		if err != nil {
			continue
		}
		got, err := parsed.Expand(1, 0)
		slices.Sort(got)
		if err != nil || !slices.Equal(got, c.ExpandsTo) || parsed.Count().String() != fmt.Sprint(len(got)) {
			t.Errorf("%q expands to %q (%v), not %q", c.Template, got, err, c.ExpandsTo)
		}
	}
}

func TestMergedMaps(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"y.yaml": "base: &b\n  metal: [iron, gold]\n  wood: [ash]\nmore: &m {stone: [slate], wood: [elm]}\nthings:\n  <<: [*b, *m]\n  wood: [oak]\nagain:\n  <<: *m\n",
		"r.yaml": "a: &a\n  x: [1]\n  <<: *a\n",
		"s.yaml": "a:\n  <<: text\n",
	})
	l := wildcards.New(dir)
	for name, want := range map[string]string{
		"y/things/metal": "iron|gold", "y/things/wood": "oak", "y/things/stone": "slate", "y/again/wood": "elm",
		"y/things/**": "iron|gold|slate|oak",
	} {
		if values, err := l.Values(name); err != nil || texts(values) != want {
			t.Errorf("%s: %s, %v; want %s", name, texts(values), err, want)
		}
	}
	for _, name := range []string{"r/a/x", "s/a"} {
		if values, err := l.Values(name); err == nil {
			t.Errorf("%s: %s, and no mistake", name, texts(values))
		}
	}
}

func TestExtensionsInCapitals(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"UP.TXT": "a\nb\n", "deep/Q.Yaml": "q: [x, y]\n", "J.JSON": `{"j": ["k"]}`, "UP2.TXT": "never"})
	l := wildcards.New(dir)
	for name, want := range map[string]string{"UP": "a|b", "deep/Q/q": "x|y", "J/j": "k", "j": "k", "U*": "a|b|never", "**/q": "x|y"} {
		if values, err := l.Values(name); err != nil || texts(values) != want {
			t.Errorf("%s: %s, %v; want %s", name, texts(values), err, want)
		}
	}
}
