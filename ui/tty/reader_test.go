//go:build unix

package tty

import (
	"bytes"
	"errors"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// readerLimit is how long a busy machine may take for anything here.
const readerLimit = 30 * time.Second

// readTerminal runs a reader of a terminal in raw mode, as Bubble Tea does. end returns what its Read has returned.
func readTerminal(t *testing.T) (r *Reader, master, line *os.File, events <-chan tea.Msg, end func() error) {
	t.Helper()
	master, line, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = master.Close(), line.Close() })
	if _, err := term.MakeRaw(line.Fd()); err != nil {
		t.Fatal(err)
	}
	all := make(chan tea.Msg, 100)
	r = NewReader(line, line, func(msg tea.Msg) { all <- msg }, func() { all <- io.EOF })
	return r, master, line, all, startReader(t, r, master, all)
}

// startReader runs Read, and waits until it reads.
func startReader(t *testing.T, r *Reader, master *os.File, events <-chan tea.Msg) (end func() error) {
	t.Helper()
	ended := make(chan error, 1)
	go func() { _, err := r.Read(nil); ended <- err }()
	write(t, master, "!")
	next(t, events)
	return func() error {
		select {
		case err := <-ended:
			return err
		case <-time.After(readerLimit):
			t.Fatal("Read does not end")
			return nil
		}
	}
}

func next(t *testing.T, events <-chan tea.Msg) tea.Msg {
	t.Helper()
	select {
	case msg := <-events:
		return msg
	case <-time.After(readerLimit):
		t.Fatal("no event")
		return nil
	}
}

func write(t *testing.T, to *os.File, s string) {
	t.Helper()
	if _, err := to.WriteString(s); err != nil {
		t.Fatal(err)
	}
}

// TestReaderSendsEvents: the reader sends keys, an esc that only a pause identifies, and a paste without an end.
func TestReaderSendsEvents(t *testing.T) {
	t.Parallel()
	r, master, _, events, end := readTerminal(t)
	for _, c := range []struct{ bytes, want string }{{"a", "a"}, {"\x1b[A", "<up>"}, {"\x1b", "<esc>"}, {"\x1b[200~b", `<paste "b">`}, {"\x03", "<ctrl+c>"}} {
		write(t, master, c.bytes)
		if got := describe([]uv.Event{next(t, events)}); got != c.want {
			t.Errorf("%q is %s", c.bytes, got)
		}
	}
	r.Release()
	if err := end(); !errors.Is(err, io.EOF) {
		t.Errorf("Read returns %v", err)
	}
}

// TestReaderReleases: what is typed while another program has the terminal is that program's, and reading can begin again.
func TestReaderReleases(t *testing.T) {
	t.Parallel()
	r, master, line, events, end := readTerminal(t)
	r.Release()
	r.Release() // does nothing
	if err := end(); !errors.Is(err, io.EOF) {
		t.Errorf("Read returns %v", err)
	}
	write(t, master, "xyz")
	b := make([]byte, 3)
	if _, err := io.ReadFull(line, b); err != nil || string(b) != "xyz" {
		t.Errorf("the other program reads %q, %v", b, err)
	}
	end = startReader(t, r, master, events)
	write(t, master, "a")
	if got := describe([]uv.Event{next(t, events)}); got != "a" {
		t.Errorf("then %s", got)
	}
	r.Release()
	_ = end()
}

// TestReaderHangsUp: the end of the terminal is reported once.
func TestReaderHangsUp(t *testing.T) {
	t.Parallel()
	_, master, _, events, end := readTerminal(t)
	_ = master.Close()
	if got := next(t, events); got != any(io.EOF) {
		t.Errorf("the terminal is gone, and what comes is %v", got)
	}
	if end() == nil {
		t.Error("Read returns no error")
	}
}

// TestReaderWaitsForAnswers: a program that leaves before the terminal has answered leaves nothing unread for the shell.
func TestReaderWaitsForAnswers(t *testing.T) {
	t.Parallel()
	const question, answer = "\x1b]11;?\x07" + ansi.RequestPrimaryDeviceAttributes, "\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?62;4c"
	r, master, line, events, end := readTerminal(t)
	modes, err := term.GetState(line.Fd())
	if err != nil {
		t.Fatal(err)
	}
	r.Filter(tea.RawMsg{Msg: question})
	write(t, line, question)
	go func() { // the terminal answers only when it was asked for the second time
		var asked []byte
		b := make([]byte, 1<<10)
		for bytes.Count(asked, []byte(ansi.RequestPrimaryDeviceAttributes)) < 2 {
			n, err := master.Read(b)
			if err != nil {
				return
			}
			asked = append(asked, b[:n]...)
		}
		for _, piece := range strings.SplitAfter(answer+"\x1b[?62;4c", ";") {
			_, _ = master.WriteString(piece)
		}
	}()
	r.Leave()
	_ = end()
	if n, err := unix.Poll([]unix.PollFd{{Fd: int32(line.Fd()), Events: unix.POLLIN}}, 0); err != nil || n != 0 {
		t.Errorf("something is unread (%v)", err)
	}
	if after, err := term.GetState(line.Fd()); err != nil || !reflect.DeepEqual(after, modes) {
		t.Errorf("the modes were %+v, and are %+v (%v)", modes, after, err)
	}
	if got := len(events); got != 3 {
		t.Errorf("%d answers came", got)
	}
}

// TestReaderWithoutQuestionsLeavesAtOnce: a terminal that was asked nothing is not written to.
func TestReaderWithoutQuestionsLeavesAtOnce(t *testing.T) {
	t.Parallel()
	r, master, line, _, end := readTerminal(t)
	r.Leave()
	_ = end()
	write(t, line, "$")
	b := make([]byte, 10)
	if n, err := master.Read(b); err != nil || string(b[:n]) != "$" {
		t.Errorf("the terminal got %q, %v", b[:n], err)
	}
}
