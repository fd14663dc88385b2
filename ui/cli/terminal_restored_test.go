//go:build unix

package cli_test

import (
	"bytes"
	"os/exec"
	"testing"
)

// TestI12TerminalRestored: however the program leaves, with a job under way, so that title, progress bar, mouse and all the
// rest are taken, the terminal is as it was: echo, canonical mode, main screen, cursor, mouse, paste, focus reports, keyboard
// flags, title, progress bar. Invariant I12. What breaks down elsewhere is tested beside the full screen.
func TestI12TerminalRestored(t *testing.T) {
	t.Parallel()
	quit := ending{name: "quit", end: func(x *terminal) {
		x.keys(ctrlC)
		x.sees("1 goes on at", "ctrl+c leave")
		x.keys(ctrlC)
	}}
	for _, way := range []ending{quit, byTERM, byINT, byHUP} {
		t.Run(way.name, func(t *testing.T) {
			x := newHouse(t).buysSlowly(t, newServer(t, slow), (*house).open)
			x.wait("a title and a progress bar", func() bool {
				return bytes.Contains(x.written, []byte("developing")) && bytes.Contains(x.written, []byte("\x1b]9;4;"))
			})
			way.ends(x)
		})
	}
	t.Run("a panic in a command", func(t *testing.T) {
		x := broken(t, newHouse(t))
		x.leaves()
		x.leftByItself()
		if code := x.cmd.ProcessState.ExitCode(); code != 1 {
			t.Errorf("exit code %d", code)
		}
		x.isGivenBack()
		if !bytes.Contains(x.written, []byte("The screen broke down; jobs go on and are followed at the next start.")) {
			t.Errorf("it says no sentence: %s", x.tail())
		}
	})
}

// broken opens the full screen of a program that breaks down in a command, once the screen is up.
func broken(t *testing.T, h *house, env ...string) *terminal {
	t.Helper()
	binary, err := exec.LookPath("tintype-broken")
	if err != nil {
		t.Fatal(err)
	}
	x := (&house{binary: binary, dir: h.dir}).open(t, how{env: append(env, "COMETAPI_KEY="+canary)})
	x.sees("enter develop")
	h.put(t, breakNow, "")
	return x
}
