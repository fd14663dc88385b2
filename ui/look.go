package ui

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"tintype/api"
	"tintype/history"
	"tintype/ui/picture"
)

// dress builds theme, styles and glyphs for what is known of the terminal.
func (m *Model) dress() {
	t := newTheme(m.options.Look.Theme, m.terminal.background)
	m.styles = newStyles(t, m.terminal.colours)
	ascii := m.options.Look.Glyphs == "ascii" || (m.options.Look.Glyphs != "utf8" && !utf8Locale(m.options.Env))
	m.glyphs = newGlyphs(ascii)
}

// light tells whether the terminal's background is light.
func (m *Model) light() bool {
	if bg := m.terminal.background; bg != nil {
		r, g, b, a := bg.RGBA()
		return a > 0 && !isDark(color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xff})
	}
	return m.options.Look.Theme == "light"
}

// profile takes the number of colours that the renderer will write. A lesser wish of the settings stands.
func (t *terminal) profile(msg tea.ColorProfileMsg, look Look) {
	t.colours = min(coloursOf(msg.Profile), look.Colours)
	t.can = t.decide(look)
}

// trueColour tells the renderer to write 24-bit colours to an xterm, which shows them and says so nowhere.
func (t *terminal) trueColour(name string, o Options) tea.Cmd {
	if !hidesColours(name) || t.colours >= 1<<24 || o.Look.Colours < 1<<24 || o.Env("NO_COLOR") != "" {
		return nil
	}
	return func() tea.Msg { return tea.ColorProfileMsg{Profile: colorprofile.TrueColor} }
}

// coloursOf is how many colours a profile has.
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

// decide is what the terminal can show, after what it said.
func (t *terminal) decide(look Look) picture.Capabilities {
	if look.Graphics != "" && look.Graphics != "auto" {
		t.probe.Force(look.Graphics)
	}
	can := t.probe.Decide()
	can.Colours = t.colours
	return can
}

// findProvider is a provider by the name that entries keep.
func findProvider(name string) (api.Provider, bool) { return api.FindProvider(name) }

// isCanceled tells whether an error only means that nobody waits any more.
func isCanceled(err error) bool { return errors.Is(err, context.Canceled) }

// tookOf is how long a prediction took: the provider's own figure, else from its creation to its end.
func tookOf(e history.Entry) time.Duration {
	if s := e.Metrics["predict_time"]; s > 0 {
		return time.Duration(s * float64(time.Second))
	}
	if !e.CompletedAt.IsZero() && e.CompletedAt.After(e.CreatedAt) {
		return e.CompletedAt.Sub(e.CreatedAt)
	}
	return 0
}

// formatOf is the format of an entry's first picture, by its name on disk.
func formatOf(e history.Entry) string {
	for _, o := range e.Outputs {
		for i := len(o.Path) - 1; i >= 0 && o.Path[i] != '/'; i-- {
			if o.Path[i] == '.' {
				return o.Path[i+1:]
			}
		}
	}
	return ""
}

// tooSmallSentences say what size is needed, what goes on meanwhile, and the way out.
func tooSmallSentences(w, h, busy int) []string {
	said := []string{fmt.Sprintf("needs 30×8, here %d×%d.", w, h)}
	switch {
	case busy == 1:
		said = append(said, "1 running goes on.")
	case busy > 1:
		said = append(said, fmt.Sprintf("%d running go on.", busy))
	}
	return append(said, "ctrl+c leaves")
}

// troubleWords is a lasting trouble in the few words that the header has room for.
func troubleWords(err error) string {
	var t *history.Trouble
	if !errors.As(err, &t) {
		return "history trouble"
	}
	switch t.Code {
	case "full":
		return "disk full"
	case "read_only":
		return "history is read-only"
	case "no_lock":
		return "history cannot be locked"
	case "busy":
		return "history is locked"
	}
	return "disk trouble"
}
