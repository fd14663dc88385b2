package cli_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowedImports lists, for each package, the packages of the project that it may import. Programs for developers are not in it.
var allowedImports = map[string][]string{
	"tintype": {"ui/cli"},
	"tintype/ui/cli": {
		"config/atomicfile", "ui/bisect", "ui/form", "ui/impact", "ui/lineage", "ui/watchfile",
		"ui/lab", "ui/preset", "ui/plan", "ui/promptfile", "ui/rank", "ui/template", "ui/template/wildcards", "ui/picturekey",
		"ui", "ui/cell", "ui/format", "ui/tty", "ui/runner", "ui/runner/inputimage", "ui/picture", "ui/params", "ui/text", "ui/theme", "ui/wording",
		"api", "api/model", "api/demo", "history", "history/duels", "config",
	},
	"tintype/ui": {
		"ui/lineage", "ui/duel",
		"ui/bisect", "ui/bisectview", "ui/impact", "ui/impactview",
		"ui/picturekey",
		"ui/watchfile",
		"ui/lab", "ui/preset", "ui/plan", "ui/sheet", "ui/tree", "ui/template",
		"ui/cell", "ui/compare", "ui/dialog", "ui/form", "ui/format", "ui/gallery", "ui/guard", "ui/keymap", "ui/layout", "ui/list",
		"ui/params", "ui/picker", "ui/preview", "ui/screen", "ui/statusbar", "ui/textedit", "ui/theme", "ui/tty", "ui/wording",
		"ui/runner", "ui/runner/inputimage", "ui/picture", "ui/text", "api", "api/model", "history", "config",
	},
	"tintype/ui/wording": {"api", "api/model", "history", "ui/format", "ui/keymap", "ui/plan", "ui/runner", "ui/text"},
	"tintype/ui/screen":  {"history", "ui/cell", "ui/keymap", "ui/list", "ui/preview", "ui/runner", "ui/statusbar", "ui/theme"},
	"tintype/ui/gallery": {"api/model", "history", "ui/cell", "ui/keymap", "ui/layout", "ui/params", "ui/preview", "ui/screen", "ui/text", "ui/wording"},
	"tintype/ui/compare": {
		"api/model", "history", "ui/cell", "ui/format", "ui/keymap", "ui/layout", "ui/list", "ui/params", "ui/preview", "ui/promptdiff", "ui/runner", "ui/screen", "ui/text",
		"ui/theme", "ui/wording",
	},
	"tintype/ui/template":           nil,
	"tintype/ui/promptfile":         nil,
	"tintype/ui/watchfile":          {"api/model", "ui/format", "ui/plan", "ui/template"},
	"tintype/ui/template/wildcards": {"ui/format", "ui/template"},
	"tintype/ui/sheet":              {"api/model", "history", "ui/cell", "ui/format", "ui/guard", "ui/keymap", "ui/list", "ui/params", "ui/plan", "ui/preview", "ui/screen", "ui/text", "ui/theme", "ui/wording"},
	"tintype/ui/duel":               {"api/model", "history", "history/duels", "ui/cell", "ui/format", "ui/guard", "ui/keymap", "ui/list", "ui/preview", "ui/rank", "ui/screen", "ui/text", "ui/theme", "ui/wording"},
	"tintype/ui/impactview": {
		"history", "ui/cell", "ui/format", "ui/impact", "ui/keymap", "ui/list", "ui/plan", "ui/preview", "ui/screen", "ui/text", "ui/theme",
	},
	"tintype/ui/bisectview": {
		"history", "ui/bisect", "ui/cell", "ui/format", "ui/guard", "ui/inputdiff", "ui/keymap", "ui/lab", "ui/layout", "ui/list", "ui/picturekey", "ui/plan", "ui/preview",
		"ui/screen", "ui/text", "ui/theme",
	},
	"tintype/ui/preset":     {"api/model", "ui/format", "ui/template"},
	"tintype/ui/picturekey": {"api/model", "history", "ui/params"},
	"tintype/ui/plan":       {"ui/format", "api/model", "ui/params", "ui/picturekey"},
	"tintype/ui/lab":        {"api", "api/model", "config/atomicfile", "history", "ui/format", "ui/params", "ui/picturekey", "ui/plan", "ui/runner", "ui/runner/inputimage", "ui/template"},
	"tintype/ui/rank":       {"history/duels"},
	"tintype/ui/guard":      nil,
	"tintype/ui/dialog":     {"ui/cell", "ui/guard", "ui/keymap", "ui/picker", "ui/statusbar", "ui/text", "ui/textedit", "ui/theme"},
	"tintype/ui/statusbar":  {"ui/cell", "ui/keymap", "ui/text", "ui/theme"},
	"tintype/ui/cell":       {"ui/text"},
	"tintype/ui/format":     {"ui/text"},
	"tintype/ui/theme":      {"history", "ui/text"},
	"tintype/ui/layout":     {"ui/cell"},
	"tintype/ui/keymap":     {"ui/cell", "ui/format"},
	"tintype/ui/textedit":   {"ui/text", "ui/theme"},
	"tintype/ui/picker":     {"ui/format", "ui/text", "ui/textedit", "ui/theme"},
	"tintype/ui/form":       {"api/model", "config/atomicfile", "ui/format", "ui/layout", "ui/params", "ui/picker", "ui/plan", "ui/text", "ui/textedit", "ui/theme"},
	"tintype/ui/list":       {"api/model", "history", "ui/cell", "ui/format", "ui/params", "ui/promptdiff", "ui/runner", "ui/text", "ui/textedit", "ui/theme", "ui/wording"},
	"tintype/ui/params":     {"ui/text"},
	"tintype/ui/promptdiff": {"ui/text", "ui/theme"},
	"tintype/ui/preview": {
		"api/model", "history", "ui/cell", "ui/format", "ui/layout", "ui/keymap", "ui/list", "ui/params", "ui/picture", "ui/runner", "ui/text",
		"ui/theme", "ui/wording",
	},
	"tintype/ui/tty":             {"ui/picture"},
	"tintype/ui/internal/uitest": {"api/model", "ui/text"}, // for tests alone
	"tintype/ui/runner":          {"ui/picturekey", "api", "api/job", "api/model", "history", "history/pictures", "ui/runner/inputimage", "ui/runner/queue"},
	"tintype/api/job":            {"api"},
	"tintype/api/demo":           {"api/model", "api/demo/paint", "api/demo/vp8enc"},
	"tintype/api/demo/demotest":  {"api", "api/demo", "api/demo/vp8enc"}, // for tests alone: no row may name it
	"tintype/api/demo/paint":     nil,
	"tintype/api/demo/vp8enc":    nil,
	"tintype/api":                nil,
	"tintype/api/model":          nil,
	"tintype/history":            {"history/disk", "history/duels", "history/filelock", "history/jsonscan", "history/pictures"},
	"tintype/history/disk":       nil,
	"tintype/history/duels":      {"history/disk", "history/filelock", "history/jsonscan"},
	"tintype/history/filelock":   nil,
	"tintype/history/imagekind":  nil,
	"tintype/history/jsonscan":   nil,
	"tintype/history/pictures":   {"history/disk", "history/filelock", "history/imagekind"},
	"tintype/config":             {"config/atomicfile"},
	"tintype/config/atomicfile":  nil,
	"tintype/ui/picture":         {"history/imagekind", "ui/picture/imagefile", "ui/picture/raster"},
	"tintype/ui/distance":        {"ui/picture/raster"},
	"tintype/ui/lineage":         {"history", "ui/format", "ui/inputdiff"},
	"tintype/ui/tree":            {"history", "ui/cell", "ui/format", "ui/keymap", "ui/lineage", "ui/list", "ui/preview", "ui/screen", "ui/text", "ui/theme", "ui/wording"},
	"tintype/ui/impact":          {"api/model", "history", "ui/distance", "ui/format", "ui/params", "ui/picture", "ui/plan", "ui/promptdiff"},
	"tintype/ui/bisect":          {"api/model", "history", "ui/format", "ui/inputdiff", "ui/params", "ui/picturekey", "ui/plan"},
	"tintype/ui/inputdiff":       {"api/model", "history", "ui/params", "ui/promptdiff"},
	"tintype/ui/text":            nil,

	"tintype/ui/picture/imagetest": nil, // for tests alone: no row may name it
	"tintype/ui/picture/imagefile": {"history/imagekind", "ui/picture/raster"},
	"tintype/ui/picture/raster":    nil,
	"tintype/ui/runner/inputimage": {"api", "api/demo/vp8enc", "api/model", "history/imagekind", "ui/picture/imagefile", "ui/picture/raster"},
	"tintype/ui/runner/queue":      {"api", "api/job"},
}

