//go:build unix

package cli_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// terminal is a program in a terminal: an emulator behind a pty, which answers the program's queries unless it is mute.
type terminal struct {
	t          *testing.T
	cmd        *exec.Cmd
	master     *os.File // the end of the terminal
	line       *os.File // the end of the program, kept open to read its modes when the program has ended
	modes      *term.State
	modesAfter *term.State // as the program left them; nil if the terminal was closed
	unread     bool        // the program left input unread, which a shell would read

	mu      sync.Mutex
	screen  *vt.Emulator
	written []byte // all that the program wrote

	changed chan struct{} // receives when something was written or the program has ended
	exited  chan struct{} // closed when the program has ended
	allRead chan struct{} // closed when all that it wrote has been read
}

// startOptions says how a program is started, in what kind of terminal.
type startOptions struct {
	w, h int
	mute bool          // the terminal answers no queries
	held chan struct{} // its answers are held back until this is closed; nil: they are not
	args []string      // of the program
	env  []string      // beside home.env
}

// options are those of a program that buys from the server.
func (s *server) options() startOptions {
	return startOptions{args: s.args(), env: []string{"REPLICATE_API_TOKEN=" + canary}}
}

// develop types a prompt and presses enter.
func (x *terminal) develop(prompt string) {
	x.t.Helper()
	x.send(prompt)
	x.waitFor(prompt)
	x.pressEnter()
}

// developNext replaces the prompt and presses enter.
func (x *terminal) developNext(prompt string) {
	x.t.Helper()
	x.send("\x05\x15" + prompt) // ctrl+e ctrl+u: to the end of the line, and delete it
	x.waitForDraft(prompt)
	x.pressEnter()
}

// enterPause is how long after a text an enter is not a part of it.
const enterPause = 250 * time.Millisecond

// pressEnter presses enter, as a person does after a text.
func (x *terminal) pressEnter() {
	time.Sleep(enterPause)
	x.send(enter)
}

// press presses keys one after the other, as a person does.
func (x *terminal) press(keys ...string) {
	for _, key := range keys {
		time.Sleep(20 * time.Millisecond)
		x.send(key + "\x1b[I") // the report of the focus keeps letters apart that a busy program reads at once
	}
}

// developSlowly waits for a new history, develops "A boat." at a slow server, and waits until the job is active.
func (x *terminal) developSlowly() {
	x.t.Helper()
	x.waitFor("ctrl+c quit", "No pictures yet.")
	x.develop("A boat.")
	x.waitForJob()
}

// openWithJob opens a program that buys from a slow server, and waits until its first job is active.
func (h *home) openWithJob(t *testing.T, from *server, open func(*home, *testing.T, startOptions) *terminal) *terminal {
	t.Helper()
	x := open(h, t, from.options())
	x.developSlowly()
	return x
}

// open starts the program in a terminal of its own, 120×40 unless options say otherwise. Both end with the test.
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
	go x.answerQueries(options.mute, options.held)
	go x.waitForProgram()
	t.Cleanup(x.cleanUp)
	return x
}

// waitForProgram waits until the program has ended and closes its end of the terminal, so that reading ends after all it wrote.
func (x *terminal) waitForProgram() {
	_ = x.cmd.Wait() // ProcessState says how it ended
	x.modesAfter, _ = term.GetState(x.line.Fd())
	ready, _ := unix.Poll([]unix.PollFd{{Fd: int32(x.line.Fd()), Events: unix.POLLIN}}, 0)
	x.unread = ready > 0
	_ = x.line.Close()
	close(x.exited)
	x.notify()
}

// openPair opens both ends of a terminal. pty.Open leaves the master in blocking mode, in which Close does not end a Read, so this
// duplicates it in non-blocking mode.
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

// cleanUp kills the program and closes the terminal.
func (x *terminal) cleanUp() {
	_ = x.cmd.Process.Kill()
	<-x.exited
	_ = x.master.Close()
	stopAnswering(x.screen)
}

// stopAnswering ends an emulator's answers. The emulator's own Close races with a Read of them.
func stopAnswering(screen *vt.Emulator) { _ = screen.InputPipe().(io.Closer).Close() }

