//go:build unix

package cli_test

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// TestLongHistoryInATerminal types queries over a long history, and compares the number of matches with the list command's.
func TestLongHistoryInATerminal(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	n := 20_000
	if longTests() {
		n = 100_000
	}
	dir := filepath.Join(h.dir, "long")
	cmd := exec.Command("go", "run", "./ui/internal/tools/makehistory", "-n", strconv.Itoa(n), dir)
	cmd.Dir = "../.."
	if output, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("makehistory: %v\n%s", err, output)
	}
	x := h.open(t, startOptions{args: []string{"--demo", "--data-dir", dir}})
	x.waitFor("1 of " + thousands(n))
	x.send(esc)
	x.waitFor("▸Pictures")
	x.send("/")
	x.waitFor("For example: fox")
	query := ""
	for _, part := range []string{"zeppelin", " -fox", " state:done", " cost>0.02", " model:pro"} {
		x.send(part)
		query += part
		x.waitFor("of " + thousands(h.count(t, dir, query)))
	}
	found := thousands(h.count(t, dir, query))
	x.send(" time>")
	x.waitFor("time> needs a number. Without it: "+found+".", "of "+found)
	x.send("\x15\"zeppelin gliding") // ctrl+u: a new query
	x.waitFor("The quotation mark is not closed.")
	x.send("\x15~zepelin is:starred")
	x.waitFor("of " + thousands(h.count(t, dir, "~zepelin is:starred")))
	x.send(esc)
	x.waitFor("of " + thousands(n))
	x.send(ctrlC)
	if code := x.waitForExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// count is how many predictions the list command finds.
func (h *home) count(t *testing.T, dir, query string) int {
	t.Helper()
	cmd := exec.Command(h.binary, "list", "--demo", "--data-dir", dir, "--json", "--", query)
	cmd.Dir, cmd.Env = h.dir, h.env()
	output, err := cmd.Output()
	var found []json.RawMessage
	if err != nil || json.Unmarshal(output, &found) != nil || len(found) == 0 {
		t.Fatalf("list %s: %v, %d found", query, err, len(found))
	}
	return len(found)
}

// thousands writes a number as the screen does, such as 20,000.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
