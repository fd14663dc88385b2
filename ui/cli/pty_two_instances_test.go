//go:build unix

package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestI15TwoInstances: two full screens and some commands buy over one folder at once. Each sees the predictions of the others, nothing
// is bought twice, each picture is fetched once, and every line of the history is complete. Package history tests writers that are
// killed.
func TestI15TwoInstances(t *testing.T) {
	t.Parallel()
	server := newServer(t, quick)
	h := newHome(t)
	one, two := h.open(t, server.options()), h.open(t, server.options())
	one.waitFor("No pictures yet.")
	two.waitFor("No pictures yet.")
	const each = 3
	var all sync.WaitGroup
	for i, x := range []*terminal{one, two} {
		for n := range each {
			prompt := fmt.Sprintf("Screen %d boat %d.", i, n)
			x.developNext(prompt)
		}
	}
	for n := range each {
		all.Go(func() {
			h.output(append(server.args(), "run", "-f", "jpg", "--set", "megapixels=0.25", fmt.Sprintf("Command boat %d.", n))...)
		})
	}
	all.Wait()
	for _, x := range []*terminal{one, two} {
		x.waitFor("of 9") // predictions of others appear above the selected row
		x.focusList()
		x.send("g")
	}
	for n := range each { // both screens show all predictions
		for _, who := range []string{"Screen 0", "Screen 1", "Command"} {
			one.waitFor(fmt.Sprintf("✓ %s boat %d.", who, n))
			two.waitFor(fmt.Sprintf("✓ %s boat %d.", who, n))
		}
	}
	two.send("*")
	one.send("3") // only starred ones
	one.waitFor("1 of 9")
	for _, x := range []*terminal{one, two} {
		x.send(ctrlC)
		x.waitForExit()
		x.checkRestored()
	}
	if c := server.Counts(); c.Accepted != 3*each || c.Outputs != 3*each {
		t.Errorf("%d were bought, %d pictures fetched", c.Accepted, c.Outputs)
	}
	h.checkHistory(t, 3*each)
}

// checkHistory checks that every line of the history is complete, that n predictions are done, and that each has its own picture.
func (h *home) checkHistory(t *testing.T, n int) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(h.dir, "data", "tintype", "history.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		if !json.Valid([]byte(line)) || !strings.HasSuffix(line, "\n") {
			t.Errorf("an incomplete line: %q", line)
		}
	}
	seen := map[string]bool{}
	for _, made := range h.list(t) {
		if made.State != "done" || len(made.Pictures) != 1 || seen[made.Pictures[0]] {
			t.Errorf("%+v", made)
			continue
		}
		seen[made.Pictures[0]] = true
		if _, err := os.Stat(made.Pictures[0]); err != nil {
			t.Error(err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(h.dir, "data", "tintype", "pictures", "*")); len(seen) != n || err != nil || len(left) != n {
		t.Errorf("%d are done, with %d pictures, want %d (%v)", len(seen), len(left), n, err)
	}
}
