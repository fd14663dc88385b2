//go:build unix

package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestHistoryInATerminal opens the built program over histories that are long, or cannot be written.
func TestHistoryInATerminal(t *testing.T) {
	binary := build(t)
	t.Run("long", func(t *testing.T) { longHistory(t, newHouse(t, binary)) })
	t.Run("read-only", func(t *testing.T) {
		readOnly(t, newHouse(t, binary))
	})
	t.Run("on a full disk", func(t *testing.T) { fullDisk(t, newHouse(t, binary)) })
}

// longHistory types queries over 100,000 predictions, and sees the answers that the command line gives.
func longHistory(t *testing.T, h *house) {
	n := 100_000
	if testing.Short() {
		n = 20_000
	}
	dir := filepath.Join(h.dir, "long")
	cmd := exec.Command("go", "run", "./history/makehistory", "-n", strconv.Itoa(n), dir)
	cmd.Dir = "../.."
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("makehistory: %v\n%s", err, said)
	}
	x := h.open(t, how{args: []string{"--demo", "--data-dir", dir}})
	x.sees("all " + thousands(n))
	x.keys(esc)
	x.sees("/ all " + thousands(n))
	query := ""
	for _, part := range []string{"/zeppelin", " -fox", " state:done", " cost>0.02", " model:pro"} {
		x.keys(part)
		query += strings.TrimPrefix(part, "/")
		x.sees(fmt.Sprintf("%s of %s", thousands(h.count(t, dir, query)), thousands(n)))
	}
	found := thousands(h.count(t, dir, query))
	x.keys(" time>")
	x.sees("time> needs a number. Without it: "+found+".", found+" of "+thousands(n))
	x.keys("\x15\"zeppelin gliding") // ctrl+u: a new query
	x.sees("The quotation mark is not closed.")
	x.keys("\x15~zepelin is:starred")
	x.sees(thousands(h.count(t, dir, "~zepelin is:starred")) + " of " + thousands(n))
	x.keys(esc)
	x.sees("/ all " + thousands(n))
	x.keys(ctrlC)
	if code := x.leaves(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// count is how many predictions the command line finds.
func (h *house) count(t *testing.T, dir, query string) int {
	t.Helper()
	cmd := exec.Command(h.binary, "list", "--demo", "--data-dir", dir, "--json", "--", query)
	cmd.Dir, cmd.Env = h.dir, h.env()
	said, err := cmd.Output()
	var found []json.RawMessage
	if err != nil || json.Unmarshal(said, &found) != nil || len(found) == 0 {
		t.Fatalf("list %s: %v, %d found", query, err, len(found))
	}
	return len(found)
}

// thousands writes a number as the screen does.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// readOnly: it starts over a folder that it may not write to, says so, shows what is there, and buys nothing.
func readOnly(t *testing.T, h *house) {
	dir := filepath.Join(h.dir, "data", "closed")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	past := `{"v":1,"key":"01jgxbt61fmtvp1as233zzr6qe","rev":1,"time":"2025-01-06T08:30:58Z","state":"done","provider":"demo",` +
		`"model":"black-forest-labs/flux-schnell","input":{"prompt":"A fox of old."}}` + "\n"
	if err := os.WriteFile(filepath.Join(dir, "history.jsonl"), []byte(past), 0o400); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	shown := "A fox of old."
	if f, err := os.Create(filepath.Join(dir, "may we?")); err == nil { // we are root, whom modes do not stop
		_ = f.Close()
		if dir, shown = "/sys/kernel", "Nothing made yet."; !closed(dir) {
			t.Skip("there is no folder here that root may not write to")
		}
	}
	x := h.open(t, how{args: []string{"--demo", "--data-dir", dir}})
	x.sees(shown, "history is read-only: nothing is bought")
	x.buysNothing()
	left, err := os.ReadFile(filepath.Join(h.dir, "data", "closed", "history.jsonl"))
	if err != nil || !bytes.Equal(left, []byte(past)) {
		t.Errorf("the history is now %q, %v", left, err)
	}
}

// closed tells whether a folder is there in which nothing can be made.
func closed(dir string) bool {
	if _, err := os.Stat(dir); err != nil {
		return false
	}
	name := filepath.Join(dir, "tintype-test")
	f, err := os.Create(name)
	if err == nil {
		_ = f.Close()
		_ = os.Remove(name)
	}
	return err != nil
}

// fullDisk: the journal is on a disk that takes not one byte.
func fullDisk(t *testing.T, h *house) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("there is no /dev/full here")
	}
	dir := filepath.Join(h.dir, "data", "full")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/full", filepath.Join(dir, "history.jsonl")); err != nil {
		t.Skip("no links here: ", err)
	}
	x := h.open(t, how{args: []string{"--demo", "--data-dir", dir}})
	x.seesOpen()
	x.buysNothing()
	x.sees("nothing is bought") // until there is room again
	if raw, err := os.ReadFile(filepath.Join(dir, "demo.jsonl")); err == nil && len(raw) > 0 {
		t.Errorf("the demo was asked for %s", raw)
	}
}

// buysNothing presses enter, is told why nothing is bought, and leaves.
func (x *terminal) buysNothing() {
	x.t.Helper()
	x.keys("A boat.")
	x.sees("A boat.")
	x.keys(enter)
	x.sees("Not sent: tintype buys nothing that it cannot write down.")
	x.seesNot("1 running")
}
