package theme

import (
	"image/color"
	"math"
	"math/rand/v2"
	"testing"
)

// TestSurfacesOfKnownThemes: on black and white the surfaces are the theme's greys; elsewhere they have the background's hue.
func TestSurfacesOfKnownThemes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ background, dialog, placeholder, rule uint32 }{
		"black":           {0x000000, 0x323232, 0x262626, 0x595959},
		"white":           {0xFFFFFF, 0xE4E4E4, 0xEEEEEE, 0xBBBBBB},
		"Mocha":           {0x1E1E2E, 0x31313F, 0x292938, 0x595965},
		"Solarized dark":  {0x002B36, 0x163D47, 0x0C353F, 0x3E5F67},
		"Solarized light": {0xFDF6E3, 0xE9E3D1, 0xF4EDDB, 0xBFBAAC},
	} {
		th := newTokens("", rgb(c.background))
		got := [...]color.RGBA{th.dialog, th.placeholder, th.rule}
		want := [...]color.RGBA{rgb(c.dialog), rgb(c.placeholder), rgb(c.rule)}
		if got != want {
			t.Errorf("%s: dialogs, placeholders and lines are %02X, want %02X", name, got, want)
		}
	}
}

// TestSurfacesOnEveryBackground: on any background, surfaces and lines differ from it visibly, have its hue, and leave text its contrast.
func TestSurfacesOnEveryBackground(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	for range 4000 {
		background := rgb(random.Uint32N(1 << 24))
		th := newTokens("", background)
		for _, c := range []struct {
			name  string
			got   color.RGBA
			ratio float64
			text  bool
		}{{"dialogs", th.dialog, 1.15, true}, {"placeholders", th.placeholder, 1.08, true}, {"lines", th.rule, 1.5, false}} {
			if ratio := contrast(c.got, background); ratio < c.ratio {
				t.Fatalf("background %v: %s %v have only %.2f", background, c.name, c.got, ratio)
			}
			if c.text && contrast(th.text, c.got) < leastContrast {
				t.Fatalf("background %v: text is not readable on %s %v", background, c.name, c.got)
			}
			if far := hueDistance(background, c.got); far > 8 {
				t.Fatalf("background %v: the hue of %s %v is %.0f degrees away", background, c.name, c.got, far)
			}
		}
	}
}

// hueDistance returns how far the hues of two colours are apart, in degrees; 0 if one of them is almost grey.
func hueDistance(a, b color.RGBA) float64 {
	ha, greyA := hue(a)
	hb, greyB := hue(b)
	if greyA || greyB {
		return 0
	}
	d := math.Abs(ha - hb)
	return min(d, 360-d)
}

// hue returns the hue of a colour in degrees, and whether the colour is almost grey.
func hue(c color.RGBA) (degrees float64, grey bool) {
	alpha := float64(c.R) - (float64(c.G)+float64(c.B))/2
	beta := math.Sqrt(3) / 2 * (float64(c.G) - float64(c.B))
	return math.Mod(math.Atan2(beta, alpha)*180/math.Pi+360, 360), math.Hypot(alpha, beta) < 12
}
