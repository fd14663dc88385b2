//go:build unix

package cli_test

import (
	"os/exec"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"tintype/api/demo"
)

// ending is one of the ways in which a program in a terminal is ended from outside.
type ending struct {
	name         string
	end          func(*terminal)
	open         func(*home, *testing.T, startOptions) *terminal // nil: as usual
	terminalGone bool                                            // the terminal is, too
}

// sigterm and sigint are how a system and another program ask a program to end.
var (
	sigterm        = ending{name: "SIGTERM", end: func(x *terminal) { x.signal(syscall.SIGTERM) }}
	sigint         = ending{name: "SIGINT", end: func(x *terminal) { x.signal(syscall.SIGINT) }}
	sighup         = ending{name: "SIGHUP", end: func(x *terminal) { x.signal(syscall.SIGHUP) }}
	terminalClosed = ending{name: "its terminal closed", end: (*terminal).close, terminalGone: true}
	hangupIgnored  = ending{name: "its terminal closed, hang-ups ignored", end: (*terminal).close, terminalGone: true, open: (*home).openIgnoringHangups}
)

// openIgnoringHangups starts the program with hang-ups ignored.
func (h *home) openIgnoringHangups(t *testing.T, options startOptions) *terminal {
	t.Helper()
	return h.openInShell(t, `trap "" HUP; exec "$0" "$@"`, options)
}

// opener is how the program that is to be ended is started.
func (e ending) opener() func(*home, *testing.T, startOptions) *terminal {
	if e.open != nil {
		return e.open
	}
	return (*home).open
}

// endIt ends it: it leaves by itself within a second, and gives back the terminal that is left.
func (e ending) endIt(x *terminal) {
	x.t.Helper()
	e.end(x)
	x.waitForExit()
	x.checkExited()
	if !e.terminalGone {
		x.checkRestored()
	}
}

// TestFaultSIGTERM: asked to end, the program stops buying, writes down what it knows, gives the terminal back and is gone
// within a second; its jobs go on and are followed at the next start. Row “SIGTERM/SIGINT”.
func TestFaultSIGTERM(t *testing.T) {
	t.Parallel()
	testEndings(t, sigterm, sigint)
}

// TestFaultSIGHUP: a hang-up is as SIGTERM, and a terminal that is closed ends the program even where hang-ups are ignored.
// Row “SIGHUP / terminal closed”.
func TestFaultSIGHUP(t *testing.T) {
	t.Parallel()
	testEndings(t, sighup, terminalClosed, hangupIgnored)
}

// testEndings ends the program in each way: while nothing goes on, while a job does, and while a purchase is on its way.
func testEndings(t *testing.T, ways ...ending) {
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			x := way.opener()(newHome(t), t, startOptions{args: []string{"--demo"}})
			x.waitForDemo()
			way.endIt(x)
		})
		t.Run(way.name+" while a job is under way", func(t *testing.T) { endedWithJob(t, newHome(t), way) })
		if way.open == nil {
			t.Run(way.name+" while a purchase is on its way", func(t *testing.T) { endedInFlight(t, newHome(t), way) })
		}
	}
}

// endedWithJob ends the program while a job is under way: nothing is asked, and the next start takes it up.
func endedWithJob(t *testing.T, h *home, way ending) {
	server := newServer(t, slow)
	x := h.openWithJob(t, server, way.opener())
	way.endIt(x)
	again := h.open(t, server.options())
	again.waitFor("1 running")
	server.finish()
	again.waitFor("✓ A boat.")
	if n := server.Counts().Accepted; n != 1 {
		t.Errorf("%d predictions were bought", n)
	}
}

// endedInFlight ends the program between a purchase and its answer: the answer is awaited for a moment, and the id is on disk.
func endedInFlight(t *testing.T, h *home, way ending) {
	server := newServer(t, demo.Behaviour{Faults: []demo.Fault{{On: demo.Create, Delay: 300 * time.Millisecond}}})
	x := h.open(t, server.options())
	x.waitFor("enter develop", "Nothing made yet.")
	x.develop("A boat.")
	x.waitUntil("the purchase", func() bool { return server.Counts().Posts > 0 })
	way.endIt(x)
	made := h.list(t, server.args()...)
	if n := server.Counts().Accepted; n != 1 || len(made) != 1 || made[0].ID == "" || made[0].State != "waiting" {
		t.Errorf("%d were accepted, the history holds %+v", n, made)
	}
}

