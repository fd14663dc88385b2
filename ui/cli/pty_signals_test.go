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

// ending is a way of ending a program in a terminal from outside.
type ending struct {
	name         string
	end          func(*terminal)
	open         func(*home, *testing.T, startOptions) *terminal // nil: home.open
	terminalGone bool                                            // it closes the terminal
	code         int                                             // the exit code, if the terminal is there to see it
}

var (
	sigterm        = ending{name: "SIGTERM", end: func(x *terminal) { x.signal(syscall.SIGTERM) }, code: 130}
	sigint         = ending{name: "SIGINT", end: func(x *terminal) { x.signal(syscall.SIGINT) }, code: 130}
	sighup         = ending{name: "SIGHUP", end: func(x *terminal) { x.signal(syscall.SIGHUP) }, code: 130}
	sigquit        = ending{name: "SIGQUIT", end: func(x *terminal) { x.signal(syscall.SIGQUIT) }, code: 130}
	terminalClosed = ending{name: "its terminal closed", end: (*terminal).close, terminalGone: true}
	hangupIgnored  = ending{name: "its terminal closed, hang-ups ignored", end: (*terminal).close, terminalGone: true, open: (*home).openIgnoringHangups}
)

// openIgnoringHangups starts the program with SIGHUP ignored.
func (h *home) openIgnoringHangups(t *testing.T, options startOptions) *terminal {
	t.Helper()
	return h.openInShell(t, `trap "" HUP; exec "$0" "$@"`, options)
}

// opener is the method that starts the program.
func (e ending) opener() func(*home, *testing.T, startOptions) *terminal {
	if e.open != nil {
		return e.open
	}
	return (*home).open
}

// endIt ends the program and checks that it exits, not killed by a signal, and restores the terminal.
func (e ending) endIt(x *terminal) {
	x.t.Helper()
	e.end(x)
	x.waitForExit()
	x.checkExited()
	if e.terminalGone {
		return
	}
	x.checkRestored()
	if code := x.cmd.ProcessState.ExitCode(); code != e.code {
		x.t.Errorf("exit code %d, want %d", code, e.code)
	}
}

// TestFaultSIGTERM: asked to end, the program stops buying, records what it knows, restores the terminal and exits. Its jobs go on
// and are followed at the next start.
func TestFaultSIGTERM(t *testing.T) {
	t.Parallel()
	testEndings(t, sigterm, sigint)
}

// TestFaultSIGHUP: SIGHUP and SIGQUIT are like SIGTERM, and a closed terminal ends the program even if SIGHUP is ignored.
func TestFaultSIGHUP(t *testing.T) {
	t.Parallel()
	testEndings(t, sighup, sigquit, terminalClosed, hangupIgnored)
}

// testEndings ends the program in each way: without a job, with an active job, and while a purchase is being sent.
func testEndings(t *testing.T, ways ...ending) {
	for _, way := range ways {
		inParallel(t, way.name, func(t *testing.T) {
			x := way.opener()(newHome(t), t, startOptions{args: []string{"--demo"}})
			x.waitForDemo()
			way.endIt(x)
		})
		inParallel(t, way.name+" with an active job", func(t *testing.T) { endWithJob(t, newHome(t), way) })
		if way.open == nil {
			inParallel(t, way.name+" while a purchase is being sent", func(t *testing.T) { endInFlight(t, newHome(t), way) })
		}
	}
}

// endWithJob ends the program while a job is active: it asks nothing, and the next start follows the job.
func endWithJob(t *testing.T, h *home, way ending) {
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

// endInFlight ends the program between a purchase and its answer: the program waits a moment for the answer and records the id.
func endInFlight(t *testing.T, h *home, way ending) {
	server := newServer(t, demo.Behaviour{Faults: []demo.Fault{{On: demo.Create, Delay: 300 * time.Millisecond}}})
	x := h.open(t, server.options())
	x.waitFor("ctrl+c quit", "No pictures yet.")
	x.develop("A boat.")
	x.waitUntil("the purchase", func() bool { return server.Counts().Posts > 0 })
	way.endIt(x)
	made := h.list(t, server.args()...)
	if n := server.Counts().Accepted; n != 1 || len(made) != 1 || made[0].ID == "" || made[0].State != "waiting" {
		t.Errorf("%d were accepted, the history holds %+v", n, made)
	}
}

// TestFaultSIGKILL: after a kill in mid-sentence with an active job, the next start has the draft and follows the job, and buys nothing
// again.
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

// TestFaultSIGTSTP: stopped by its key or by a signal, the program restores the terminal for the shell; continued, it redraws
// everything. Without a shell that could continue it, it does not stop. Package ui tests that it polls at once.
func TestFaultSIGTSTP(t *testing.T) {
	t.Parallel()
	inParallel(t, "by its key", func(t *testing.T) { suspend(t, newHome(t), func(x *terminal) { x.send(ctrlZ) }) })
	inParallel(t, "by a signal", func(t *testing.T) {
		suspend(t, newHome(t), func(x *terminal) {
			if err := syscall.Kill(-x.foreground(), syscall.SIGTSTP); err != nil {
				t.Fatal(err)
			}
		})
	})
	inParallel(t, "without a shell", func(t *testing.T) { suspendWithoutShell(t, newHome(t)) })
}

// suspendWithoutShell presses ctrl+z without a shell to return to.
func suspendWithoutShell(t *testing.T, h *home) {
	x := h.openDemo(t)
	x.send(ctrlZ)
	x.send("A boat.")
	x.waitFor("A boat.")
	x.send(ctrlC)
	x.waitForExit()
	x.checkRestored()
}

// suspend stops the program, checks the terminal that the shell has then, and continues it.
func suspend(t *testing.T, h *home, stop func(*terminal)) {
	x := h.openInShell(t, `"$0" "$@"; echo "The shell has $(stty -a | tr ';' '\n' | grep -ow '.\?echo\|.\?icanon' | tr '\n' ' ')"; read line; fg`, startOptions{args: []string{"--demo"}})
	x.waitFor("DEMO · free", "ctrl+c quit")
	x.send("A quiet boat.")
	x.waitFor("A quiet boat.")
	stop(x)
	x.waitFor("The shell has icanon echo")
	x.waitForNo("DEMO · free") // the shell's screen
	x.send("\n")
	x.waitFor("DEMO · free", "A quiet boat.", "enter develop")
	x.send(" Really.")
	x.waitFor("A quiet boat. Really.")
	x.send(ctrlC)
	x.waitForExit()
	x.checkRestored()
}

// foreground is the process group in the foreground of the terminal.
func (x *terminal) foreground() int {
	x.t.Helper()
	connection, err := x.master.SyscallConn()
	if err != nil {
		x.t.Fatal(err)
	}
	var group int
	var ioctlErr error
	if err := connection.Control(func(fd uintptr) { group, ioctlErr = unix.IoctlGetInt(int(fd), unix.TIOCGPGRP) }); err != nil {
		x.t.Fatal(err)
	}
	if ioctlErr != nil {
		x.t.Fatal(ioctlErr)
	}
	return group
}

// openInShell runs a line of shell with job control. Its $0 is the program and its $@ are the program's arguments.
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

// close closes the terminal.
func (x *terminal) close() {
	x.t.Helper()
	if err := x.master.Close(); err != nil {
		x.t.Fatal(err)
	}
}

// checkExited checks that the program exited and was not killed.
func (x *terminal) checkExited() {
	x.t.Helper()
	if status, ok := x.cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Exited() {
		x.t.Errorf("it ended by %v", x.cmd.ProcessState)
	}
}
