//go:build unix

package tty

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/sys/unix"
)

// Suspender stops the program for a while, by its key or by a signal. Bubble Tea handles only the key, and takes the terminal
// back even in the background: there the system stops the program again, although it was asked to end.
type Suspender struct {
	program *tea.Program
	in      *os.File
	input   *Reader
	ending  context.Context // done when a signal asks the program to end
	pausing bool            // releasedMsg is on its way
	left    chan struct{}   // closed when that happened while the shell had the terminal, which must not be touched then
}

// NewSuspender returns a suspender for the terminal in, which input reads. ending is done when a signal asks the program to end.
func NewSuspender(in *os.File, input *Reader, ending context.Context) *Suspender {
	return &Suspender{in: in, input: input, ending: ending, left: make(chan struct{})}
}

// Left is closed when the program was asked to end while the shell had the terminal: the program must not touch it.
func (s *Suspender) Left() <-chan struct{} { return s.left }

// Begin suspends the program when a signal asks for it, after the terminal was restored.
func (s *Suspender) Begin(p *tea.Program) (stop func()) {
	s.program = p
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGTSTP)
	go func() {
		for range c {
			p.Send(tea.SuspendMsg{})
		}
	}()
	return func() {
		signal.Stop(c)
		close(c)
	}
}

// releasedMsg reports that the terminal is no longer read, so that the program can be suspended.
type releasedMsg struct{}

// Filter suspends the program in place of Bubble Tea. It does nothing where no shell could continue the program, as in a
// window of its own. If the program was asked to end meanwhile, Filter never returns.
func (s *Suspender) Filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg.(type) {
	case tea.SuspendMsg:
		if !s.pausing && !isWithoutShell() {
			s.pausing = true
			go func() { // so that events are handled while it waits for answers
				s.input.Release()
				s.program.Send(releasedMsg{})
			}()
		}
		return nil
	case releasedMsg:
		s.pausing = false
		return s.suspend()
	}
	return msg
}

// suspend suspends the program until the shell continues it.
func (s *Suspender) suspend() tea.Msg {
	if s.program.ReleaseTerminal() != nil {
		_ = s.program.RestoreTerminal() // and reads it again; if it is gone, the reader reports that
		return nil
	}
	if !s.continued() {
		close(s.left)
		select {}
	}
	_ = s.program.RestoreTerminal() // if it is gone, the reader reports that
	return tea.ResumeMsg{}
}

// shutdownTimeout is how long a program that was continued in the background waits for a signal to end.
const shutdownTimeout = time.Second

// continued stops the program until it is continued in the foreground. In the background it stops again, unless it is asked
// to end: then continued returns false.
func (s *Suspender) continued() bool {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGCONT)
	defer signal.Stop(c)
	for {
		_ = syscall.Kill(0, syscall.SIGSTOP) // Go does not restore the default effect of SIGTSTP after Notify
		<-c
		if isForeground(s.in) {
			return true
		}
		select {
		case <-s.ending.Done():
			return false
		case <-time.After(shutdownTimeout):
		}
	}
}

// isWithoutShell reports whether the program's parent is outside its session, so that no shell would continue it.
func isWithoutShell() bool {
	ours, err := unix.Getsid(0)
	if err != nil {
		return false
	}
	parents, err := unix.Getsid(os.Getppid())
	return err != nil || parents != ours
}
