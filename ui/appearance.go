package ui

import (
	"image/color"
	"strings"

	"tintype/ui/theme"
)

// Appearance is what the settings say about the look of the screen.
type Appearance struct {
	Theme    string // "dark" or "light"; otherwise the terminal's background decides
	Glyphs   string // "ascii" or "utf8"; otherwise the locale decides
	Motion   string // "none": nothing spins
	Mouse    string // "off": the terminal keeps the mouse
	Graphics string // a protocol's name; otherwise the terminal's answers decide
	Colours  int    // 1<<24, 256 or 16; 0 for none
}

// hasMotion reports whether things may move.
func (o Options) hasMotion() bool { return o.Appearance.Motion != "none" && o.Env("NO_MOTION") == "" }

// newLook returns the styles and glyphs for a terminal with this background, which may be nil, and number of colours.
func newLook(o Options, background color.Color, colours int) theme.Look {
	ascii := o.Appearance.Glyphs == "ascii" || (o.Appearance.Glyphs != "utf8" && !isUTF8Locale(o.Env))
	choice := o.Appearance.Theme
	if background == nil {
		choice = theme.Assume(choice, o.Env)
	}
	return theme.NewLook(choice, background, colours, ascii)
}

// isUTF8Locale reports whether the locale has characters beyond ASCII. The Linux console draws few of them.
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
