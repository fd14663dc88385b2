package theme

import (
	"image/color"
	"strconv"
	"strings"
)

// Assume returns the theme for a terminal that has not reported its background: the chosen one, "dark" or "light", otherwise the one that
// the variable COLORFGBG suggests, otherwise "".
//
// rxvt, Konsole and others set COLORFGBG to the numbers of the colours of their text and their background, such as "15;0" or "0;default;15"
// (see rxvt(1)). Of the sixteen colours, 0 to 6 and 8 are dark.
func Assume(choice string, env func(string) string) string {
	if choice == "dark" || choice == "light" {
		return choice
	}
	value := env("COLORFGBG")
	n, err := strconv.ParseUint(value[strings.LastIndexByte(value, ';')+1:], 10, 8)
	switch {
	case err != nil || n > 15:
		return ""
	case n <= 6 || n == 8:
		return "dark"
	}
	return "light"
}

// IsLight reports whether a terminal's background is light. background is what the terminal reported; if it is nil, Assume's theme decides.
func IsLight(choice string, background color.Color, env func(string) string) bool {
	if background == nil {
		return Assume(choice, env) == "light"
	}
	_, _, _, alpha := background.RGBA()
	return alpha > 0 && !IsDark(background)
}
