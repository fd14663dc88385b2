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
	name string
	end  func(*terminal)
	open func(*house, *testing.T, how) *terminal // nil: as usual
	gone bool                                    // the terminal is, too
}

// byTERM and byINT are how a system and another program ask a program to end.
var (
	byTERM = ending{name: "SIGTERM", end: func(x *terminal) { x.signal(syscall.SIGTERM) }}
	byINT  = ending{name: "SIGINT", end: func(x *terminal) { x.signal(syscall.SIGINT) }}
	byHUP  = ending{name: "SIGHUP", end: func(x *terminal) { x.signal(syscall.SIGHUP) }}
	closed = ending{name: "its terminal closed", end: (*terminal).close, gone: true}
	nohup  = ending{name: "its terminal closed, hang-ups ignored", end: (*terminal).close, gone: true, open: (*house).openDeaf}
)

// openDeaf starts the program with hang-ups ignored.
func (h *house) openDeaf(t *testing.T, as how) *terminal {
	t.Helper()
	return h.openIn(t, `trap "" HUP; exec "$0" "$@"`, as)
}

// opens is how the program that is to be ended is started.
func (e ending) opens() func(*house, *testing.T, how) *terminal {
	if e.open != nil {
		return e.open
	}
	return (*house).open
}

// ends ends it: it leaves by itself within a second, and gives back the terminal that is left.
func (e ending) ends(x *terminal) {
	x.t.Helper()
	e.end(x)
	x.leaves()
	x.leftByItself()
	if !e.gone {
		x.isGivenBack()
	}
}

// TestFaultSIGTERM: asked to end, the program stops buying, writes down what it knows, gives the terminal back and is gone
// within a second; its jobs go on and are followed at the next start. Row “SIGTERM/SIGINT”.
func TestFaultSIGTERM(t *testing.T) {
	t.Parallel()
	tellEndings(t, byTERM, byINT)
}

// TestFaultSIGHUP: a hang-up is as SIGTERM, and a terminal that is closed ends the program even where hang-ups are ignored.
// Row “SIGHUP / terminal closed”.
func TestFaultSIGHUP(t *testing.T) {
	t.Parallel()
	tellEndings(t, byHUP, closed, nohup)
}

// tellEndings ends the program in each way: while nothing goes on, while a job does, and while a purchase is on its way.
func tellEndings(t *testing.T, ways ...ending) {
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			x := way.opens()(newHouse(t), t, how{args: []string{"--demo"}})
			x.seesOpen()
			way.ends(x)
		})
		t.Run(way.name+" while a job is under way", func(t *testing.T) { endedWithJob(t, newHouse(t), way) })
		if way.open == nil {
			t.Run(way.name+" while a purchase is on its way", func(t *testing.T) { endedInFlight(t, newHouse(t), way) })
		}
	}
}

// endedWithJob ends the program while a job is under way: nothing is asked, and the next start takes it up.
func endedWithJob(t *testing.T, h *house, way ending) {
	server := newServer(t, slow)
	x := h.buysSlowly(t, server, way.opens())
	way.ends(x)
	again := h.open(t, server.openedBy())
	again.sees("1 running")
	server.finish()
	again.sees("✓ A boat.")
	if n := server.Counts().Accepted; n != 1 {
		t.Errorf("%d predictions were bought", n)
	}
}

// endedInFlight ends the program between a purchase and its answer: the answer is awaited for a moment, and the id is on disk.
func endedInFlight(t *testing.T, h *house, way ending) {
	server := newServer(t, demo.Behaviour{Faults: []demo.Fault{{On: demo.Create, Delay: 300 * time.Millisecond}}})
	x := h.open(t, server.openedBy())
	x.sees("enter develop", "Nothing made yet.")
	x.develops("A boat.")
	x.wait("the purchase", func() bool { return server.Counts().Posts > 0 })
	way.ends(x)
	made := h.listed(t, server.args()...)
	if n := server.Counts().Accepted; n != 1 || len(made) != 1 || made[0].ID == "" || made[0].State != "waiting" {
		t.Errorf("%d were accepted, the history holds %+v", n, made)
	}
}

// TestFaultSIGKILL: killed in mid-sentence or with a job under way, the next start has the draft and takes the job up; nothing
// is bought again. Row “SIGKILL”, moment 10.
func TestFaultSIGKILL(t *testing.T) {
	t.Parallel()
	const draft = "A paper boat floating on qui"
	h, server := newHouse(t), newServer(t, slow)
	x := h.buysSlowly(t, server, (*house).open)
	x.keys("\x05\x15" + draft)
	x.seesDraft(draft)
	h.waitForForm(t, draft)
	if err := x.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-x.exited
	again := h.open(t, server.openedBy())
	again.sees("1 running")
	again.seesDraft(draft)
	again.keys("et water")
	again.seesDraft(draft + "et water")
	server.finish()
	again.seesNot("1 running")
	again.sees("✓ A boat.")
	if n := server.Counts().Accepted; n != 1 {
		t.Errorf("%d predictions were bought", n)
	}
}

// TestFaultSIGTSTP: stopped by its key or by a signal, the program gives the shell a terminal in order, and continued it draws
// everything anew; where no shell could continue it, it does not stop. Row “SIGTSTP/SIGCONT”; that it polls at once is
// tested in the package above.
func TestFaultSIGTSTP(t *testing.T) {
	t.Parallel()
	t.Run("by its key", func(t *testing.T) { suspended(t, newHouse(t), func(x *terminal) { x.keys("\x1a") }) })
	t.Run("by a signal", func(t *testing.T) {
		suspended(t, newHouse(t), func(x *terminal) {
			if err := syscall.Kill(-x.foreground(), syscall.SIGTSTP); err != nil {
				t.Fatal(err)
			}
		})
	})
	t.Run("where no shell is", func(t *testing.T) { suspendedAlone(t, newHouse(t)) })
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
	x := h.openIn(t, `"$0" "$@"; echo "The shell has $(stty -a | tr ';' '\n' | grep -ow '.\?echo\|.\?icanon' | tr '\n' ' ')"; read line; fg`, how{args: []string{"--demo"}})
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

// openIn runs a line of shell, whose $0 is the program and whose arguments are the program's, with job control.
func (h *house) openIn(t *testing.T, line string, as how) *terminal {
	t.Helper()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	as.args = append([]string{"-mc", line, h.binary}, as.args...)
	return (&house{binary: shell, dir: h.dir}).open(t, as)
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

// leftByItself checks that the program ended, and was not ended.
func (x *terminal) leftByItself() {
	x.t.Helper()
	if status, ok := x.cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Exited() {
		x.t.Errorf("it ended by %v", x.cmd.ProcessState)
	}
}