// bubbleTea is imported by the full screen and by those of its components that take keys.
const bubbleTea = "charm.land/bubbletea/v2"

// takesKeys are the packages that may import Bubble Tea.
var takesKeys = []string{"ui", "ui/compare", "ui/duel", "ui/sheet", "ui/tree", "ui/impactview", "ui/bisectview", "ui/gallery", "ui/screen", "ui/dialog", "ui/form", "ui/keymap", "ui/list", "ui/picker", "ui/textedit", "ui/tty", "ui/internal/uitest"}

// goPackage is a package of the project as go list describes it.
type goPackage struct {
	name, path string
	imports    []string
}

// listPackages asks go list for the project's packages.
func listPackages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-f", `{{.Name}} {{.ImportPath}} {{join .Imports " "}}`, "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		packages = append(packages, goPackage{fields[0], fields[1], fields[2:]})
	}
	return packages
}

// TestImportsRunOneWay: each package imports only the packages of the project that the table allows.
func TestImportsRunOneWay(t *testing.T) {
	seen := 0
	for _, p := range listPackages(t) {
		allowed, known := allowedImports[p.path]
		if !known && p.name == "main" {
			continue // a program for developers, which nothing imports
		}
		if !known {
			t.Errorf("%s is not in the table", p.path)
		}
		seen++
		for _, to := range p.imports {
			short := strings.TrimPrefix(to, "tintype/")
			if short != to && !slices.Contains(allowed, short) {
				t.Errorf("%s imports %s", p.path, to)
			}
			if to == bubbleTea && !slices.Contains(takesKeys, strings.TrimPrefix(p.path, "tintype/")) {
				t.Errorf("%s imports Bubble Tea", p.path)
			}
		}
	}
	if seen < len(allowedImports)-1 {
		t.Errorf("only %d of %d packages exist", seen, len(allowedImports))
	}
}
