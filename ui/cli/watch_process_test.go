//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// watch opens watch in a terminal, for a file of the home folder that has a text.
func (h *home) watch(t *testing.T, from *server, text string, args ...string) *terminal {
	t.Helper()
	h.writeFile(t, "fox.txt", text)
	args = append(append([]string{"watch", "fox.txt"}, args...), from.args()...)
	return h.open(t, startOptions{w: 160, h: 40, args: args, env: []string{"REPLICATE_API_TOKEN=" + canary}})
}

const foxSettings = "+++\nseed = 7\nmegapixels = \"0.25\"\noutput_format = \"jpg\"\n+++\n"

// TestWatchProcess: a real program asks on a terminal, buys after y, is stopped by ctrl+c, and finds its pictures again.
func TestWatchProcess(t *testing.T) {
	t.Parallel()
	h, server := newHome(t), newServer(t, quick)
	x := h.watch(t, server, foxSettings+"A {red|blue} fox")
	x.waitFor("Buy 2, about $0.006?")
	x.send("y\r")
	x.waitFor("2 of 2 made.", "a-blue-fox")
	h.writeFile(t, "fox.txt.new", foxSettings+"A {red|grey} fox")
	if err := os.Rename(filepath.Join(h.dir, "fox.txt.new"), filepath.Join(h.dir, "fox.txt")); err != nil {
		t.Fatal(err)
	}
	x.waitFor("1 had · 1 to buy", "Buy 1, about $0.003?")
	if err := os.Remove(filepath.Join(h.dir, "fox.txt")); err != nil {
		t.Fatal(err)
	}
	x.waitFor("fox.txt is not there.")
	x.send("\x03")
	x.waitFor("Interrupted: 2 made, 0 still running, 1 not sent.")
	if code := x.waitForExit(); code != 130 {
		t.Errorf("exit code %d", code)
	}
	if posts := server.Counts().Posts; posts != 2 {
		t.Errorf("%d purchases, want 2", posts)
	}
	x = h.watch(t, server, foxSettings+"A {red|blue} fox", "--budget", "0.01")
	x.waitFor("2 had", "a-blue-fox")
	h.writeFile(t, "fox.txt", foxSettings+"A {red|green} fox")
	x.waitFor("1 of 1 made.")
	x.send("\x03")
	x.waitForExit()
	if posts := server.Counts().Posts; posts != 3 {
		t.Errorf("%d purchases, want 3", posts)
	}
}

// TestWatchInterrupted: jobs that run when a watch is stopped go on at the provider, and the next watch follows them.
func TestWatchInterrupted(t *testing.T) {
	t.Parallel()
	h, server := newHome(t), newServer(t, slow)
	x := h.watch(t, server, foxSettings+"A {red|blue} fox", "--yes", "--jobs", "1")
	x.waitFor("1 of 2 · red")
	for deadline := time.Now().Add(waitLimit); server.Counts().Accepted == 0 && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	x.send("\x03")
	x.waitFor("1 still running, 1 not sent")
	if code := x.waitForExit(); code != 130 {
		t.Errorf("exit code %d", code)
	}
	server.finish()
	server.setBehaviour(quick)
	x = h.watch(t, server, foxSettings+"A {red|blue} fox", "--yes", "--jobs", "1")
	x.waitFor("from an earlier run", "2 of 2 made.", "a-red-fox", "a-blue-fox")
	x.send("\x03")
	x.waitForExit()
	if c := server.Counts(); c.Accepted != 2 {
		t.Errorf("%d purchases, want 2", c.Accepted)
	}
}

// TestWatchManySaves: 50 real saves in 10 s of 3 texts buy at most 3 pictures.
func TestWatchManySaves(t *testing.T) {
	if !longTests() {
		t.Skip("TestWatchSaves is the same in the time of a test")
	}
	t.Parallel()
	h, server := newHome(t), newServer(t, quick)
	x := h.watch(t, server, foxSettings+"A red fox", "--yes")
	x.waitFor("1 of 1 made.")
	for i := range 50 {
		h.writeFile(t, "fox.txt", foxSettings+"A "+[]string{"red", "blue", "green"}[i/3%3]+" fox"+strings.Repeat(" ", i%2))
		time.Sleep(time.Duration([]int{100, 100, 400}[i%3]) * time.Millisecond)
	}
	x.waitFor("a-green-fox", "a-blue-fox")
	x.send("\x03")
	x.waitForExit()
	if posts := server.Counts().Posts; posts > 3 {
		t.Errorf("%d purchases", posts)
	}
}
