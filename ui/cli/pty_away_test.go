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
	for _, asked := range []ending{byTERM, byHUP} {
		t.Run(asked.name+" in the editor", func(t *testing.T) { endedInEditor(t, newHouse(t), asked) })
	}
	t.Run("its terminal closed in the editor", func(t *testing.T) { endedInEditor(t, newHouse(t), closed) })
	t.Run("SIGTERM while suspended", func(t *testing.T) { endedSuspended(t, newHouse(t), "TERM") })
	t.Run("SIGHUP while suspended", func(t *testing.T) { endedSuspended(t, newHouse(t), "HUP") })
	t.Run("SIGTERM in the background", func(t *testing.T) { endedInBackground(t, newHouse(t)) })
}

// endedInEditor ends the program while an editor has the terminal in modes of its own, which it leaves behind.
func endedInEditor(t *testing.T, h *house, way ending) {
	editor := filepath.Join(h.dir, "editor")
	if err := os.WriteFile(editor, []byte("#!/bin/sh\nstty raw -echo\necho The editor is open.\nread line\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	x := h.open(t, how{args: []string{"--demo", "--model", "flux-dev"}, env: []string{"EDITOR=" + editor}})
	x.seesOpen()
	x.buysBoat()
	x.keys("\x18")
	x.sees("e editor")
	x.keys("e")
	x.sees("The editor is open.")
	way.ends(x)
	h.followsBoat(t)
}

// killed is what a shell does to end a stopped job; it says so once the job is gone.
func killed(signal string) string {
	return `pid=$(jobs -p); kill -` + signal + ` %1; kill -CONT %1; wait %1; kill -0 $pid 2>/dev/null || echo It is gone.; read line`
}

// endedSuspended ends the program while it is stopped; the shell has its terminal meanwhile.
func endedSuspended(t *testing.T, h *house, signal string) {
	x := h.openIn(t, `"$0" --demo --model flux-dev; echo It is suspended.; read line; `+killed(signal), how{})
	x.seesOpen()
	x.buysBoat()
	x.keys("\x1a")
	x.sees("It is suspended.")
	x.keys("\n")
	x.sees("It is gone.")
	x.seesNot("DEMO · free") // the main screen
	x.keys("\n")
	x.leaves()
	x.isGivenBack()
	h.followsBoat(t)
}

// endedInBackground continues the program in the background, where it waits for the terminal, and ends it there.
func endedInBackground(t *testing.T, h *house) {
	x := h.openIn(t, `"$0" --demo --model flux-dev; echo It is suspended.; read line; bg; echo It is in the background.; read line; `+killed("TERM"), how{})
	x.seesOpen()
	x.buysBoat()
	x.keys("\x1a")
	x.sees("It is suspended.")
	x.keys("\n")
	x.sees("It is in the background.")
	x.seesNot("DEMO · free")
	x.keys("\n")
	x.sees("It is gone.")
	x.keys("\n")
	x.leaves()
	x.isGivenBack()
	h.followsBoat(t)
}

// buysBoat buys a prediction that takes a while.
func (x *terminal) buysBoat() {
	x.t.Helper()
	x.develops("A boat.")
	x.seesUnderWay()
}

// followsBoat starts again: the job is followed, to its end if it has not come yet, and nothing was bought twice.
func (h *house) followsBoat(t *testing.T) {
	t.Helper()
	again := h.demo(t)
	again.sees("✓ A boat.")
	if n := h.bought(t); n != 1 {
		t.Errorf("%d predictions were bought", n)
	}
	if err := again.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	again.leaves()
}
