package format

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"testing"
)

func TestCause(t *testing.T) {
	_, err := os.Open(t.TempDir() + "/nothing")
	if got := Cause(fmt.Errorf("opening: %w", err)).Error(); got != "no such file or directory" || !errors.Is(Cause(err), fs.ErrNotExist) {
		t.Errorf("%q", got)
	}
	if other := errors.New("another"); !errors.Is(Cause(other), other) {
		t.Errorf("%v", Cause(other))
	}
}
