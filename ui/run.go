package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tintype/ui/picture"
)

// frameRate is how often a second the screen may be drawn: twice Bubble Tea's own, which halves the wait for the first
// frame and for each key.
const frameRate = 120

// Run shows the full screen until the user leaves, a signal asks to, or the terminal is gone. The terminal is given back
// in every case. It returns an error that is a sentence when the program could not start or broke down.
func Run(ctx context.Context, o Options, in, out *os.File) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	overlay := picture.NewOverlay(out)
	o.In, o.Out = in, out
	o.Placer, o.Pixels = overlay, func() (int, int) { return pixelSize(out) }
	go ansi.StringWidthWc("│") // Bubble Tea's table of widths is made at its first use: here, while the terminal is set up
	m := New(ctx, o)
	var p *tea.Program
	source := &input{File: in, hungUp: func() { go p.Send(hungUpMsg{}) }}
	filter, stopSuspending := onSuspend(func() { p.Send(tea.SuspendMsg{}) })
	defer stopSuspending()
	p = tea.NewProgram(m, tea.WithInput(source), tea.WithOutput(overlay), tea.WithFPS(frameRate), tea.WithoutSignalHandler(),
		tea.WithFilter(filter))
	stop := onSignals(func() { p.Send(hungUpMsg{}) })
	defer stop()
	_, err := p.Run()
	cancel()
	m.keepForm()
	m.closeSession()
	switch {
	case m.leave.err != nil:
		return m.leave.err
	case err != nil && !errors.Is(err, context.Canceled) && !m.leave.going:
		return fmt.Errorf("The screen broke down; jobs go on and are followed at the next start. (%w)", err)
	}
	return nil
}

// onSignals calls leave at the first signal that asks the program to end. Bubble Tea handles no hang-up.
func onSignals(leave func()) (stop func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, endingSignals...)
	done := make(chan struct{})
	go func() {
		select {
		case <-c:
			leave()
		case <-done:
		}
	}()
	return func() {
		signal.Stop(c)
		close(done)
	}
}
