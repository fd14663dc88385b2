//go:build unix

package cli_test

import (
	"bytes"
	"syscall"
	"testing"
)

// TestFaultMuteTerminal: in a terminal that answers no queries, the program still develops a picture.
func TestFaultMuteTerminal(t *testing.T) {
	t.Parallel()
	x := newHome(t).open(t, startOptions{args: []string{"--demo"}, mute: true})
	x.waitForDemo()
	x.develop("A boat.")
	x.waitFor("✓ A boat.")
	x.waitForPicture()
	x.send(ctrlC)
	x.waitForExit()
	x.checkRestored()
}

// TestFaultMuteTerminalAnswersLate: a program that is asked to end before the terminal has answered waits for the answers, so that the shell does not
// read them.
func TestFaultMuteTerminalAnswersLate(t *testing.T) {
	t.Parallel()
	held := make(chan struct{})
	x := newHome(t).open(t, startOptions{args: []string{"--demo"}, held: held})
	x.waitFor("No pictures yet.")
	if err := x.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	x.waitUntil("the last question", func() bool { return bytes.Count(x.written, []byte("\x1b[c")) == 2 })
	close(held)
	x.waitForExit()
	x.checkRestored()
	if x.unread {
		t.Error("answers are left for the shell")
	}
}
