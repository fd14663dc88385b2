//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestFaultSIGTERMAway: asked to end while the terminal is somebody else's, the editor's or the shell's, the program leaves too: the
// editor is asked to end, the shell's screen is left alone, and the job goes on and is followed at the next start. Rows
// “SIGTERM/SIGINT” and “SIGHUP / terminal closed”.
func TestFaultSIGTERMAway(t *testing.T) {
	t.Parallel()
	for _, asked := range []ending{sigterm, sighup} {
		t.Run(asked.name+" in the editor", func(t *testing.T) { endedInEditor(t, newHome(t), asked) })
	}
	t.Run("its terminal closed in the editor", func(t *testing.T) { endedInEditor(t, newHome(t), terminalClosed) })
	t.Run("SIGTERM while suspended", func(t *testing.T) { endedSuspended(t, newHome(t), "TERM") })
	t.Run("SIGHUP while suspended", func(t *testing.T) { endedSuspended(t, newHome(t), "HUP") })
	t.Run("SIGTERM in the background", func(t *testing.T) { endedInBackground(t, newHome(t)) })
}

// endedInEditor ends the program while an editor has the terminal in modes of its own, which it leaves behind.
func endedInEditor(t *testing.T, h *home, way ending) {
	editor := filepath.Join(h.dir, "editor")
	if err := os.WriteFile(editor, []byte("#!/bin/sh\nstty raw -echo\necho The editor is open.\nread line\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	x := h.open(t, startOptions{args: []string{"--demo", "--model", "flux-dev"}, env: []string{"EDITOR=" + editor}})
	x.waitForDemo()
	x.developBoat()
	x.send("\x18")
	x.waitFor("e editor")
	x.send("e")
	x.waitFor("The editor is open.")
	way.endIt(x)
	h.checkFollowed(t)
}

// killJob is what a shell does to end a stopped job; it says so once the job is gone.
func killJob(signal string) string {
	return `pid=$(jobs -p); kill -` + signal + ` %1; kill -CONT %1; wait %1; kill -0 $pid 2>/dev/null || echo It is gone.; read line`
}

// endedSuspended ends the program while it is stopped; the shell has its terminal meanwhile.
func endedSuspended(t *testing.T, h *home, signal string) {
	x := h.openInShell(t, `"$0" --demo --model flux-dev; echo It is suspended.; read line; `+killJob(signal), startOptions{})
	x.waitForDemo()
	x.developBoat()
	x.send("\x1a")
	x.waitFor("It is suspended.")
	x.send("\n")
	x.waitFor("It is gone.")
	x.waitForNo("DEMO · free") // the main screen
	x.send("\n")
	x.waitForExit()
	x.checkRestored()
	h.checkFollowed(t)
}

// endedInBackground continues the program in the background, where it waits for the terminal, and ends it there.
func endedInBackground(t *testing.T, h *home) {
	x := h.openInShell(t, `"$0" --demo --model flux-dev; echo It is suspended.; read line; bg; echo It is in the background.; read line; `+killJob("TERM"), startOptions{})
	x.waitForDemo()
	x.developBoat()
	x.send("\x1a")
	x.waitFor("It is suspended.")
	x.send("\n")
	x.waitFor("It is in the background.")
	x.waitForNo("DEMO · free")
	x.send("\n")
	x.waitFor("It is gone.")
	x.send("\n")
	x.waitForExit()
	x.checkRestored()
	h.checkFollowed(t)
}

// developBoat buys a prediction that takes a while.
func (x *terminal) developBoat() {
	x.t.Helper()
	x.develop("A boat.")
	x.waitForJob()
}

// checkFollowed starts again: the job is followed, to its end if it has not come yet, and nothing was bought twice.
func (h *home) checkFollowed(t *testing.T) {
	t.Helper()
	again := h.openDemo(t)
	again.waitFor("✓ A boat.")
	if n := h.demoPurchases(t); n != 1 {
		t.Errorf("%d predictions were bought", n)
	}
	if err := again.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	again.waitForExit()
}
