package tty

import (
	"image"
	"io"
	"os"
	"strings"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/term"

	"tintype/ui/picture"
)

// Probe asks a terminal which pictures it can show, for a program that prints and ends. It asks what the full screen asks,
// and waits as long. in and out must be the terminal; its modes are restored before Probe returns. Keys that are typed
// meanwhile are lost.
func Probe(in, out *os.File, env func(string) string, p *picture.Probe) {
	probeWithin(ProbeTimeout, in, out, env, p)
}

func probeWithin(limit time.Duration, in, out *os.File, env func(string) string, p *picture.Probe) {
	WindowSize(out, p)
	query := picture.Query(env)
	if len(query) == 0 || !isForeground(in) {
		return
	}
	modes, err := term.MakeRaw(in.Fd())
	if err != nil {
		return
	}
	defer func() { _ = term.Restore(in.Fd(), modes) }() // a terminal that is gone has no modes
	reader, err := uv.NewCancelReader(in)
	if err != nil {
		return
	}
	defer reader.Close()
	if _, err := out.Write(query); err != nil {
		return
	}
	bound := time.AfterFunc(limit, func() { reader.Cancel() })
	defer bound.Stop()
	readUntilFence(reader, env, p)
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

// maxAnswers is how many bytes of a terminal's answers are read at most.
const maxAnswers = 16 << 10

// readUntilFence reads answers up to the last one, or until the reader is cancelled. An answer may arrive in pieces, so all
// answers are decoded again with each piece; observing an answer twice does no harm.
func readUntilFence(r io.Reader, env func(string) string, p *picture.Probe) {
	var all []byte
	piece := make([]byte, 1<<10)
	for len(all) < maxAnswers {
		n, err := r.Read(piece)
		all = append(all, piece[:n]...)
		if readAnswers(all, env, p) || err != nil {
			return
		}
	}
}

// readAnswers decodes the answers and reports whether the last one was among them.
func readAnswers(b []byte, env func(string) string, p *picture.Probe) (done bool) {
	var decoder uv.EventDecoder
	for len(b) > 0 {
		n, event := decoder.Decode(b)
		if n <= 0 {
			return done
		}
		b = b[n:]
		if a, ok := answerOf(event); ok {
			done = p.Observe(a) || done
		}
		if name, ok := event.(uv.TerminalVersionEvent); ok && hidesColours(name.Name) && env("NO_COLOR") == "" {
			p.Observe(picture.Answer{Colours: 1 << 24})
		}
	}
	return done
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

// ProbeTimeout is how long to wait for the terminal's answers about pictures. Nothing else waits for them.
const ProbeTimeout = 300 * time.Millisecond
