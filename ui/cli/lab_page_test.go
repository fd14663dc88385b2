package cli

import (
	"bytes"
	"context"
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

// TestLabPageCommands runs the commands of ui/lab.md, in a folder with the files that the page shows. None of them buys.
func TestLabPageCommands(t *testing.T) {
	page, err := os.ReadFile("../lab.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	commands := 0
	for _, block := range strings.Split(string(page), "\n```") {
		kind, text, _ := strings.Cut(block, "\n")
		if _, file, ok := strings.Cut(kind, " "); ok {
			writeExample(t, file, text)
			continue
		}
		command, want, ok := strings.Cut(text, "\n→\n")
		if kind != "sweep" || !ok {
			continue
		}
		commands++
		if got := runExample(t, command); got != want {
			t.Errorf("%s\nprints\n%s\nand the page says\n%s", command, got, want)
		}
	}
	if commands < 6 {
		t.Errorf("only %d commands are found", commands)
	}
}

func writeExample(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// runExample runs a command of the page with Replicate's prices, and returns what it prints: progress, then results.
func runExample(t *testing.T, command string) string {
	t.Helper()
	if !strings.Contains(command, "--dry-run") {
		t.Fatalf("%s: an example must not buy", command)
	}
	home := t.TempDir()
	env := func(name string) string {
		return map[string]string{"HOME": home, "USERPROFILE": home, "TINTYPE_PROVIDER": "replicate", "NO_COLOR": "1"}[name]
	}
	var progress, results bytes.Buffer
	Run(context.Background(), arguments(command)[1:], env, strings.NewReader(""), &results, &progress)
	return strings.TrimRight(progress.String()+results.String(), "\n")
}

// arguments splits a command line at blanks that are not within double quotes.
func arguments(command string) []string {
	quoted := false
	fields := strings.FieldsFunc(command, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == ' ' && !quoted
	})
	for i := range fields {
		fields[i] = strings.ReplaceAll(fields[i], `"`, "")
	}
	return fields
}

// expandExample returns the prompts of a template, one a line, or the sentence of its mistake.
func expandExample(written string, lists template.Lists) string {
	parsed, err := template.Parse(written, lists)
	if err != nil {
		return err.Error()
	}
	prompts, err := promptsOf(parsed, 0, defaultLabSeed)
	if err != nil {
		return err.Error()
	}
	return strings.Join(prompts, "\n")
}
