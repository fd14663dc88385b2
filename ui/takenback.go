package ui

import (
	"io"
	"time"

	tea "charm.land/bubbletea/v2"
)

// backDrawn is how soon a frame must have been written after the terminal was taken back: sixty frames.
const backDrawn = 60 * time.Second / frameRate

// tookBack has everything written after the terminal was somebody else's, and looks whether that reaches it. Bubble Tea (2.0.10)
// starts its ticker of frames anew while the goroutine that drew before may still be about to stop it: on a busy machine, after an
// editor that ends at once, it is stopped for good, and no frame follows.
func (m *Model) tookBack() tea.Cmd {
	if m.options.Layer == nil {
		return nil
	}
	return tea.Batch(tea.ClearScreen, after(backDrawn, takenBackMsg{m.options.Layer.Frames()}))
}

// takenAgain gives the terminal away for an instant and takes it back, where no frame was written since the last time.
func (m *Model) takenAgain(msg takenBackMsg) tea.Cmd {
	if m.options.Layer.Frames() != msg.frames {
		return nil
	}
	return tea.Exec(nobody{}, func(error) tea.Msg { return tea.ResumeMsg{} })
}

// nobody takes the terminal and gives it back.
type nobody struct{}

func (nobody) Run() error          { return nil }
func (nobody) SetStdin(io.Reader)  {}
func (nobody) SetStdout(io.Writer) {}
func (nobody) SetStderr(io.Writer) {}
