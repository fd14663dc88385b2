package ui

import (
	"image"
	"image/color"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"tintype/ui/picture"
	"tintype/ui/tty"
)

// terminal is what is known of the terminal: told by it, or taken for granted.
type terminal struct {
	w, h            int
	background      color.Color // nil until it says
	colours         int
	probe           *picture.Probe
	probed          bool // the terminal has answered, or the wait is over
	capabilities    picture.Capabilities
	focused         bool
	shiftEnter      bool // it tells shift+enter from enter
	countsGraphemes bool // it counts whole characters, not their runes (mode 2027), and so does the renderer
}

// newTerminal is a terminal that has said nothing yet.
func newTerminal(o Options) terminal {
	t := terminal{colours: o.Appearance.Colours, focused: true, probe: newProbe(o)}
	t.capabilities = t.decideCapabilities(o.Appearance)
	return t
}

// newProbe asks about every way of drawing that the program's output can place.
func newProbe(o Options) *picture.Probe {
	if o.Layer == nil {
		return picture.NewProbe(o.Env)
	}
	return picture.NewProbe(o.Env, picture.Kitty, picture.KittyDirect, picture.ITerm2, picture.Sixel)
}

// query asks the terminal for its background and what pictures it can show, and sets the bound on the wait.
func (t *terminal) query(env func(string) string) tea.Cmd {
	return tea.Batch(
		tea.RequestBackgroundColor,
		tea.Raw(string(picture.Query(env))),
		tea.Tick(tty.ProbeLimit, func(time.Time) tea.Msg { return probedMsg{} }),
	)
}

// checkSize asks for the terminal's size where it is no longer the first one: Bubble Tea (2.0.10) looks for that and begins to listen
// for others side by side, and misses what comes between.
func (t *terminal) checkSize(out *os.File) tea.Cmd {
	first := *t
	return func() tea.Msg {
		if out == nil {
			return nil
		}
		if w, h, err := term.GetSize(out.Fd()); err != nil || w == first.w && h == first.h {
			return nil
		}
		return tea.RequestWindowSize()
	}
}

// proportion is a cell's height by its width.
func (t *terminal) proportion() float64 {
	if t.capabilities.CellWidth > 0 && t.capabilities.CellHeight > 0 {
		return float64(t.capabilities.CellHeight) / float64(t.capabilities.CellWidth)
	}
	return 2
}

// measureWindow asks the system for the window's size in pixels.
func measureWindow(pixels func() (w, h int)) tea.Cmd {
	if pixels == nil {
		return nil
	}
	return ask(func() measuredMsg {
		w, h := pixels()
		return measuredMsg{w, h}
	})
}

// onModeReport takes a terminal's word on how it counts columns; the renderer then does the same.
func (t *terminal) onModeReport(msg tea.ModeReportMsg) {
	if msg.Mode == ansi.ModeUnicodeCore {
		t.countsGraphemes = msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet
	}
}

// redraw draws everything anew, pictures too, and reads again what could not be read.
func (m *Model) redraw() tea.Cmd {
	m.preview.Reload()
	m.list.RetryReads()
	return tea.ClearScreen
}

// onResumed draws anew after a suspend, and polls at once.
func (m *Model) onResumed() tea.Cmd {
	m.session.pollNow()
	return tea.Batch(m.redraw(), checkFrames(m.options.Layer))
}

// onMeasured takes the window's size in pixels; once the terminal has said what it can do, that is decided anew.
func (t *terminal) onMeasured(msg measuredMsg) (decide bool) {
	if msg.w > 0 && msg.h > 0 && t.w > 0 && t.h > 0 {
		t.probe.Observe(picture.Answer{Window: image.Pt(msg.w, msg.h), Screen: picture.Cells{W: t.w, H: t.h}})
	}
	return t.probed
}
