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

	"tintype/ui/cell"
	"tintype/ui/picture"
	"tintype/ui/tty"
)

// frameRate is the most frames per second. It is twice Bubble Tea's default, which halves the delay of the first frame and of each key.
const frameRate = 120

// ErrInterrupted is returned by Run if a signal has asked the program to end.
var ErrInterrupted = errors.New("A signal asked tintype to end.")

// Run shows the full screen until the user leaves, a signal asks the program to end, or the terminal is gone. It always restores the
// terminal. It returns an error, which is a sentence, if the program could not start or broke down, and ErrInterrupted after a signal.
func Run(ctx context.Context, o Options, in, out *os.File) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ending, end := context.WithCancel(context.Background())
	defer end()
	overlay := picture.NewOverlay(cell.Output{ReadWriteCloser: out, Descriptor: out.Fd})
	o.In, o.Out, o.Shutdown = in, out, ending
	o.Layer, o.WindowPixels = overlay, func() (int, int) { return tty.PixelSize(out) }
	go ansi.StringWidthWc("│") // builds Bubble Tea's table of widths, while the terminal is set up
	m := New(ctx, o)
	var p *tea.Program
	source := tty.NewReader(in, out, func(msg tea.Msg) { p.Send(msg) }, func() { go p.Send(hungUpMsg{}) })
	m.options.Input = source
	pauses := tty.NewSuspender(in, source, ending)
	p = tea.NewProgram(m, tea.WithInput(source), tea.WithOutput(overlay), tea.WithFPS(frameRate), tea.WithoutSignalHandler(),
		tea.WithFilter(func(m tea.Model, msg tea.Msg) tea.Msg { return pauses.Filter(m, source.Filter(msg)) }))
	stopPausing := pauses.Begin(p)
	defer stopPausing()
	stop := onSignals(func() { end(); p.Send(hungUpMsg{}) })
	defer stop()
	ended := make(chan error, 1)
	go func() { _, err := p.Run(); ended <- err }()
	var err error
	select {
	case err = <-ended:
		source.Leave()
	case <-pauses.Left():
	}
	cancel()
	broke := err != nil && !errors.Is(err, context.Canceled) && !m.exit.leaving
	m.shutDown(broke)
	switch {
	case m.exit.err != nil:
		return m.exit.err
	case broke:
		return fmt.Errorf("The screen crashed. Jobs keep running and will be picked up next time. (%w)", err)
	case ending.Err() != nil:
		return ErrInterrupted
	}
	return nil
}

// shutDownLimit is how long a program that broke down may take to save what it can.
const shutDownLimit = time.Second

// shutDown saves the form and closes the session. After a breakdown a lock may never be released, or the same panic may occur again:
// then the program ends nevertheless.
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
				defer func() { _ = recover() }() // the first breakdown is reported
				last()
			}()
		}
	}()
	select {
	case <-done:
	case <-time.After(shutDownLimit):
	}
}

// onSignals calls leave at the first signal that asks the program to end. Bubble Tea does not handle SIGHUP.
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
