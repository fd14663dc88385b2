package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tintype/ui/picture"
	"tintype/ui/tty"
)

// frameRate is how often a second the screen may be drawn: twice Bubble Tea's own, which halves the wait for the first
// frame and for each key.
const frameRate = 120

// Run shows the full screen until the user leaves, a signal asks to, or the terminal is gone. The terminal is given back
// in every case. It returns an error that is a sentence when the program could not start or broke down.
func Run(ctx context.Context, o Options, in, out *os.File) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ending, end := context.WithCancel(context.Background())
	defer end()
	overlay := picture.NewOverlay(out)
	o.In, o.Out, o.Shutdown = in, out, ending
	o.Layer, o.WindowPixels = overlay, func() (int, int) { return tty.PixelSize(out) }
	go ansi.StringWidthWc("│") // Bubble Tea's table of widths is made at its first use: here, while the terminal is set up
	m := New(ctx, o)
	var p *tea.Program
	source := &tty.Reader{File: in, HungUp: func() { go p.Send(hungUpMsg{}) }}
	pauses := &tty.Suspender{In: in, Ending: ending, Left: make(chan struct{})}
	p = tea.NewProgram(m, tea.WithInput(source), tea.WithOutput(overlay), tea.WithFPS(frameRate), tea.WithoutSignalHandler(),
		tea.WithFilter(pauses.Filter))
	stopPausing := pauses.Begin(p)
	defer stopPausing()
	stop := onSignals(func() { end(); p.Send(hungUpMsg{}) })
	defer stop()
	ended := make(chan error, 1)
	go func() { _, err := p.Run(); ended <- err }()
	var err error
	select {
	case err = <-ended:
	case <-pauses.Left:
	}
	cancel()
	broke := err != nil && !errors.Is(err, context.Canceled) && !m.exit.leaving
	m.shutDown(broke)
	switch {
	case m.exit.err != nil:
		return m.exit.err
	case broke:
		return fmt.Errorf("The screen broke down; jobs go on and are followed at the next start. (%w)", err)
	}
	return nil
}

// shutDownLimit bounds how long a program that broke down takes to write down what it still can.
const shutDownLimit = time.Second

// shutDown keeps the form and closes the session. What broke down may have left a lock behind that nobody will ever open, or break
// again: then the program leaves all the same.
func (m *Model) shutDown(broke bool) {
	if !broke {
		m.autosave.finish(m.currentForm())
		m.session.close()
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, last := range []func(){func() { m.autosave.finish(m.currentForm()) }, m.session.close} {
			func() {
				defer func() { _ = recover() }() // one breakdown has been told
				last()
			}()
		}
	}()
	select {
	case <-done:
	case <-time.After(shutDownLimit):
	}
}

// onSignals calls leave at the first signal that asks the program to end. Bubble Tea handles no hang-up.
func onSignals(leave func()) (stop func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, tty.EndingSignals...)
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
