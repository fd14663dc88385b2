package tty

import (
	"io"
	"time"

	tea "charm.land/bubbletea/v2"
)

// This file works around a fault of Bubble Tea 2.0.10 and can be deleted when that is fixed. When the program gets the terminal back,
// Bubble Tea restarts the ticker of its frames while the goroutine that drew before may still be about to stop it. On a busy machine,
// after an editor that ends at once, the ticker is stopped for good and no frame follows.

// firstFrameWithin is how soon a frame must be written after the terminal has come back.
const firstFrameWithin = 500 * time.Millisecond

// FrameCounter counts the frames that were written to the terminal.
type FrameCounter interface{ Frames() int64 }

// Returned reports that the terminal came back firstFrameWithin ago, and how many frames had been written then.
type Returned struct{ frames int64 }

// CheckFrames draws everything again after another program had the terminal, and has RestartTicker check that frames are written.
// frames may be nil.
func CheckFrames(frames FrameCounter) tea.Cmd {
	if frames == nil {
		return nil
	}
	back := Returned{frames.Frames()}
	return tea.Batch(tea.ClearScreen, tea.Tick(firstFrameWithin, func(time.Time) tea.Msg { return back }))
}

// RestartTicker releases the terminal for an instant and takes it back if no frame was written since the last time. input reads the
// terminal; it may be nil.
func RestartTicker(frames FrameCounter, input *Reader, msg Returned) tea.Cmd {
	if frames.Frames() != msg.frames {
		return nil
	}
	return func() tea.Msg { return lend(input, noProgram{}, func(error) tea.Msg { return tea.ResumeMsg{} }) }
}

// noProgram takes the terminal and gives it back.
type noProgram struct{}

func (noProgram) Run() error          { return nil }
func (noProgram) SetStdin(io.Reader)  {}
func (noProgram) SetStdout(io.Writer) {}
func (noProgram) SetStderr(io.Writer) {}
