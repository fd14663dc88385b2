package cli_test

import (
	"testing"

	"tintype/api/demo/demotest"
)

// checkNoKeyIn looks for the key in a folder that a program has used, which must therefore contain some files.
func checkNoKeyIn(t *testing.T, dir string) {
	t.Helper()
	if files := demotest.CheckNoKey(t, dir); files < 3 {
		t.Errorf("only %d files", files)
	}
}
