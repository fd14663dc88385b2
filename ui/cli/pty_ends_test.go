//go:build unix

package cli_test

import (
	"os/exec"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// signals asks the program to end in each way that a system has. It gives the terminal back and leaves by itself.
func signals(t *testing.T, h *house) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		t.Run(unix.SignalName(sig), func(t *testing.T) {
			x := h.demo(t)
			x.signal(sig)
			x.leaves()
			x.leftByItself()
			x.isGivenBack()
		})
	}
}

// signalWithJob ends the program while a job is under way: nothing is asked, and the next start takes it up.
func signalWithJob(t *testing.T, h *house) {
	x := h.demo(t, "--model", "flux-dev")
	x.keys("A boat.")
	x.sees("A boat.")
	x.keys(enter)
	x.seesUnderWay()
	x.signal(syscall.SIGTERM)
	x.leaves()
	x.leftByItself()
	x.isGivenBack()
	again := h.demo(t)
	again.sees("1 running")
	if n := h.bought(t); n != 1 {
		t.Errorf("%d predictions were bought", n)
	}
}

// terminalClosed takes the terminal away, as a closed window does.
func terminalClosed(t *testing.T, h *house) {
	x := h.demo(t)
	x.close()
	x.leaves()
	x.leftByItself()
}

// terminalClosedUnderNohup takes the terminal from a program that was started with hang-ups ignored.
func terminalClosedUnderNohup(t *testing.T, h *house) {
	x := h.openIn(t, `trap "" HUP; exec "$0" --demo`)
	x.sees("DEMO · free", "enter develop")
	x.close()
	x.leaves()
	x.leftByItself()
}

// suspendedByKey stops the program by ctrl+z in a shell, and takes it up again.
func suspendedByKey(t *testing.T, h *house) {
	suspended(t, h, func(x *terminal) { x.keys("\x1a") })
}

// suspendedBySignal stops it from outside.
func suspendedBySignal(t *testing.T, h *house) {
	suspended(t, h, func(x *terminal) {
		if err := syscall.Kill(-x.foreground(), syscall.SIGTSTP); err != nil {
			t.Fatal(err)
		}
	})
}

// suspendedAlone presses ctrl+z where there is no shell to go back to.
func suspendedAlone(t *testing.T, h *house) {
	x := h.demo(t)
	x.keys("\x1a")
	x.keys("A boat.")
	x.sees("A boat.")
	x.keys(ctrlC)
	x.leaves()
	x.isGivenBack()
}

// suspended stops the program, looks at the terminal that the shell has meanwhile, and goes on.
func suspended(t *testing.T, h *house, stop func(*terminal)) {
	x := h.openIn(t, `"$0" --demo; echo "The shell has $(stty -a | tr ';' '\n' | grep -ow '.\?echo\|.\?icanon' | tr '\n' ' ')"; read line; fg`)
	x.sees("DEMO · free", "enter develop")
	x.keys("A quiet boat.")
	x.sees("A quiet boat.")
	stop(x)
	x.sees("The shell has icanon echo")
	x.seesNot("DEMO · free") // the main screen
	x.keys("\n")
	x.sees("DEMO · free", "A quiet boat.", "enter develop")
	x.keys(" Really.")
	x.sees("A quiet boat. Really.")
	x.keys(ctrlC)
	x.leaves()
	x.isGivenBack()
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

// openIn runs a line of shell, whose $0 is the program, with job control.
func (h *house) openIn(t *testing.T, line string) *terminal {
	t.Helper()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	return (&house{binary: shell, dir: h.dir}).open(t, how{args: []string{"-mc", line, h.binary}})
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
	if err := x.line.Close(); err != nil {
		x.t.Fatal(err)
	}
	if err := x.master.Close(); err != nil {
		x.t.Fatal(err)
	}
}

// leftByItself checks that the program ended, and was not ended.
func (x *terminal) leftByItself() {
	x.t.Helper()
	if status, ok := x.cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Exited() {
		x.t.Errorf("it ended by %v", x.cmd.ProcessState)
	}
}
