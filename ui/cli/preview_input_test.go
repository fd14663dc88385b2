//go:build unix

package cli

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestIdlePipe: what is written arrives, and a writer that writes no more is given up, with a sentence.
func TestIdlePipe(t *testing.T) {
	t.Parallel()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = reader.Close(), writer.Close() }()
	if _, err := writer.WriteString("abc"); err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(idlePipe{reader, 20 * time.Millisecond})
	if string(got) != "abc" || err == nil || !strings.HasPrefix(err.Error(), "nothing more came for") {
		t.Errorf("read %q, %v", got, err)
	}
}

// TestIsNamedPipe: only a pipe in a folder is given up. What a shell makes may bring something after minutes.
func TestIsNamedPipe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name, link := filepath.Join(dir, "pipe"), filepath.Join(dir, "link")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(name, link); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{name: true, link: true, "/dev/stdin": false, "/dev/fd/0": false, "/proc/self/fd/0": false} {
		if isNamedPipe(name) != want {
			t.Errorf("%s: %t", name, !want)
		}
	}
}

// TestIsDumb: a terminal without a name is taken for one that shows text alone.
func TestIsDumb(t *testing.T) {
	t.Parallel()
	for term, want := range map[string]string{"": "TERM is not set", "dumb": "TERM=dumb can show only text", "xterm": "", "linux": ""} {
		p := &program{env: func(string) string { return term }}
		if isDumb(p.env) != (want != "") || want != "" && dumbReason(p.env) != want {
			t.Errorf("TERM=%s: %t, %s", term, isDumb(p.env), dumbReason(p.env))
		}
	}
}
