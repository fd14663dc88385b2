package theme

import (
	"image/color"
	"sort"
)

// tint is how a surface or a line differs from the terminal's background: at least as light, or in a light theme as dark, as the theme's
// own grey, which is made for black or white, and by a least ratio of contrast with the background.
type tint struct {
	grey  color.RGBA
	ratio float64
	text  bool // text is drawn on it
}

// on returns the colour for a background. It is the background moved towards white in a dark theme, towards black in a light one, which
// keeps its hue. Where that would leave text too little contrast, it is moved the other way.
func (n tint) on(background color.RGBA, dark bool) color.RGBA {
	white, black := rgb(0xFFFFFF), rgb(0x000000)
	up, down := white, black
	if !dark {
		up, down = black, white
	}
	enough := func(c color.RGBA) bool {
		return contrast(c, background) >= n.ratio && contrast(c, down) >= contrast(n.grey, down)
	}
	if moved := shift(background, up, enough); !n.text || contrast(up, moved) >= leastContrast {
		return moved
	}
	return shift(background, down, func(c color.RGBA) bool { return contrast(c, background) >= n.ratio })
}

// shift moves a colour towards another one by the least step that is enough; each further step is enough too.
func shift(from, to color.RGBA, enough func(color.RGBA) bool) color.RGBA {
	const steps = 255
	step := sort.Search(steps, func(i int) bool { return enough(mix(from, to, float64(i)/steps)) })
	return mix(from, to, float64(step)/steps)
}
