package tty

import (
	"context"
	"image"
	"image/color"
	"os"
	"strings"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"tintype/ui/picture"
)

// ProbeTimeout is how long the full screen waits for the terminal's answers about pictures before it draws them in cells. Answers that
// come later count as well.
const ProbeTimeout = 300 * time.Millisecond

// patience is how long Probe waits.
type patience struct {
	first time.Duration // for the first answer: a terminal that is silent for this long does not answer at all
	all   time.Duration // for the last one, once there was a first
	outer time.Duration // for kitty's answer from the terminal outside tmux, after tmux's last answer
	ended time.Duration // for the last one, once the program is asked to end
}

// newPatience returns how long to wait: over SSH, where nearly every terminal answers, longer for the first answer.
func newPatience(env func(string) string) patience {
	limits := patience{first: time.Second, all: 3 * time.Second, ended: time.Second}
	if env("TMUX") != "" {
		limits.outer = 100 * time.Millisecond
	}
	if env("SSH_CONNECTION") != "" || env("SSH_TTY") != "" {
		limits.first = limits.all
	}
	return limits
}

// Probed is what Probe found out besides the capabilities.
type Probed struct {
	Background  color.Color // nil if it was not reported
	Interrupted bool        // the user pressed ctrl+c
}

// Probe asks a terminal which pictures it can show and what its background is, for a program that prints and ends. It waits for
// the last answer, since a later one would be typed into the shell: up to a second for the first one (three over SSH), and three in all. If
// ctx is done or ctrl+c is pressed, it waits a second at most. in and out must be the terminal; its modes are restored before Probe
// returns. Other keys that are typed meanwhile are lost.
func Probe(ctx context.Context, in, out *os.File, env func(string) string, p *picture.Probe) Probed {
	return probeWithin(ctx, newPatience(env), in, out, env, p)
}

func probeWithin(ctx context.Context, limits patience, in, out *os.File, env func(string) string, p *picture.Probe) (found Probed) {
	WindowSize(out, p)
	query := query(env)
	if query == "" || !isForeground(in) {
		return found
	}
	modes, err := term.MakeRaw(in.Fd())
	if err != nil {
		return found
	}
	defer func() { _ = term.Restore(in.Fd(), modes) }() // a terminal that is gone has no modes
	source, err := startReading(in)
	if err != nil {
		return found
	}
	defer source.stop()
	if _, err := out.WriteString(query); err != nil {
		return found
	}
	c := conversation{env: env, probe: p}
	c.listen(ctx, limits, source.pieces)
	if c.done && limits.outer > 0 {
		c.listenOutside(limits.outer, source.pieces)
	}
	return c.found
}

// query returns the questions about the terminal's background and what it can show, ending with DA1; "" if the terminal would not
// understand them.
func query(env func(string) string) string {
	capabilities := picture.Query(env)
	if len(capabilities) == 0 {
		return ""
	}
	return ansi.RequestBackgroundColor + string(capabilities)
}

// conversation holds what is known of a terminal's answers.
type conversation struct {
	env   func(string) string
	probe *picture.Probe
	input parser
	found Probed
	kitty int  // answers to kitty's queries
	done  bool // the last answer has come
}

// kittyQueries is how many of kitty's queries there are in picture.Query.
const kittyQueries = 2

// listenOutside takes answers to kitty's queries, which tmux passes on to the outer terminal.
func (c *conversation) listenOutside(limit time.Duration, pieces <-chan piece) {
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	for c.kitty < kittyQueries {
		select {
		case got := <-pieces:
			c.take(c.input.feed(got.bytes, got.at))
			if got.err != nil {
				return
			}
		case <-deadline.C:
			return
		}
	}
}

// listen takes answers until the last one has come or the wait is over.
func (c *conversation) listen(ctx context.Context, limits patience, pieces <-chan piece) {
	began := time.Now()
	deadline := time.NewTimer(limits.first)
	defer deadline.Stop()
	heard, ending := false, false
	for !c.done {
		select {
		case got := <-pieces:
			c.take(c.input.feed(got.bytes, got.at))
			if got.err != nil {
				return
			}
		case <-ctx.Done():
		case <-deadline.C:
			return
		}
		switch {
		case !ending && (ctx.Err() != nil || c.found.Interrupted):
			ending = true
			ctx = context.WithoutCancel(ctx)
			deadline.Reset(limits.ended)
		case !ending && !heard && (c.input.hasAnswered || c.input.state != atStart):
			heard = true
			deadline.Reset(limits.all - time.Since(began))
		}
	}
}

// take records what the terminal's events say.
func (c *conversation) take(events []uv.Event) {
	for _, event := range events {
		if a, ok := answerOf(event); ok {
			c.done = c.probe.Observe(a) || c.done
			c.kitty += btoi(a.Kitty != "")
		}
		switch event := event.(type) {
		case uv.TerminalVersionEvent:
			if hidesColours(event.Name) && c.env("NO_COLOR") == "" {
				c.probe.Observe(picture.Answer{Colours: 1 << 24})
			}
		case uv.BackgroundColorEvent:
			c.found.Background = event.Color
		case uv.KeyPressEvent:
			c.found.Interrupted = c.found.Interrupted || event.String() == "ctrl+c"
		}
	}
}

// WindowSize reports the size of the terminal at out, as the system knows it, to p.
func WindowSize(out *os.File, p *picture.Probe) {
	w, h, err := term.GetSize(out.Fd())
	if err != nil {
		return
	}
	pixelW, pixelH := PixelSize(out)
	p.Observe(picture.Answer{Window: image.Pt(pixelW, pixelH), Screen: picture.Cells{W: w, H: h}})
}

// answerOf converts a terminal's answer for the probe; ok is false for other events.
func answerOf(event uv.Event) (a picture.Answer, ok bool) {
	switch event := event.(type) {
	case uv.TerminalVersionEvent:
		a.Version = event.Name
	case uv.KittyGraphicsEvent:
		a.Kitty, a.KittyID = string(event.Payload), event.Options.ID
	case uv.PrimaryDeviceAttributesEvent:
		a.Attributes = event
	case uv.CellSizeEvent:
		a.Cell = image.Pt(event.Width, event.Height)
	case uv.PixelSizeEvent:
		a.Window = image.Pt(event.Width, event.Height)
	default:
		return a, false
	}
	return a, true
}

// hidesColours reports whether a terminal shows 24-bit colours without reporting so.
func hidesColours(name string) bool { return strings.HasPrefix(name, "XTerm") }
