package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// built is the program as it is shipped, built once for all tests.
var built struct {
	once   sync.Once
	binary string
	said   []byte
	err    error
}

// build gives the path of the built program. Short tests go without it.
func build(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the program and runs it in a terminal")
	}
	built.once.Do(buildOnce)
	if built.err != nil {
		t.Fatalf("go build: %v\n%s", built.err, built.said)
	}
	return built.binary
}

// buildOnce builds it into a folder that outlives the test which asks first.
func buildOnce() {
	dir, err := os.MkdirTemp("", "tintype-built")
	if err != nil {
		built.err = err
		return
	}
	built.binary = filepath.Join(dir, "tintype")
	cmd := exec.Command("go", "build", "-o", built.binary, ".")
	cmd.Dir = "../.."
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	built.said, built.err = cmd.CombinedOutput()
}

// removeBuilt takes the built program away again.
func removeBuilt() {
	if built.binary != "" {
		_ = os.RemoveAll(filepath.Dir(built.binary))
	}
}
