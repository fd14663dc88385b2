package tty

import (
	"image"
	"image/color"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"tintype/ui/picture"
)

// State is what is known of the terminal: what it has reported, and assumptions about the rest.
type State struct {
	W, H            int         // in cells; 0 until they are known
	Background      color.Color // nil until it is reported
	Capabilities    picture.Capabilities
	Colours         int // that the renderer writes
	IsFocused       bool
	CountsGraphemes bool // it counts grapheme clusters and not code points (mode 2027), and so does the renderer
	options         StateOptions
	probe           *picture.Probe
	probed          bool // the terminal has answered, or the wait is over
}

// StateOptions is what the settings and the environment say about the terminal.
type StateOptions struct {
	Graphics string // a protocol's name; "" or "auto" for the one that the terminal supports
	Colours  int    // the most colours: 1<<24, 256, 16, or 0 for none
	CanPlace bool   // the output can place pictures over the text
	GetEnv   func(string) string
}

// NewState returns the state of a terminal that has not reported anything yet.
func NewState(o StateOptions) State {
	t := State{options: o, Colours: o.Colours, IsFocused: true}
	if o.CanPlace {
		t.probe = picture.NewProbe(o.GetEnv, picture.Kitty, picture.KittyDirect, picture.ITerm2, picture.Sixel)
	} else {
		t.probe = picture.NewProbe(o.GetEnv)
	}
	t.Capabilities = t.decideCapabilities()
	return t
}

// Query asks the terminal for its background and what pictures it can show, in one message, so that DA1 is the last
// question. It limits the wait for the answers.
func (t *State) Query() tea.Cmd {
	return tea.Batch(
		tea.Raw(query(t.options.GetEnv)),
		tea.Tick(ProbeTimeout, func(time.Time) tea.Msg { return ProbeEnded{} }),
	)
}

// ProbeEnded reports that the wait for the terminal's answers is over.
type ProbeEnded struct{}

// CheckSize asks for the terminal's size again if it is no longer the first one. Bubble Tea 2.0.10 reads the size and starts to
// listen for changes concurrently, so it misses a change in between.
func (t *State) CheckSize(out *os.File) tea.Cmd {
	w, h := t.W, t.H
	return func() tea.Msg {
		if out == nil {
			return nil
		}
		if nowW, nowH, err := term.GetSize(out.Fd()); err != nil || nowW == w && nowH == h {
			return nil
		}
		return tea.RequestWindowSize()
	}
}

// CellProportion returns the height of a cell divided by its width.
func (t *State) CellProportion() float64 {
	if t.Capabilities.CellWidth > 0 && t.Capabilities.CellHeight > 0 {
		return float64(t.Capabilities.CellHeight) / float64(t.Capabilities.CellWidth)
	}
	return 2
}

// Measured is the window's size in pixels.
type Measured struct{ w, h int }

// Measure asks the system for the window's size in pixels. pixels may be nil.
func Measure(pixels func() (w, h int)) tea.Cmd {
	if pixels == nil {
		return nil
	}
	return func() tea.Msg {
		w, h := pixels()
		return Measured{w, h}
	}
}

// OnMeasured takes the window's size in pixels. It reports whether the capabilities are to be decided again: the terminal has
// answered already.
func (t *State) OnMeasured(msg Measured) (decide bool) {
	if msg.w > 0 && msg.h > 0 && t.W > 0 && t.H > 0 {
		t.probe.Observe(picture.Answer{Window: image.Pt(msg.w, msg.h), Screen: picture.Cells{W: t.W, H: t.H}})
	}
	return t.probed
}

// OnAnswer takes one of the terminal's answers about pictures. It reports whether it was the last one.
func (t *State) OnAnswer(msg tea.Msg) (done bool) {
	a, _ := answerOf(msg)
	a.Screen = picture.Cells{W: t.W, H: t.H}
	return t.probe.Observe(a)
}

// OnModeReport takes the terminal's report on how it counts columns. The renderer then counts in the same way.
func (t *State) OnModeReport(msg tea.ModeReportMsg) {
	if msg.Mode == ansi.ModeUnicodeCore {
		t.CountsGraphemes = msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet
	}
}

// OnProfile takes the number of colours that the renderer will write. The settings may ask for fewer.
func (t *State) OnProfile(msg tea.ColorProfileMsg) {
	t.Colours = min(coloursOf(msg.Profile), t.options.Colours)
	t.Capabilities = t.decideCapabilities()
}

// OnVersion takes the terminal's name. For an xterm, which shows 24-bit colours without reporting so, it makes the renderer write them.
func (t *State) OnVersion(name string) tea.Cmd {
	t.probe.Observe(picture.Answer{Version: name})
	if !hidesColours(name) || t.Colours >= 1<<24 || t.options.Colours < 1<<24 || t.options.GetEnv("NO_COLOR") != "" {
		return nil
	}
	return func() tea.Msg { return tea.ColorProfileMsg{Profile: colorprofile.TrueColor} }
}

// coloursOf returns how many colours a profile has.
func coloursOf(p colorprofile.Profile) int {
	switch p {
	case colorprofile.TrueColor:
		return 1 << 24
	case colorprofile.ANSI256:
		return 256
	case colorprofile.ANSI:
		return 16
	}
	return 0
}

// Decide decides again what the terminal can show, and reports whether that has changed.
func (t *State) Decide() (changed bool) {
	t.probed = true
	before := t.Capabilities
	t.Capabilities = t.decideCapabilities()
	return t.Capabilities != before
}

// decideCapabilities returns what the terminal can show, by its answers and the settings.
func (t *State) decideCapabilities() picture.Capabilities {
	if t.options.Graphics != "" && t.options.Graphics != "auto" {
		t.probe.Override(t.options.Graphics)
	}
	can := t.probe.Capabilities()
	can.Colours = t.Colours
	return can
}
