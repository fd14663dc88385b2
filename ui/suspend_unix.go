//go:build unix

package ui

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/sys/unix"
)

// onSuspend calls suspend when the system asks the program to stop for a while, so that the terminal is given back
// before: Bubble Tea minds the key alone. The filter lets Bubble Tea stop itself, which it does by the same signal; once
// asked for, Go never gives that signal its own effect back, so the program is stopped by the one that cannot be asked
// for. The wish is dropped where no shell could take the program up again, as in a window of its own.
func onSuspend(suspend func()) (filter func(tea.Model, tea.Msg) tea.Msg, stop func()) {
	var givenBack atomic.Bool // the terminal is
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGTSTP)
	go func() {
		for range c {
			if givenBack.Load() {
				_ = syscall.Kill(0, syscall.SIGSTOP)
			} else {
				suspend()
			}
		}
	}()
	filter = func(_ tea.Model, msg tea.Msg) tea.Msg {
		switch msg.(type) {
		case tea.SuspendMsg:
			if alone() {
				return nil
			}
			givenBack.Store(true)
		case tea.ResumeMsg:
			givenBack.Store(false)
		}
		return msg
	}
	return filter, func() {
		signal.Stop(c)
		close(c)
	}
}

// alone tells whether the program's parent is outside its session. The system does not stop such a program, and Bubble Tea
// would wait for ever to be continued.
func alone() bool {
	ours, err := unix.Getsid(0)
	if err != nil {
		return false
	}
	parents, err := unix.Getsid(os.Getppid())
	return err != nil || parents != ours
}
