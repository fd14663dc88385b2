package ui

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/preview"
)

// viewOutside opens the selected picture or its folder in the system's viewer.
func (m *Model) viewOutside(folder bool) tea.Cmd {
	e, ok := m.list.Selected()
	if !ok || !preview.HasPicture(e) {
		refuse(m, "There is no picture here to open.")
		return nil
	}
	path := m.session.path(picturePath(e, m.list.Output()))
	if path == "" {
		refuse(m, "There is no picture here to open.")
		return nil
	}
	if folder {
		path = filepath.Dir(path)
	}
	return openInViewer(path, m.options.ChildEnv)
}

// picturePath returns the path of an output's picture, counted from 1, or the first path for 0; "" if there is none. It is relative
// to the data folder.
func picturePath(e history.Entry, output int) string {
	for _, path := range allOf(e, output, history.Output.LocalPath) {
		return path
	}
	return ""
}

// openInViewer opens a file or a folder in the system's viewer.
func openInViewer(path string, env []string) tea.Cmd {
	return ask(func() viewedMsg {
		if info, err := os.Stat(path); err == nil && !info.IsDir() && !info.Mode().IsRegular() { // a device may be read for ever
			return viewedMsg{errors.New(path + " is not a file that holds a picture.")}
		}
		name, args := viewerCommand(path)
		return viewedMsg{startViewer(exec.Command(name, args...), path, env)}
	})
}

// viewerPatience is how soon a viewer ends that cannot show a file. If it ends later, the user closed it.
const viewerPatience = 10 * time.Second

// startViewer runs the program that opens path, until it ends; the viewer may be that program or outlive it. It returns an error with a
// sentence if the program failed. The program's messages go to a file without a name, since a pipe would break when tintype ends.
func startViewer(c *exec.Cmd, path string, env []string) error {
	c.Env = env
	said, err := os.CreateTemp("", "tintype-")
	if err == nil {
		if runtime.GOOS != "windows" {
			_ = os.Remove(said.Name()) // the file exists as long as it is open
		}
		defer os.Remove(said.Name())
		defer said.Close()
		c.Stderr = said
	}
	began := time.Now()
	if err := c.Start(); err != nil {
		return errors.New("No viewer was found for " + path + ".")
	}
	if c.Wait() == nil || time.Since(began) > viewerPatience {
		return nil
	}
	return fmt.Errorf("%s could not open %s%s.", filepath.Base(c.Path), path, lastWords(said))
}

// lastWords returns the last line that a program printed, in brackets, to follow a sentence; "" if it printed none.
func lastWords(said *os.File) string {
	if said == nil {
		return ""
	}
	b := make([]byte, 1<<10)
	n, _ := said.ReadAt(b, 0) // an error at the end of the file is usual
	lines := strings.Split(strings.TrimSpace(string(b[:n])), "\n")
	line := strings.TrimRight(strings.TrimSpace(lines[len(lines)-1]), ".")
	if line == "" {
		return ""
	}
	return " (" + line + ")"
}

// viewerCommand returns the system's command that opens a file.
func viewerCommand(path string) (name string, args []string) {
	switch runtime.GOOS {
	case "darwin":
		return "open", []string{path}
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler", path}
	default:
		return "xdg-open", []string{path}
	}
}
