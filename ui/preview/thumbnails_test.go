package preview

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"
)

// TestTrimFolder: the oldest files beyond the bound are deleted, and none below it.
func TestTrimFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i := range 10 {
		name := fmt.Sprintf("%s/%d.jpg", dir, i)
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		made := time.Unix(int64(1000+i), 0)
		if err := os.Chtimes(name, made, made); err != nil {
			t.Fatal(err)
		}
	}
	names := func() (left []string) {
		files, _ := os.ReadDir(dir)
		for _, f := range files {
			left = append(left, f.Name())
		}
		return left
	}
	trimFolder(dir, 10, 4)
	if got := names(); len(got) != 10 {
		t.Errorf("at the bound %v are left", got)
	}
	trimFolder(dir, 9, 4)
	if got := names(); !slices.Equal(got, []string{"6.jpg", "7.jpg", "8.jpg", "9.jpg"}) {
		t.Errorf("%v are left", got)
	}
}
