package theme

import (
	"image/color"
	"math"
)

// leastContrast is the least ratio of contrast of text on every surface (WCAG 2.2, 1.4.3, level AA).
const leastContrast = 4.5

// tokens are the colours of a theme, each with one meaning. Text colours (text to question) have leastContrast on the
// terminal's background, on dialogs and on placeholders.
type tokens struct {
	dark        bool
	assumed     bool       // the terminal's background is unknown, so these colours may be unreadable on it
	text        color.RGBA // text
	muted       color.RGBA // labels, ages, hints
	running     color.RGBA // in progress
	success     color.RGBA // done
	failure     color.RGBA // failed, errors
	question    color.RGBA // needs a decision
	rule        color.RGBA // lines
	dialog      color.RGBA // the background of dialogs
	placeholder color.RGBA // the background of placeholders for pictures
	background  color.RGBA // the terminal's background, as reported or assumed; it is never drawn
}

// darkTokens returns the dark theme. Greys are neutral, so that they do not affect how the colours of pictures are seen.
func darkTokens() tokens {
	return tokens{
		dark: true,
		text: rgb(0xE2E2E2), muted: rgb(0xA8A8A8), running: rgb(0xF2A65A), success: rgb(0x8CC48A), failure: rgb(0xF58B82),
		question: rgb(0xD3A4F2), rule: rgb(0x595959), dialog: rgb(0x323232), placeholder: rgb(0x262626), background: rgb(0x000000),
	}
}

// lightTokens returns the light theme.
func lightTokens() tokens {
	return tokens{
		text: rgb(0x222222), muted: rgb(0x595959), running: rgb(0x8A4B00), success: rgb(0x2A6A2C), failure: rgb(0xAE1F1A),
		question: rgb(0x7A2FA3), rule: rgb(0xBBBBBB), dialog: rgb(0xE4E4E4), placeholder: rgb(0xEEEEEE), background: rgb(0xFFFFFF),
	}
}

// newTokens returns the tokens of a theme, "dark" or "light"; any other theme is chosen by the background. background is what the terminal
// reported, nil if it did not: without a chosen theme, the tokens are then only assumed. A background that does not match a chosen theme is
// ignored: the user knows it better than a multiplexer that answers in place of its terminal.
func newTokens(choice string, background color.Color) tokens {
	chosen := choice == "light" || choice == "dark"
	dark := choice != "light"
	if background != nil && !chosen {
		dark = IsDark(background)
	}
	t := lightTokens()
	if dark {
		t = darkTokens()
	}
	t.assumed = background == nil && !chosen
	if background == nil || IsDark(background) != dark {
		return t
	}
	return t.adjustedTo(opaque(background))
}

// adjustedTo returns the tokens for a background: surfaces and lines take its hue, and every text colour is moved away from it until it
// is readable on all of them.
func (t tokens) adjustedTo(background color.RGBA) tokens {
	t.background = background
	dialog, placeholder, rule := tint{t.dialog, 1.15, true}, tint{t.placeholder, 1.08, true}, tint{t.rule, 1.6, false}
	if t.dark { // where equal ratios are less visible
		dialog.ratio, placeholder.ratio, rule.ratio = 1.28, 1.14, 1.9
	}
	t.dialog, t.placeholder, t.rule = dialog.on(background, t.dark), placeholder.on(background, t.dark), rule.on(background, t.dark)
	for _, token := range []*color.RGBA{&t.text, &t.muted, &t.running, &t.success, &t.failure, &t.question} {
		*token = readable(*token, t.extreme(), t.surfaces()...)
	}
	return t
}

// surfaces returns the colours that text is drawn on.
func (t tokens) surfaces() []color.RGBA { return []color.RGBA{t.background, t.dialog, t.placeholder} }

// extreme returns white or black: the colour that text is moved towards.
func (t tokens) extreme() color.RGBA {
	if t.dark {
		return rgb(0xFFFFFF)
	}
	return rgb(0x000000)
}

// readable moves c towards far by the least step at which it has leastContrast on all surfaces. That is always possible
// where far is the better of white and black for the background, because all surfaces of a theme are on the same side.
func readable(c, far color.RGBA, surfaces ...color.RGBA) color.RGBA {
	const steps = 64
	for i := range steps {
		if moved := mix(c, far, float64(i)/steps); isReadable(moved, surfaces...) {
			return moved
		}
	}
	return far
}

func isReadable(c color.RGBA, surfaces ...color.RGBA) bool {
	for _, s := range surfaces {
		if contrast(c, s) < leastContrast {
			return false
		}
	}
	return true
}

// IsDark reports whether white has more contrast than black on c.
func IsDark(c color.Color) bool {
	return contrast(rgb(0xFFFFFF), opaque(c)) >= contrast(rgb(0x000000), opaque(c))
}

// contrast returns WCAG's ratio of two colours, 1 to 21.
func contrast(a, b color.RGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance returns WCAG's relative luminance of an sRGB colour, 0 to 1.
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

// mix returns the colour at a share of the way from a to b, by channel.
func mix(a, b color.RGBA, share float64) color.RGBA {
	at := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + (float64(y)-float64(x))*share)) }
	return color.RGBA{at(a.R, b.R), at(a.G, b.G), at(a.B, b.B), 0xFF}
}

// opaque returns a colour in 8 bits a channel, without transparency.
func opaque(c color.Color) color.RGBA {
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xFF}
}

// rgb returns the colour 0xRRGGBB.
func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 0xFF}
}
