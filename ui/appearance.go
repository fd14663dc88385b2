package ui

import (
	"image/color"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"tintype/ui/picture"
	"tintype/ui/theme"
	"tintype/ui/tty"
)

// setProfile takes the number of colours that the renderer will write. A lesser wish of the settings stands.
func (t *terminal) setProfile(msg tea.ColorProfileMsg, look Appearance) {
	t.colours = min(coloursOf(msg.Profile), look.Colours)
	t.capabilities = t.decideCapabilities(look)
}

// forceTrueColour tells the renderer to write 24-bit colours to an xterm, which shows them and says so nowhere.
func (t *terminal) forceTrueColour(name string, o Options) tea.Cmd {
	if !tty.HidesColours(name) || t.colours >= 1<<24 || o.Appearance.Colours < 1<<24 || o.Env("NO_COLOR") != "" {
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

// decideCapabilities is what the terminal can show, after what it said.
func (t *terminal) decideCapabilities(look Appearance) picture.Capabilities {
	if look.Graphics != "" && look.Graphics != "auto" {
		t.probe.Override(look.Graphics)
	}
	can := t.probe.Capabilities()
	can.Colours = t.colours
	return can
}

// look is how everything looks, for what is known of the terminal.
func (t *terminal) look(o Options) theme.Look {
	ascii := o.Appearance.Glyphs == "ascii" || (o.Appearance.Glyphs != "utf8" && !isUTF8Locale(o.Env))
	return theme.Look{
		Styles: theme.NewStyles(theme.NewTheme(o.Appearance.Theme, t.background), t.colours),
		Glyphs: theme.NewGlyphs(ascii),
	}
}

// isLight reports whether the terminal's background is light.
func (t *terminal) isLight(a Appearance) bool {
	if t.background == nil {
		return a.Theme == "light"
	}
	r, g, b, alpha := t.background.RGBA()
	return alpha > 0 && !theme.IsDark(color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xff})
}

// Appearance is how the screen should look, as the settings say.
type Appearance struct {
	Theme    string // "dark", "light"; else by the terminal's background
	Glyphs   string // "ascii"; else by the locale
	Motion   string // "none": nothing spins
	Mouse    string // "off": the terminal keeps it
	Graphics string // a protocol's name; else by what the terminal can do
	Colours  int    // 1<<24, 256, 16; 0 none
}

// hasMotion reports whether things may move.
func (o Options) hasMotion() bool { return o.Appearance.Motion != "none" && o.Env("NO_MOTION") == "" }

// isUTF8Locale tells whether the locale's characters go beyond ASCII. The Linux console draws few of them.
func isUTF8Locale(env func(string) string) bool {
	if env("TERM") == "linux" {
		return false
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(env(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return false
}
