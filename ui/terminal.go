package ui

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
	"tintype/ui/tty"
)

// terminal is what is known of the terminal: what it has reported, and assumptions about the rest.
type terminal struct {
	w, h            int         // in cells; 0 until they are known
	background      color.Color // nil until it is reported
	capabilities    picture.Capabilities
	colours         int // that the renderer writes
	focused         bool
	countsGraphemes bool // it counts grapheme clusters and not code points (mode 2027), and so does the renderer
	options         terminalOptions
	probe           *picture.Probe
	probed          bool // the terminal has answered, or the wait is over
}

// terminalOptions is what the settings and the environment say about the terminal.
type terminalOptions struct {
	Graphics string // a protocol's name; "" or "auto" for the one that the terminal supports
	Colours  int    // the most colours: 1<<24, 256, 16, or 0 for none
	CanPlace bool   // the output can place pictures over the text
	GetEnv   func(string) string
}

// newTerminal returns the state of a terminal that has not reported anything yet.
func newTerminal(o terminalOptions) terminal {
	t := terminal{options: o, colours: o.Colours, focused: true}
	if o.CanPlace {
		t.probe = picture.NewProbe(o.GetEnv, picture.Kitty, picture.KittyDirect, picture.ITerm2, picture.Sixel)
	} else {
		t.probe = picture.NewProbe(o.GetEnv)
	}
	t.capabilities = t.decideCapabilities()
	return t
}

// query asks the terminal for its background and what pictures it can show, and limits the wait for the answers.
func (t *terminal) query() tea.Cmd {
	return tea.Batch(
		tea.RequestBackgroundColor,
		tea.Raw(string(picture.Query(t.options.GetEnv))),
		tea.Tick(tty.ProbeLimit, func(time.Time) tea.Msg { return probedMsg{} }),
	)
}

// probedMsg reports that the wait for the terminal's answers is over.
type probedMsg struct{}

// checkSize asks for the terminal's size again if it is no longer the first one. Bubble Tea 2.0.10 reads the size and starts to
// listen for changes concurrently, so it misses a change in between.
func (t *terminal) checkSize(out *os.File) tea.Cmd {
	w, h := t.w, t.h
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

// cellProportion returns the height of a cell divided by its width.
func (t *terminal) cellProportion() float64 {
	if t.capabilities.CellWidth > 0 && t.capabilities.CellHeight > 0 {
		return float64(t.capabilities.CellHeight) / float64(t.capabilities.CellWidth)
	}
	return 2
}

// measuredMsg is the window's size in pixels.
type measuredMsg struct{ w, h int }

// measureWindow asks the system for the window's size in pixels. pixels may be nil.
func measureWindow(pixels func() (w, h int)) tea.Cmd {
	if pixels == nil {
		return nil
	}
	return func() tea.Msg {
		w, h := pixels()
		return measuredMsg{w, h}
	}
}

// onMeasured takes the window's size in pixels. It reports whether the capabilities are to be decided again: the terminal has
// answered already.
func (t *terminal) onMeasured(msg measuredMsg) (decide bool) {
	if msg.w > 0 && msg.h > 0 && t.w > 0 && t.h > 0 {
		t.probe.Observe(picture.Answer{Window: image.Pt(msg.w, msg.h), Screen: picture.Cells{W: t.w, H: t.h}})
	}
	return t.probed
}

// onProbeAnswer takes one of the terminal's answers about pictures. It reports whether it was the last one.
func (t *terminal) onProbeAnswer(msg tea.Msg) (done bool) {
	a, _ := tty.AnswerOf(msg)
	a.Screen = picture.Cells{W: t.w, H: t.h}
	return t.probe.Observe(a)
}

// onModeReport takes the terminal's report on how it counts columns. The renderer then counts in the same way.
func (t *terminal) onModeReport(msg tea.ModeReportMsg) {
	if msg.Mode == ansi.ModeUnicodeCore {
		t.countsGraphemes = msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet
	}
}

// setProfile takes the number of colours that the renderer will write. The settings may ask for fewer.
func (t *terminal) setProfile(msg tea.ColorProfileMsg) {
	t.colours = min(coloursOf(msg.Profile), t.options.Colours)
	t.capabilities = t.decideCapabilities()
}

// onVersion takes the terminal's name. For an xterm, which shows 24-bit colours without reporting so, it makes the renderer write them.
func (t *terminal) onVersion(name string) tea.Cmd {
	t.probe.Observe(picture.Answer{Version: name})
	if !tty.HidesColours(name) || t.colours >= 1<<24 || t.options.Colours < 1<<24 || t.options.GetEnv("NO_COLOR") != "" {
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

// decide decides again what the terminal can show, and reports whether that has changed.
func (t *terminal) decide() (changed bool) {
	t.probed = true
	before := t.capabilities
	t.capabilities = t.decideCapabilities()
	return t.capabilities != before
}

// decideCapabilities returns what the terminal can show, by its answers and the settings.
func (t *terminal) decideCapabilities() picture.Capabilities {
	if t.options.Graphics != "" && t.options.Graphics != "auto" {
		t.probe.Override(t.options.Graphics)
	}
	can := t.probe.Capabilities()
	can.Colours = t.colours
	return can
}
