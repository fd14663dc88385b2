package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"tintype/api/demo/demotest"
)

// checkNoKeyIn checks that no file below a folder contains the key, nor does its name.
func checkNoKeyIn(t *testing.T, dir string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		if demotest.FindKey(data) != "" || demotest.FindKey([]byte(path)) != "" {
			t.Errorf("%s contains the key", path)
		}
		return err
	})
	if err != nil || files < 3 {
		t.Errorf("%d files, %v", files, err)
	}
}
