package cli_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// countLines checks how many lines stand on the last standard output: lines 10.
func countLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lines N")
	}
	if n := strings.Count(ts.ReadFile("stdout"), "\n"); strconv.Itoa(n) != args[0] {
		ts.Fatalf("%d lines, want %s", n, args[0])
	}
}

// corrupt changes the last byte of every file in a folder.
func corrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: spoil FOLDER")
	}
	names, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "*.*"))
	ts.Check(err)
	if len(names) == 0 {
		ts.Fatalf("nothing to spoil in %s", args[0])
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		ts.Check(err)
		b[len(b)-1] ^= 1
		ts.Check(os.WriteFile(name, b, 0o600))
	}
}
