package tty

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
)

// Editor is the user's editor and what it runs with.
type Editor struct {
	Command  []string // the program and its arguments
	Env      []string
	In, Out  *os.File        // the terminal; nil without one
	Input    *Reader         // reads the terminal before and after; may be nil
	Shutdown context.Context // done when tintype is asked to end; may be nil
}

// Edited is the text as the editor left it, or a sentence why there is none.
type Edited struct {
	Text string
	Err  error
}

// leftFor is how long after its last change the file of an editor is removed that tintype did not see the end of.
const leftFor = 7 * 24 * time.Hour

// removeLeft removes the prompts that killed programs left. The system lets nobody remove those of others.
func removeLeft(folder string, now time.Time) {
	temp, err := os.OpenRoot(folder) // no link leads out of it
	if err != nil {
		return
	}
	defer temp.Close()
	names, _ := fs.Glob(temp.FS(), folderPrefix+"*/"+promptName)
	for _, name := range names {
		if info, err := temp.Lstat(name); err == nil && info.Mode().IsRegular() && now.Sub(info.ModTime()) > leftFor && temp.Remove(name) == nil {
			_ = temp.Remove(path.Dir(name)) // unless something else is in it
		}
	}
}

// Edit opens a text in the editor, and brings back an Edited.
func (e Editor) Edit(text string) tea.Cmd {
	return func() tea.Msg {
		removeLeft(os.TempDir(), time.Now())
		file, err := writePrompt(text)
		if err != nil {
			return Edited{Err: errors.New("No room for a temporary file: the editor was not started.")}
		}
		return lend(e.Input, e.start(file), func(err error) tea.Msg { return readPrompt(file, err) })
	}
}

// lend gives the terminal to a program. input, which may be nil, stops reading first.
func lend(input *Reader, to tea.ExecCommand, ended tea.ExecCallback) tea.Msg {
	if input != nil {
		input.Release()
	}
	return tea.Exec(to, ended)()
}

// borrower is a program that has the terminal for a while. It gets the terminal's files, since Bubble Tea's readers and writers would
// give an editor pipes.
type borrower struct {
	*exec.Cmd
	terminal *os.File // nil without one
}

// endWithin is how long the editor may take to end when tintype is asked to.
const endWithin = 500 * time.Millisecond

// start returns the editor's program for a file. Bubble Tea handles no message until it ends: when tintype is asked to end in the
// meantime, it asks the editor to.
func (e Editor) start(file string) *borrower {
	shutdown := e.Shutdown
	if shutdown == nil {
		shutdown = context.Background()
	}
	args := append(e.Command[1:len(e.Command):len(e.Command)], file)
	b := &borrower{exec.CommandContext(shutdown, e.Command[0], args...), e.In}
	b.Env, b.WaitDelay = e.Env, endWithin
	b.Cancel = func() error { return b.Process.Signal(syscall.SIGTERM) }
	if e.In != nil && e.Out != nil {
		b.Stdin, b.Stdout, b.Stderr = e.In, e.Out, e.Out
	}
	return b
}

// Run runs the program. If it fails it may have left the terminal in its own modes, which tintype would take for the shell's, so they
// are restored.
func (b *borrower) Run() error {
	var modes *term.State
	if b.terminal != nil {
		modes, _ = term.GetState(b.terminal.Fd()) // a terminal that is gone has none
	}
	err := b.Cmd.Run()
	if err != nil && modes != nil {
		_ = term.Restore(b.terminal.Fd(), modes)
	}
	return err
}

// SetStdin, SetStdout and SetStderr are for Bubble Tea, whose ends of the terminal are not used.
func (b *borrower) SetStdin(io.Reader)  {}
func (b *borrower) SetStdout(io.Writer) {}
func (b *borrower) SetStderr(io.Writer) {}

// The names of a prompt's file and its folder.
const folderPrefix, promptName = "tintype-", "prompt.txt"

// writePrompt writes a prompt into a file in a new folder.
func writePrompt(text string) (string, error) {
	dir, err := os.MkdirTemp("", folderPrefix)
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, promptName)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		_ = os.RemoveAll(dir) // the first error says more
		return "", err
	}
	return file, nil
}

// readPrompt reads the prompt from its file and deletes the folder.
func readPrompt(file string, ended error) Edited {
	defer func() { _ = os.RemoveAll(filepath.Dir(file)) }()
	if ended != nil {
		return Edited{Err: errors.New("The editor ended with an error; the prompt is as it was.")}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return Edited{Err: errors.New("The editor's file is gone; the prompt is as it was.")}
	}
	return Edited{Text: string(b)}
}
