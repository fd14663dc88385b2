package theme

import (
	"image/color"
	"math"
)

// leastContrast is the ratio that every word keeps against whatever it can stand on (WCAG 2.2, 1.4.3, level AA).
const leastContrast = 4.5

// theme is the colour tokens, one meaning each. Text tokens (ink to ask) hold leastContrast over the terminal's
// background, over raise and over plate; rule, raise and plate carry no meaning that must be read.
type theme struct {
	dark   bool
	ink    color.RGBA // text
	soft   color.RGBA // labels, ages, hints
	live   color.RGBA // what is under way
	good   color.RGBA // done
	bad    color.RGBA // failed, trouble
	ask    color.RGBA // needs a decision
	rule   color.RGBA // lines
	raise  color.RGBA // behind dialogs
	plate  color.RGBA // behind the place of a picture
	ground color.RGBA // the terminal's own background, as reported or as taken for granted; never painted
}

// DarkTokens and lightTokens are the table of the design. Greys are neutral, so that pictures are judged rightly.
func DarkTokens() theme {
	return theme{
		dark: true,
		ink:  rgb(0xE2E2E2), soft: rgb(0xA8A8A8), live: rgb(0xF2A65A), good: rgb(0x8CC48A), bad: rgb(0xF58B82),
		ask: rgb(0xD3A4F2), rule: rgb(0x595959), raise: rgb(0x323232), plate: rgb(0x262626), ground: rgb(0x000000),
	}
}

func lightTokens() theme {
	return theme{
		ink: rgb(0x222222), soft: rgb(0x595959), live: rgb(0x8A4B00), good: rgb(0x2A6A2C), bad: rgb(0xAE1F1A),
		ask: rgb(0x7A2FA3), rule: rgb(0xBBBBBB), raise: rgb(0xE4E4E4), plate: rgb(0xEEEEEE), ground: rgb(0xFFFFFF),
	}
}

// NewTheme picks the tokens. choice is the setting ("dark", "light", anything else: by the background); background is
// what the terminal reported, nil when it did not. A background on the other side of a chosen theme is not believed:
// who names a theme knows better than a multiplexer that answers for its terminal.
func NewTheme(choice string, background color.Color) theme {
	dark := choice != "light"
	if background != nil && choice != "light" && choice != "dark" {
		dark = IsDark(opaque(background))
	}
	t := lightTokens()
	if dark {
		t = DarkTokens()
	}
	if background == nil || IsDark(opaque(background)) != dark {
		return t
	}
	return t.over(opaque(background))
}

// over is the theme with every text token moved away from the background until it can be read there.
func (t theme) over(background color.RGBA) theme {
	t.ground = background
	for _, token := range []*color.RGBA{&t.ink, &t.soft, &t.live, &t.good, &t.bad, &t.ask} {
		*token = readable(*token, t.far(), t.surfaces()...)
	}
	return t
}

// surfaces are the colours that text stands on.
func (t theme) surfaces() []color.RGBA { return []color.RGBA{t.ground, t.raise, t.plate} }

// far is the end of the grey scale that text is moved towards.
func (t theme) far() color.RGBA {
	if t.dark {
		return rgb(0xFFFFFF)
	}
	return rgb(0x000000)
}

// readable moves c towards far by the least step at which it holds leastContrast over all surfaces. It is always
// possible where far is the better of white and black for the background, since the worse surface of a theme lies on
// the same side.
func readable(c, far color.RGBA, surfaces ...color.RGBA) color.RGBA {
	const steps = 64
	for i := range steps {
		if moved := mixed(c, far, float64(i)/steps); legible(moved, surfaces...) {
			return moved
		}
	}
	return far
}

func legible(c color.RGBA, surfaces ...color.RGBA) bool {
	for _, s := range surfaces {
		if contrast(c, s) < leastContrast {
			return false
		}
	}
	return true
}

// IsDark tells whether white reads better than black on c.
func IsDark(c color.RGBA) bool {
	return contrast(rgb(0xFFFFFF), c) >= contrast(rgb(0x000000), c)
}

// contrast is WCAG's ratio of two colours, 1 to 21.
func contrast(a, b color.RGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is WCAG's relative luminance of an sRGB colour, 0 to 1.
func luminance(c color.RGBA) float64 {
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func linear(channel uint8) float64 {
	v := float64(channel) / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// mixed is the colour a share of the way from a to b, by channel.
func mixed(a, b color.RGBA, share float64) color.RGBA {
	at := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + (float64(y)-float64(x))*share)) }
	return color.RGBA{at(a.R, b.R), at(a.G, b.G), at(a.B, b.B), 0xFF}
}

// opaque is any colour as 8 bits a channel without transparency.
func opaque(c color.Color) color.RGBA {
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xFF}
}

// rgb is the colour 0xRRGGBB.
func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 0xFF}
}
