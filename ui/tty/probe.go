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

// Probe asks a terminal what pictures it can show, for a program that prints and ends: the same questions as the full screen's,
// with the same bound on the wait for the answers. in and out must be its two ends; its modes are as they were when Ask
// returns. What is typed meanwhile is lost.
func Probe(in, out *os.File, env func(string) string, p *picture.Probe) {
	askWithin(ProbeLimit, in, out, env, p)
}

func askWithin(limit time.Duration, in, out *os.File, env func(string) string, p *picture.Probe) {
	WindowSize(out, p)
	query := picture.Query(env)
	if len(query) == 0 || !foreground(in) {
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
	listen(reader, env, p)
}

// WindowSize tells p the size of the terminal at out, as the system knows it.
func WindowSize(out *os.File, p *picture.Probe) {
	w, h, err := term.GetSize(out.Fd())
	if err != nil {
		return
	}
	pixelW, pixelH := PixelSize(out)
	p.Observe(picture.Answer{Window: image.Pt(pixelW, pixelH), Screen: picture.Cells{W: w, H: h}})
}

// mostAnswers bounds what is read of a terminal's answers, in bytes.
const mostAnswers = 16 << 10

// listen reads answers up to the fence, or until the reader is cancelled. An answer may come in pieces: all of them are read
// anew with each piece, which says the same again.
func listen(r io.Reader, env func(string) string, p *picture.Probe) {
	var all []byte
	piece := make([]byte, 1<<10)
	for len(all) < mostAnswers {
		n, err := r.Read(piece)
		all = append(all, piece[:n]...)
		if understood(all, env, p) || err != nil {
			return
		}
	}
}

// understood takes the answers and reports whether the fence was among them.
func understood(b []byte, env func(string) string, p *picture.Probe) (done bool) {
	var decoder uv.EventDecoder
	for len(b) > 0 {
		n, event := decoder.Decode(b)
		if n <= 0 {
			return done
		}
		b = b[n:]
		if a, ok := AnswerOf(event); ok {
			done = p.Observe(a) || done
		}
		if name, ok := event.(uv.TerminalVersionEvent); ok && HidesColours(name.Name) && env("NO_COLOR") == "" {
			p.Observe(picture.Answer{Colours: 1 << 24})
		}
	}
	return done
}

// AnswerOf is a terminal's answer as the probe takes it; not ok for anything else.
func AnswerOf(event uv.Event) (a picture.Answer, ok bool) {
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

// HidesColours tells whether a terminal shows 24-bit colours and says so nowhere.
func HidesColours(name string) bool { return strings.HasPrefix(name, "XTerm") }

// ProbeLimit bounds the wait for the terminal's answers about pictures. Nothing else waits for them.
const ProbeLimit = 300 * time.Millisecond
