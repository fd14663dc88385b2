package ui

import (
	"errors"
	"os/exec"
	"path/filepath"
	"runtime"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/preview"
)

// viewOutside opens the selected picture or its folder in the system's viewer.
func (m *Model) viewOutside(folder bool) tea.Cmd {
	e, ok := m.list.Selected()
	if !ok || !preview.HasPicture(e) {
		m.notify("There is no picture here to open.")
		return nil
	}
	path := m.session.path(picturePath(e, m.list.Output()))
	if path == "" {
		m.notify("There is no picture here to open.")
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
	return firstOf(e, output, history.Output.LocalPath)
}

// firstOf returns the text that an output, counted from 1, has of its own, or the first such text of all outputs for 0; "" if there is
// none.
func firstOf(e history.Entry, output int, of func(history.Output) string) string {
	for i, o := range e.Outputs {
		if s := of(o); s != "" && (output == 0 || output == i+1) {
			return s
		}
	}
	return ""
}

// openInViewer opens a file or a folder in the system's viewer.
func openInViewer(path string, env []string) tea.Cmd {
	return ask(func() viewedMsg {
		name, args := viewerCommand(path)
		c := exec.Command(name, args...)
		c.Env = env
		if err := c.Start(); err != nil {
			return viewedMsg{errors.New("No viewer was found for " + path + ". y f copies its path.")}
		}
		go func() { _ = c.Wait() }() // the viewer outlives the program; Wait only frees its process entry
		return viewedMsg{}
	})
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