// TestFaultSIGKILL: killed in mid-sentence or with a job under way, the next start has the draft and takes the job up; nothing
// is bought again. Row “SIGKILL”, moment 10.
func TestFaultSIGKILL(t *testing.T) {
	t.Parallel()
	const draft = "A paper boat floating on qui"
	h, server := newHome(t), newServer(t, slow)
	x := h.openWithJob(t, server, (*home).open)
	x.send("\x05\x15" + draft)
	x.waitForDraft(draft)
	h.waitForForm(t, draft)
	if err := x.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-x.exited
	again := h.open(t, server.options())
	again.waitFor("1 running")
	again.waitForDraft(draft)
	again.send("et water")
	again.waitForDraft(draft + "et water")
	server.finish()
	again.waitForNo("1 running")
	again.waitFor("✓ A boat.")
	if n := server.Counts().Accepted; n != 1 {
		t.Errorf("%d predictions were bought", n)
	}
}

// TestFaultSIGTSTP: stopped by its key or by a signal, the program gives the shell a terminal in order, and continued it draws
// everything anew; where no shell could continue it, it does not stop. Row “SIGTSTP/SIGCONT”; that it polls at once is
// tested in the package above.
func TestFaultSIGTSTP(t *testing.T) {
	t.Parallel()
	t.Run("by its key", func(t *testing.T) { suspended(t, newHome(t), func(x *terminal) { x.send("\x1a") }) })
	t.Run("by a signal", func(t *testing.T) {
		suspended(t, newHome(t), func(x *terminal) {
			if err := syscall.Kill(-x.foreground(), syscall.SIGTSTP); err != nil {
				t.Fatal(err)
			}
		})
	})
	t.Run("where no shell is", func(t *testing.T) { suspendedAlone(t, newHome(t)) })
}

// suspendedAlone presses ctrl+z where there is no shell to go back to.
func suspendedAlone(t *testing.T, h *home) {
	x := h.openDemo(t)
	x.send("\x1a")
	x.send("A boat.")
	x.waitFor("A boat.")
	x.send(ctrlC)
	x.waitForExit()
	x.checkRestored()
}

// suspended stops the program, looks at the terminal that the shell has meanwhile, and goes on.
func suspended(t *testing.T, h *home, stop func(*terminal)) {
	x := h.openInShell(t, `"$0" "$@"; echo "The shell has $(stty -a | tr ';' '\n' | grep -ow '.\?echo\|.\?icanon' | tr '\n' ' ')"; read line; fg`, startOptions{args: []string{"--demo"}})
	x.waitFor("DEMO · free", "enter develop")
	x.send("A quiet boat.")
	x.waitFor("A quiet boat.")
	stop(x)
	x.waitFor("The shell has icanon echo")
	x.waitForNo("DEMO · free") // the main screen
	x.send("\n")
	x.waitFor("DEMO · free", "A quiet boat.", "enter develop")
	x.send(" Really.")
	x.waitFor("A quiet boat. Really.")
	x.send(ctrlC)
	x.waitForExit()
	x.checkRestored()
}

// foreground is the group of processes that has the terminal, as the terminal's own end tells.
func (x *terminal) foreground() int {
	x.t.Helper()
	connection, err := x.master.SyscallConn()
	if err != nil {
		x.t.Fatal(err)
	}
	var group int
	var asked error
	if err := connection.Control(func(fd uintptr) { group, asked = unix.IoctlGetInt(int(fd), unix.TIOCGPGRP) }); err != nil {
		x.t.Fatal(err)
	}
	if asked != nil {
		x.t.Fatal(asked)
	}
	return group
}

// openInShell runs a line of shell, whose $0 is the program and whose arguments are the program's, with job control.
func (h *home) openInShell(t *testing.T, line string, options startOptions) *terminal {
	t.Helper()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	options.args = append([]string{"-mc", line, h.binary}, options.args...)
	return (&home{binary: shell, dir: h.dir}).open(t, options)
}

// signal sends the program a signal.
func (x *terminal) signal(sig syscall.Signal) {
	x.t.Helper()
	if err := x.cmd.Process.Signal(sig); err != nil {
		x.t.Fatal(err)
	}
}

// close takes the terminal away from the program.
func (x *terminal) close() {
	x.t.Helper()
	if err := x.master.Close(); err != nil {
		x.t.Fatal(err)
	}
}

// checkExited checks that the program ended, and was not ended.
func (x *terminal) checkExited() {
	x.t.Helper()
	if status, ok := x.cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Exited() {
		x.t.Errorf("it ended by %v", x.cmd.ProcessState)
	}
}
