//go:build unix

package cli_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// terminal is a terminal with a program in it: an emulator behind a pty. It answers what the program asks of it, unless it
// is mute.
type terminal struct {
	t          *testing.T
	cmd        *exec.Cmd
	master     *os.File // the terminal's end
	line       *os.File // the program's end, kept to look at its modes until the program is gone
	modes      *term.State
	modesAfter *term.State // the modes as the program left them; nil where the terminal was gone

	mu      sync.Mutex
	screen  *vt.Emulator
	written []byte // everything that the program wrote

	changed chan struct{} // something was written, or the program is gone
	exited  chan struct{} // closed when the program is gone
	allRead chan struct{} // closed when everything that was written is read
}

// startOptions says what kind of terminal a program gets.
type startOptions struct {
	w, h int
	mute bool     // answers nothing
	args []string // of the program
	env  []string // added to the folders and the terminal's own variables
}

// options is how a program that buys from a server is opened.
func (s *server) options() startOptions {
	return startOptions{args: s.args(), env: []string{"REPLICATE_API_TOKEN=" + canary}}
}

// develop types a prompt and presses enter.
func (x *terminal) develop(prompt string) {
	x.t.Helper()
	x.send(prompt)
	x.waitFor(prompt)
	x.send(enter)
}

// developNext does so in the place of what stands in the prompt.
func (x *terminal) developNext(prompt string) {
	x.t.Helper()
	x.send("\x05\x15" + prompt) // to the end of the line, and away with it
	x.waitForDraft(prompt)
	x.send(enter)
}

// openWithJob opens a program that buys from a server, and waits until its first purchase is under way.
func (h *home) openWithJob(t *testing.T, from *server, open func(*home, *testing.T, startOptions) *terminal) *terminal {
	t.Helper()
	x := open(h, t, from.options())
	x.waitFor("enter develop", "Nothing made yet.")
	x.develop("A boat.")
	x.waitForJob()
	return x
}

// open starts the program in a terminal of its own. The terminal is closed, and the program killed, when the test ends.
func (h *home) open(t *testing.T, options startOptions) *terminal {
	t.Helper()
	if options.w == 0 {
		options.w, options.h = 120, 40
	}
	master, line := openPair(t)
	x := &terminal{
		t: t, master: master, line: line, screen: vt.NewEmulator(options.w, options.h),
		changed: make(chan struct{}, 1), exited: make(chan struct{}), allRead: make(chan struct{}),
	}
	x.resize(options.w, options.h)
	modes, err := term.GetState(line.Fd())
	if err != nil {
		t.Fatal(err)
	}
	x.modes = modes
	x.cmd = exec.Command(h.binary, options.args...)
	x.cmd.Dir = h.dir
	x.cmd.Env = append(h.env(), options.env...)
	x.cmd.Stdin, x.cmd.Stdout, x.cmd.Stderr = line, line, line
	x.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := x.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go x.readOutput()
	go x.answerQueries(options.mute)
	go x.waitForProgram()
	t.Cleanup(x.cleanUp)
	return x
}

// waitForProgram waits until the program is gone, and lets its end of the line go: then reading ends when all that it wrote is read.
func (x *terminal) waitForProgram() {
	_ = x.cmd.Wait() // how it ended stands in ProcessState
	x.modesAfter, _ = term.GetState(x.line.Fd())
	_ = x.line.Close()
	close(x.exited)
	x.notify()
}

// openPair opens both ends of a terminal. The terminal's own end is made anew as one whose Close ends a Read, and closes:
// pty.Open leaves it in blocking mode.
func openPair(t *testing.T) (master, line *os.File) {
	t.Helper()
	blocking, line, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer blocking.Close()
	fd, err := unix.FcntlInt(blocking.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(fd), blocking.Name()), line
}

// cleanUp takes the terminal away.
func (x *terminal) cleanUp() {
	_ = x.cmd.Process.Kill()
	<-x.exited
	_ = x.master.Close()
	stopAnswering(x.screen)
}

