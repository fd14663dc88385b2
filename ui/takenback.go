package ui

import (
	"io"
	"time"

	tea "charm.land/bubbletea/v2"
)

// backDrawn is how soon a frame must have been written after the terminal was taken back: sixty frames.
const backDrawn = 60 * time.Second / frameRate

// checkFrames has everything written after the terminal was somebody else's, and looks whether that reaches it. Bubble Tea (2.0.10)
// starts its ticker of frames anew while the goroutine that drew before may still be about to stop it: on a busy machine, after an
// editor that ends at once, it is stopped for good, and no frame follows.
func checkFrames(layer ImageLayer) tea.Cmd {
	if layer == nil {
		return nil
	}
	return tea.Batch(tea.ClearScreen, after(backDrawn, terminalBackMsg{layer.Frames()}))
}

// onTerminalBack gives the terminal away for an instant and takes it back, where no frame was written since the last time.
func onTerminalBack(layer ImageLayer, msg terminalBackMsg) tea.Cmd {
	if layer.Frames() != msg.frames {
		return nil
	}
	return tea.Exec(noProgram{}, func(error) tea.Msg { return tea.ResumeMsg{} })
}

// noProgram takes the terminal and gives it back.
type noProgram struct{}

func (noProgram) Run() error          { return nil }
func (noProgram) SetStdin(io.Reader)  {}
func (noProgram) SetStdout(io.Writer) {}
func (noProgram) SetStderr(io.Writer) {}
