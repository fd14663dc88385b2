package ui

import (
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/internal/uitest"
	"tintype/ui/picture"
	"tintype/ui/tty"
)

// TestRedrawAfterTheTerminalWasAway: after an editor or a suspend the screen is redrawn. If no frame is drawn, Bubble Tea has lost its ticker,
// and the program releases and takes the terminal again until a frame is drawn.
func TestRedrawAfterTheTerminalWasAway(t *testing.T) {
	t.Parallel()
	for name, msg := range map[string]tea.Msg{
		"after an editor":        tty.Edited{Text: uitest.Dusk},
		"after one that is none": tty.Edited{Err: errors.New("The editor ended with an error; the prompt is as it was.")},
		"after a suspend":        tea.ResumeMsg{},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s, w := galleryOnLayer(t, picture.Sixel)
				before := s.redrawn
				w.frames.Add(7)
				s.send(msg)
				s.settle()
				if s.redrawn == before {
					t.Error("the screen is not redrawn")
				}
				s.wait(time.Second)
				if s.execs != 1 {
					t.Fatalf("without a frame, the terminal was taken again %d times, want once", s.execs)
				}
				s.send(tea.ResumeMsg{}) // as that ends
				s.settle()
				w.frames.Add(1)
				s.wait(time.Second)
				if s.execs != 1 {
					t.Error("it was taken again, though frames are drawn")
				}
			})
		})
	}
}
