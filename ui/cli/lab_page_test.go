package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tintype/ui/template"
	"tintype/ui/template/wildcards"
)

// TestLabPageExamples runs the examples of ui/lab.md through what expand does.
func TestLabPageExamples(t *testing.T) {
	page, err := os.ReadFile("../lab.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "season.txt"), []byte("summer\nwinter\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(page), "\n```")
	examples := 0
	for _, block := range blocks {
		kind, text, _ := strings.Cut(block, "\n")
		written, want, ok := strings.Cut(text, "\n→\n")
		if kind != "template" && kind != "mistake" || !ok {
			continue
		}
		examples++
		if got := expandExample(written, wildcards.New(dir)); got != want {
			t.Errorf("%s\nexpands to\n%s\nand the page says\n%s", written, got, want)
		}
	}
	if examples < 14 {
		t.Errorf("only %d examples are found", examples)
	}
}

// expandExample returns the prompts of a template, one a line, or the sentence of its mistake.
func expandExample(written string, lists template.Lists) string {
	parsed, err := template.Parse(written, lists)
	if err != nil {
		return err.Error()
	}
	prompts, err := promptsOf(parsed, expandFlags{labSeed: defaultLabSeed})
	if err != nil {
		return err.Error()
	}
	return strings.Join(prompts, "\n")
}
