package cli_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// edges is design.md's table of imports, ours only. Programs that help with development stand under their package.
var edges = map[string][]string{
	"tintype":                     {"ui/cli"},
	"tintype/ui/cli":              {"ui", "ui/studio", "ui/picture", "ui/text", "api", "api/model", "api/demo", "history", "config"},
	"tintype/ui":                  {"ui/studio", "ui/picture", "ui/text", "api", "api/model", "history", "config"},
	"tintype/ui/studio":           {"api", "api/job", "api/model", "history"},
	"tintype/api/job":             {"api"},
	"tintype/api/demo":            {"api", "api/model"},
	"tintype/api":                 nil,
	"tintype/api/model":           nil,
	"tintype/history":             nil,
	"tintype/config":              nil,
	"tintype/ui/picture":          nil,
	"tintype/ui/text":             nil,
	"tintype/history/makehistory": {"history"},
}

// bubbleTea is imported by the full screen alone.
const bubbleTea = "charm.land/bubbletea/v2"

func TestImportsRunOneWay(t *testing.T) {
	cmd := exec.Command("go", "list", "-f", `{{.Name}} {{.ImportPath}} {{join .Imports " "}}`, "./...")
	cmd.Dir = "../.."
	raw, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, raw)
	}
	seen := 0
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		fields := strings.Fields(line)
		name, path, imports := fields[0], fields[1], fields[2:]
		allowed, known := edges[path]
		if !known && name == "main" {
			continue // a measuring program: it imports what it measures, and nothing imports it
		}
		if !known {
			t.Errorf("%s has no place in the table", path)
		}
		seen++
		for _, to := range imports {
			short := strings.TrimPrefix(to, "tintype/")
			if short != to && !slices.Contains(allowed, short) {
				t.Errorf("%s imports %s", path, to)
			}
			if to == bubbleTea && path != "tintype/ui" {
				t.Errorf("%s imports Bubble Tea", path)
			}
		}
	}
	if seen < len(edges)-1 {
		t.Errorf("only %d of %d packages are there", seen, len(edges))
	}
}
