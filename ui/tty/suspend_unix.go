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

// Suspender stops the program for a while, by its key or when the system asks for it. Bubble Tea would mind the key alone, and take
// the terminal back wherever it is continued: in the background the system stops it anew for that, though it was asked to end.
type Suspender struct {
	program *tea.Program
	In      *os.File
	Ending  context.Context // done when a signal asks the program to end
	Left    chan struct{}   // closed when that was heard while the terminal was the shell's: it is left alone then
}

// Begin has the program pause when the system asks for it, so that the terminal is given back before.
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

// Filter pauses in place of Bubble Tea. The wish is dropped where no shell could take the program up again, as in a window of its
// own. Who has left in the meantime comes back no more.
func (s *Suspender) Filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if _, pause := msg.(tea.SuspendMsg); !pause {
		return msg
	}
	if alone() || s.program.ReleaseTerminal() != nil {
		return nil
	}
	if !s.continued() {
		close(s.Left)
		select {}
	}
	_ = s.program.RestoreTerminal() // one that is gone is told by its input
	return tea.ResumeMsg{}
}

// endsWith is how long a program that was continued in the background listens for a wish to end that came along.
const endsWith = time.Second

// continued stops the program until it is continued in the foreground; in the background it stops again, unless it is asked to end:
// then it is not continued.
func (s *Suspender) continued() bool {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGCONT)
	defer signal.Stop(c)
	for {
		_ = syscall.Kill(0, syscall.SIGSTOP) // once asked for, Go never gives SIGTSTP its own effect back
		<-c
		if foreground(s.In) {
			return true
		}
		select {
		case <-s.Ending.Done():
			return false
		case <-time.After(endsWith):
		}
	}
}

// alone tells whether the program's parent is outside its session: no shell would ever continue such a program.
func alone() bool {
	ours, err := unix.Getsid(0)
	if err != nil {
		return false
	}
	parents, err := unix.Getsid(os.Getppid())
	return err != nil || parents != ours
}
