//go:build unix

package cli_test

import (
	"bytes"
	"os/exec"
	"testing"
)

// TestI12TerminalRestored: however the program ends while a job is active, which sets title and progress bar too, the terminal is as
// it was: echo, canonical mode, main screen, cursor, mouse, paste, focus reports, keyboard flags, title, progress bar. Package ui
// tests other crashes.
func TestI12TerminalRestored(t *testing.T) {
	t.Parallel()
	quit := ending{name: "quit", end: func(x *terminal) {
		x.send(ctrlC)
		x.waitFor("1 job keeps running", "ctrl+c quit")
		x.send(ctrlC)
	}}
	for _, way := range []ending{quit, sigterm, sigint, sighup} {
		inParallel(t, way.name, func(t *testing.T) {
			x := newHome(t).openWithJob(t, newServer(t, slow), (*home).open)
			x.waitUntil("a title and a progress bar", func() bool {
				return bytes.Contains(x.written, []byte("developing")) && bytes.Contains(x.written, []byte("\x1b]9;4;"))
			})
			way.endIt(x)
		})
	}
	inParallel(t, "a panic in a command", func(t *testing.T) {
		x := openBroken(t, newHome(t))
		x.waitForExit()
		x.checkExited()
		if code := x.cmd.ProcessState.ExitCode(); code != 1 {
			t.Errorf("exit code %d", code)
		}
		x.checkRestored()
		if !bytes.Contains(x.written, []byte("The screen crashed. Jobs keep running and will be picked up next time.")) {
			t.Errorf("it says no sentence: %s", x.tail())
		}
	})
}

// openBroken opens the full screen of a program that panics in a command once the screen is drawn.
func openBroken(t *testing.T, h *home, env ...string) *terminal {
	t.Helper()
	binary, err := exec.LookPath("tintype-broken")
	if err != nil {
		t.Fatal(err)
	}
	x := (&home{binary: binary, dir: h.dir}).open(t, startOptions{env: append(env, "COMETAPI_KEY="+canary)})
	x.waitFor("ctrl+c quit")
	h.writeFile(t, crashFile, "")
	return x
}