// stopAnswering ends an emulator's answers. Its own Close is not for a time at which somebody else waits for them.
func stopAnswering(screen *vt.Emulator) { _ = screen.InputPipe().(io.Closer).Close() }

// readOutput takes what the program writes to the screen.
func (x *terminal) readOutput() {
	defer close(x.allRead)
	b := make([]byte, 64<<10)
	for {
		n, err := x.master.Read(b)
		x.mu.Lock()
		x.written = append(x.written, b[:n]...)
		_, _ = x.screen.Write(b[:n])
		x.mu.Unlock()
		x.notify()
		if err != nil {
			return
		}
	}
}

// answerQueries gives the emulator's answers to the program, or drops them.
func (x *terminal) answerQueries(mute bool) {
	var to io.Writer = x.master
	if mute {
		to = io.Discard
	}
	b := make([]byte, 4<<10)
	for {
		n, err := x.screen.Read(b)
		_, _ = to.Write(b[:n])
		if err != nil {
			return
		}
	}
}

// notify wakes whoever waits.
func (x *terminal) notify() {
	select {
	case x.changed <- struct{}{}:
	default:
	}
}

// resize tells the terminal's size to the program.
func (x *terminal) resize(w, h int) {
	x.t.Helper()
	x.mu.Lock()
	x.screen.Resize(w, h)
	x.mu.Unlock()
	if err := pty.Setsize(x.master, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		x.t.Fatal(err)
	}
}

// send types, all in one piece.
func (x *terminal) send(s string) {
	x.t.Helper()
	if _, err := x.master.WriteString(s); err != nil {
		x.t.Fatalf("typing %q: %v", s, err)
	}
}

// waitUntil waits until the screen is as it should be; it looks whenever something was written.
func (x *terminal) waitUntil(what string, ok func() bool) {
	x.t.Helper()
	over := time.After(waitLimit)
	holds := func() bool {
		x.mu.Lock()
		defer x.mu.Unlock()
		return ok()
	}
	for !holds() {
		select {
		case <-x.changed:
		case <-over:
			x.t.Fatalf("waiting for %s. The screen:\n%s", what, x.screenText())
		}
		if x.hasExited() && !(x.waitForOutput() && holds()) {
			x.t.Fatalf("waiting for %s, the program left (%v). It wrote:\n%s\nThe screen:\n%s",
				what, x.cmd.ProcessState, x.tail(), x.screenText())
		}
	}
}

// waitForOutput waits until all is read that a program which left has written; false where somebody else keeps the terminal.
func (x *terminal) waitForOutput() bool {
	select {
	case <-x.allRead:
		return true
	case <-time.After(waitLimit):
		return false
	}
}

// sees waits until all of the words stand on the screen.
// waitForNo waits until none of the words stands on the screen.
// waitForPicture waits until the stage, which is the right half, is full of more colours than any text has.
// waitForColour waits until some cell has a colour, as pictures of one colour have.
// waitForDemo waits until the demo can buy: the frames before show its form, while the history is being opened.
// waitForJob waits until a job is known to the provider: what has not been sent is not, and ends with the program.
// screenText is what stands on the screen.
func (x *terminal) screenText() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.screen.String()
}

// tail is the end of what was written.
func (x *terminal) tail() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return fmt.Sprintf("%q", x.written[max(0, len(x.written)-600):])
}

// hasExited tells whether the program has left.
func (x *terminal) hasExited() bool {
	select {
	case <-x.exited:
		return true
	default:
		return false
	}
}

// leaveLimit bounds how long the program may take to leave. It promises a second; on a machine that does much else at once, that
// may take as long as this. What waits for an answer of the network or of a person waits far longer.
const leaveLimit = 5 * time.Second

// waitForExit waits until the program is gone, and gives its exit code; -1 after a signal.
func (x *terminal) waitForExit() int {
	x.t.Helper()
	select {
	case <-x.exited:
	case <-time.After(leaveLimit):
		x.t.Fatalf("it does not leave. The screen:\n%s", x.screenText())
	}
	return x.cmd.ProcessState.ExitCode()
}

// waitForDraft waits until text stands in the prompt, whose lines begin below its label in row 1.
