package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// documents are those for contributors, named from the top folder.
var documents = []string{
	"README.md", "api/README.md", "history/README.md", "ui/README.md", "ui/cli/README.md", "ui/picture/README.md", "ui/internal/tools/README.md",
}

// readDocument reads a document of the repository, named from its top folder.
func readDocument(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestSketchOfThePackages: the sketch in ui/README.md names each package below ui once, except those for tests and developers, and
// each imports only packages of lower groups.
func TestSketchOfThePackages(t *testing.T) {
	group := readSketch(t)
	for _, p := range listPackages(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.path, "tintype/"), "ui/")
		if !strings.HasPrefix(p.path, "tintype/ui") || strings.HasPrefix(name, "internal/") || name == "picture/imagetest" {
			continue
		}
		at, found := group[name]
		if !found {
			t.Errorf("%s is not in the sketch", name)
			continue
		}
		delete(group, name)
		for _, to := range p.imports {
			below := strings.TrimPrefix(strings.TrimPrefix(to, "tintype/"), "ui/")
			if other, ours := readSketch(t)[below]; ours && strings.HasPrefix(to, "tintype/ui") && other <= at {
				t.Errorf("%s imports %s, which is not in a lower group", name, below)
			}
		}
	}
	for name := range group {
		t.Errorf("the sketch names %s, which does not exist", name)
	}
}

// readSketch returns the packages of the sketch with the number of their group, from the top.
func readSketch(t *testing.T) map[string]int {
	t.Helper()
	_, sketch, found := strings.Cut(readDocument(t, "ui/README.md"), "## The packages")
	_, sketch, begins := strings.Cut(sketch, "```\n")
	sketch, _, ends := strings.Cut(sketch, "```")
	if !found || !begins || !ends {
		t.Fatal("ui/README.md has no sketch")
	}
	groups := map[string]int{}
	for i, group := range strings.Split(sketch, "\n\n") {
		for line := range strings.Lines(group) {
			name := strings.Fields(line)[0]
			if _, twice := groups[name]; twice {
				t.Errorf("the sketch names %s twice", name)
			}
			groups[name] = i
		}
	}
	return groups
}

var walkStation = regexp.MustCompile("(?m)^\\| `([^`]+\\.go)` \\| ([^|]+) \\|")

// TestWayOfAPrompt: the functions that ui/README.md names on the way of a prompt are in the files that it names.
func TestWayOfAPrompt(t *testing.T) {
	stations := walkStation.FindAllStringSubmatch(readDocument(t, "ui/README.md"), -1)
	if len(stations) < 15 {
		t.Errorf("only %d stations", len(stations))
	}
	for _, station := range stations {
		source := readDocument(t, station[1])
		for name := range strings.FieldsSeq(station[2]) {
			declared := regexp.MustCompile(`(?m)^func (\([^)]*\) )?` + regexp.QuoteMeta(strings.Trim(name, "`")) + `[(\[]`)
			if !declared.MatchString(source) {
				t.Errorf("%s has no function %s", station[1], name)
			}
		}
	}
}

var markdownLink = regexp.MustCompile(`\]\(([^)#]+)\)`)

// TestDocumentsNameWhatExists: files that the documents for contributors link to, or name with a path, exist.
func TestDocumentsNameWhatExists(t *testing.T) {
	for _, name := range documents {
		text := readDocument(t, name)
		for _, link := range markdownLink.FindAllStringSubmatch(text, -1) {
			if strings.Contains(link[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join("../..", filepath.Dir(name), link[1])); err != nil {
				t.Errorf("%s links to %s, which does not exist", name, link[1])
			}
		}
		for _, path := range regexp.MustCompile("`([a-z_0-9/]+\\.(?:go|sh|md|txtar))`").FindAllStringSubmatch(text, -1) {
			if !existsAnywhere(path[1], filepath.Dir(name)) {
				t.Errorf("%s names %s, which does not exist", name, path[1])
			}
		}
	}
}

var namedIn = regexp.MustCompile("`([a-z_0-9/]+\\.go)`(?::)? \\(((?:`[A-Za-z]+`(?:, )?)+)[^)]*\\)")

// TestDocumentsNameWhatIsThere: what a document names in parentheses after a file is in that file, or is a test.
func TestDocumentsNameWhatIsThere(t *testing.T) {
	for _, name := range []string{"api/README.md", "ui/README.md"} {
		for _, named := range namedIn.FindAllStringSubmatch(readDocument(t, name), -1) {
			path := named[1]
			if !strings.Contains(path, "/") {
				path = filepath.Join(filepath.Dir(name), path)
			}
			source := readDocument(t, path)
			for _, identifier := range strings.FieldsFunc(named[2], func(r rune) bool { return strings.ContainsRune("`, ", r) }) {
				if !strings.HasPrefix(identifier, "Test") && !strings.Contains(source, identifier) {
					t.Errorf("%s says that %s has %s", name, path, identifier)
				}
			}
		}
	}
}

// TestDocumentsNameTestsThatExist: each test that a document names is in the project; a name that ends in … is the beginning of one.
func TestDocumentsNameTestsThatExist(t *testing.T) {
	var sources strings.Builder
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, "_test.go") {
			source, err := os.ReadFile(path)
			sources.Write(source)
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range documents {
		for _, test := range regexp.MustCompile("`(Test[A-Za-z0-9_]+)(…?)`").FindAllStringSubmatch(readDocument(t, name), -1) {
			declared := "\nfunc " + test[1]
			if test[2] == "" {
				declared += "("
			}
			if !strings.Contains(sources.String(), declared) {
				t.Errorf("%s names %s, which does not exist", name, test[1])
			}
		}
	}
}

// existsAnywhere reports whether a document may name a file by a path: from the top, from its own folder or, by its bare name, from a
// folder below that.
func existsAnywhere(path, folder string) bool {
	candidates := []string{filepath.Join("../..", path), filepath.Join("../..", folder, path)}
	for depth := range 2 {
		below := append([]string{"../..", folder}, slices.Repeat([]string{"*"}, depth+1)...)
		candidates = append(candidates, filepath.Join(append(below, path)...))
	}
	return slices.ContainsFunc(candidates, func(pattern string) bool {
		found, err := filepath.Glob(pattern)
		return err == nil && len(found) > 0
	})
}
