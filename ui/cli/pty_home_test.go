//go:build unix

package cli_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// home is a home folder for the built program.
type home struct {
	binary string
	dir    string
}

// smallForm is a saved form with small pictures, which the demo paints in a tenth of the time.
const smallForm = `{"v":1,"draft":"","cursor":0,"settings":{"model":"black-forest-labs/flux-schnell","chosen":{"megapixels":"0.25","output_format":"jpg"}}}`

// newHome is a home folder that is empty but for a form with small pictures.
func newHome(t *testing.T) *home {
	t.Helper()
	h := &home{binary: build(t), dir: t.TempDir()}
	for _, folder := range []string{"tintype", "tintype-demo"} {
		h.writeFile(t, "data/"+folder+"/form.json", smallForm)
	}
	return h
}

// writeFile writes a file below the home folder.
func (h *home) writeFile(t *testing.T, name, content string) {
	t.Helper()
	name = filepath.Join(h.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// env is the whole environment of the program: it has nothing of the tests' own, above all no key.
func (h *home) env() []string {
	return []string{
		"HOME=" + h.dir, "PATH=" + os.Getenv("PATH"), "TMPDIR=" + h.dir,
		"XDG_DATA_HOME=" + filepath.Join(h.dir, "data"), "XDG_CONFIG_HOME=" + filepath.Join(h.dir, "config"),
		"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8",
	}
}

// openDemo opens the demo and waits until it can be used.
func (h *home) openDemo(t *testing.T) *terminal {
	t.Helper()
	x := h.open(t, startOptions{args: []string{"--demo"}})
	x.waitForDemo()
	return x
}

// waitForForm waits until the form on disk holds a draft.
func (h *home) waitForForm(t *testing.T, draft string) {
	t.Helper()
	file := filepath.Join(h.dir, "data", "tintype", "form.json")
	for deadline := time.Now().Add(waitLimit); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if b, err := os.ReadFile(file); err == nil && strings.Contains(string(b), draft) {
			return
		}
	}
	t.Fatalf("%s never holds %q", file, draft)
}

// listDemo lists the demo's predictions, newest first.
func (h *home) listDemo(t *testing.T) []listed {
	t.Helper()
	return h.list(t, "--demo")
}

// list lists the predictions of a history, newest first, by the list command.
func (h *home) list(t *testing.T, args ...string) []listed {
	t.Helper()
	cmd := exec.Command(h.binary, append([]string{"list", "--json"}, args...)...)
	cmd.Dir, cmd.Env = h.dir, h.env()
	output, err := cmd.Output()
	if err != nil {
		t.Fatalf("list: %v", err)
	}
	var all []listed
	if err := json.Unmarshal(output, &all); err != nil {
		t.Fatalf("list: %v in %s", err, output)
	}
	return all
}

// demoPurchases counts the predictions that the demo server has accepted.
func (h *home) demoPurchases(t *testing.T) int {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(h.dir, "data", "tintype-demo", "demo.jsonl"))
	if os.IsNotExist(err) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for line := range strings.Lines(string(raw)) {
		var record struct{ ID string }
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatalf("demo.jsonl: %v in %s", err, line)
		}
		ids[record.ID] = true
	}
	return len(ids)
}
