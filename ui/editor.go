package ui

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
)

// edit hands a text to the user's editor and brings back what was made of it.
func edit(editor []string, text string, o Options) tea.Cmd {
	return func() tea.Msg {
		file, err := promptFile(text)
		if err != nil {
			return editedMsg{err: errors.New("No room for a temporary file: the editor was not started.")}
		}
		return tea.Exec(newLoan(append(editor[:len(editor):len(editor)], file), o), func(err error) tea.Msg { return readEdited(file, err) })()
	}
}

// loan is a program that has the terminal for a while: the files themselves, since through Bubble Tea's readers and writers an
// editor would get pipes.
type loan struct {
	*exec.Cmd
	terminal *os.File // nil without one
}

// loanEnds is how long a program that was lent the terminal may take to end when tintype is asked to.
const loanEnds = 500 * time.Millisecond

// newLoan is a program to be lent the terminal. Bubble Tea hears nothing until it ends: asked to leave meanwhile, tintype asks it.
func newLoan(args []string, o Options) *loan {
	ending := o.Shutdown
	if ending == nil {
		ending = context.Background()
	}
	l := &loan{exec.CommandContext(ending, args[0], args[1:]...), o.In}
	l.Env, l.WaitDelay = o.ChildEnv, loanEnds
	l.Cancel = func() error { return l.Process.Signal(syscall.SIGTERM) }
	if o.In != nil && o.Out != nil {
		l.Stdin, l.Stdout, l.Stderr = o.In, o.Out, o.Out
	}
	return l
}

// Run runs the program. One that broke down may have left the terminal in its own modes, which would be taken for the shell's.
func (l *loan) Run() error {
	var modes *term.State
	if l.terminal != nil {
		modes, _ = term.GetState(l.terminal.Fd()) // one that is gone has none
	}
	err := l.Cmd.Run()
	if err != nil && modes != nil {
		_ = term.Restore(l.terminal.Fd(), modes)
	}
	return err
}

// SetStdin, SetStdout and SetStderr are for Bubble Tea, whose ends of the terminal are not taken.
func (l *loan) SetStdin(io.Reader)  {}
func (l *loan) SetStdout(io.Writer) {}
func (l *loan) SetStderr(io.Writer) {}

// promptFile writes a prompt into a file in a folder of its own.
func promptFile(text string) (string, error) {
	dir, err := os.MkdirTemp("", "tintype-")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "prompt.txt")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		_ = os.RemoveAll(dir) // the first error says more
		return "", err
	}
	return file, nil
}

// readEdited takes the prompt back from its file, whose folder goes.
func readEdited(file string, ended error) editedMsg {
	defer func() { _ = os.RemoveAll(filepath.Dir(file)) }()
	if ended != nil {
		return editedMsg{err: errors.New("The editor ended with an error; the prompt is as it was.")}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return editedMsg{err: errors.New("The editor's file is gone; the prompt is as it was.")}
	}
	return editedMsg{text: string(b)}
}