// readOutput writes what the program writes to the screen.
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

// answerQueries sends the emulator's answers to the program, or discards them.
func (x *terminal) answerQueries(mute bool, held <-chan struct{}) {
	var to io.Writer = x.master
	if mute {
		to = io.Discard
	}
	answers := make(chan []byte, 100)
	go func() {
		if held != nil {
			<-held
		}
		for answer := range answers {
			_, _ = to.Write(answer)
		}
	}()
	defer close(answers)
	for {
		b := make([]byte, 4<<10)
		n, err := x.screen.Read(b)
		answers <- b[:n]
		if err != nil {
			return
		}
	}
}

// notify wakes waitUntil.
func (x *terminal) notify() {
	select {
	case x.changed <- struct{}{}:
	default:
	}
}

// resize gives the terminal another size.
func (x *terminal) resize(w, h int) {
	x.t.Helper()
	x.mu.Lock()
	x.screen.Resize(w, h)
	x.mu.Unlock()
	if err := pty.Setsize(x.master, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		x.t.Fatal(err)
	}
}

// send types keys, all in one write.
func (x *terminal) send(s string) {
	x.t.Helper()
	if _, err := x.master.WriteString(s); err != nil {
		x.t.Fatalf("typing %q: %v", s, err)
	}
}

// waitUntil waits until ok holds. It looks whenever the program has written something, with the screen locked.
func (x *terminal) waitUntil(what string, ok func() bool) {
	x.t.Helper()
	deadline := time.After(waitLimit)
	holds := func() bool {
		x.mu.Lock()
		defer x.mu.Unlock()
		return ok()
	}
	for !holds() {
		select {
		case <-x.changed:
		case <-deadline:
			x.t.Fatalf("waiting for %s. The screen:\n%s", what, x.screenText())
		}
		if x.hasExited() && !(x.waitForOutput() && holds()) {
			x.t.Fatalf("waiting for %s, the program left (%v). It wrote:\n%s\nThe screen:\n%s",
				what, x.cmd.ProcessState, x.tail(), x.screenText())
		}
	}
}

// within waits up to limit until ok holds, and reports whether it does.
func (x *terminal) within(limit time.Duration, ok func() bool) bool {
	deadline := time.After(limit)
	for {
		x.mu.Lock()
		holds := ok()
		x.mu.Unlock()
		if holds {
			return true
		}
		select {
		case <-x.changed:
		case <-deadline:
			return false
		}
	}
}

// sendUntil types keys until a text appears, for keys that are ignored a moment after others: letters in the list after several
// other letters, and enter after a paste.
func (x *terminal) sendUntil(keys, text string) {
	x.t.Helper()
	for deadline := time.Now().Add(waitLimit); time.Now().Before(deadline); {
		x.send(keys)
		if x.within(time.Second, func() bool { return strings.Contains(x.screen.String(), text) }) {
			return
		}
	}
	x.t.Fatalf("%q never leads to %q. The screen:\n%s", keys, text, x.screenText())
}

// waitForOutput waits until all that the ended program wrote has been read; false if another process still has the terminal.
func (x *terminal) waitForOutput() bool {
	select {
	case <-x.allRead:
		return true
	case <-time.After(waitLimit):
		return false
	}
}

// screenText is the text on the screen.
func (x *terminal) screenText() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.screen.String()
}

// tail is the end of the output, quoted.
func (x *terminal) tail() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return fmt.Sprintf("%q", x.written[max(0, len(x.written)-600):])
}

// hasExited reports whether the program has ended.
func (x *terminal) hasExited() bool {
	select {
	case <-x.exited:
		return true
	default:
		return false
	}
}

// leaveLimit is how long the program may take to end. It promises a second, but the machine may be busy. A program that waits for
// the network or for the user would take far longer.
const leaveLimit = 5 * time.Second

// waitForExit waits until the program has ended, and returns its exit code, -1 after a signal.
func (x *terminal) waitForExit() int {
	x.t.Helper()
	select {
	case <-x.exited:
	case <-time.After(leaveLimit):
		x.t.Fatalf("it does not leave. The screen:\n%s", x.screenText())
	}
	return x.cmd.ProcessState.ExitCode()
}
