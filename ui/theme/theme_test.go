package theme

import (
	"image/color"
	"math/rand/v2"
	"reflect"
	"testing"

	"charm.land/lipgloss/v2"
)

// tokens are a theme's colours that text is drawn in.
func (t theme) tokens() map[string]color.RGBA {
	return map[string]color.RGBA{"ink": t.ink, "soft": t.soft, "live": t.live, "good": t.good, "bad": t.bad, "ask": t.ask}
}

// The tokens have at least these contrast ratios (WCAG 2) over the backgrounds of common terminals.
func TestTokensAsDesigned(t *testing.T) {
	for _, c := range []struct {
		name    string
		theme   theme
		grounds []uint32
		least   map[string]float64
	}{
		{
			"dark", DarkTokens(),
			// black, VS Code, Mocha, Gruvbox, Dracula, One Dark, Nord, Solarized
			[]uint32{0x000000, 0x1E1E1E, 0x1E1E2E, 0x282828, 0x282A36, 0x282C34, 0x2E3440, 0x002B36},
			map[string]float64{"ink": 9.6, "soft": 5.2, "live": 6.1, "good": 6.1, "bad": 5.2, "ask": 6.1},
		},
		{
			"light", lightTokens(),
			// white, One, Latte, Solarized, Gruvbox
			[]uint32{0xFFFFFF, 0xFAFAFA, 0xEFF1F5, 0xFDF6E3, 0xFBF1C7},
			map[string]float64{"ink": 12.5, "soft": 5.5, "live": 5.3, "good": 5.1, "bad": 5.4, "ask": 5.9},
		},
	} {
		surfaces := []color.RGBA{c.theme.raise, c.theme.plate}
		for _, g := range c.grounds {
			surfaces = append(surfaces, rgb(g))
		}
		for name, token := range c.theme.tokens() {
			least := 21.0
			for _, s := range surfaces {
				least = min(least, contrast(token, s))
			}
			if least < c.least[name]-0.05 {
				t.Errorf("%s %s: %.2f, want %.1f", c.name, name, least, c.least[name])
			}
		}
	}
}

// Whatever the terminal reports as its background, every text token can be read on it, on raise and on plate.
func TestTextIsReadableOnEveryBackground(t *testing.T) {
	check := func(background color.RGBA) {
		th := NewTheme("", background)
		for name, token := range th.tokens() {
			for _, s := range []color.RGBA{background, th.raise, th.plate} {
				if got := contrast(token, s); got < leastContrast {
					t.Fatalf("background %v, dark %t: %s %v on %v is %.2f", background, th.dark, name, token, s, got)
				}
			}
		}
	}
	for grey := range 256 {
		check(color.RGBA{uint8(grey), uint8(grey), uint8(grey), 0xFF})
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 4000 {
		check(rgb(random.Uint32N(1 << 24)))
	}
}

// In 256 colours too, with the entries that are really shown.
func TestIndexedTextIsReadable(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		background := rgb(random.Uint32N(1 << 24))
		th := NewTheme("", background)
		p := newPalette(th, 256)
		for i, token := range []color.Color{p.ink, p.soft, p.live, p.good, p.bad, p.ask} {
			for _, s := range []color.Color{background, p.raise, p.plate} {
				if got := contrast(opaque(token), opaque(s)); got < leastContrast {
					t.Fatalf("background %v: token %d %v on %v is %.2f", background, i, token, s, got)
				}
			}
		}
	}
}

func TestNewThemePicksASide(t *testing.T) {
	black, white := rgb(0x000000), rgb(0xFFFFFF)
	for _, c := range []struct {
		choice     string
		background color.Color
		dark       bool
	}{
		{"", nil, true},
		{"auto", black, true},
		{"auto", white, false},
		{"auto", rgb(0xFDF6E3), false},
		{"auto", rgb(0x002B36), true},
		{"dark", white, true},
		{"light", black, false},
		{"light", nil, false},
	} {
		if got := NewTheme(c.choice, c.background); got.dark != c.dark {
			t.Errorf("choice %q over %v: dark %t", c.choice, c.background, got.dark)
		}
	}
	if got := NewTheme("light", black); got != lightTokens() {
		t.Error("a chosen theme gave way to a background of the other side")
	}
	if got := NewTheme("", rgb(0x1E1E2E)); got.bad != DarkTokens().bad || got.ink != DarkTokens().ink {
		t.Error("tokens were moved where they could be read already")
	}
}

func TestStylesByColours(t *testing.T) {
	th := NewTheme("", nil)
	for _, c := range []struct {
		colours     int
		live, raise bool // have a colour
	}{{1 << 24, true, true}, {256, true, true}, {16, true, false}, {0, false, false}} {
		st := NewStyles(th, c.colours)
		if got := hasColour(st.Live.GetForeground()); got != c.live {
			t.Errorf("%d colours: live has a colour: %t", c.colours, got)
		}
		if got := hasColour(st.Raise.GetBackground()); got != c.raise {
			t.Errorf("%d colours: raise has a colour: %t", c.colours, got)
		}
		if c.colours == 16 && hasColour(st.Ink.GetForeground()) {
			t.Error("16 colours: ink is not the terminal's own")
		}
	}
}

// Without colour weight alone tells focus, cursor, news, hits and alarms from the rest; nothing is faint, italic or blinks.
func TestWeightsWithoutColour(t *testing.T) {
	st := NewStyles(NewTheme("", nil), 0)
	for name, bold := range map[string]lipgloss.Style{
		"labelFocused": st.LabelFocused, "cursorRow": st.CursorRow, "changed": st.Changed, "fresh": st.Fresh, "priceRaised": st.PriceRaised,
	} {
		if !bold.GetBold() {
			t.Errorf("%s is not bold", name)
		}
	}
	for name, reverse := range map[string]lipgloss.Style{"alarm": st.Alarm, "unconfirmed": st.Unconfirmed, "lost": st.Lost} {
		if !reverse.GetReverse() {
			t.Errorf("%s is not reverse", name)
		}
	}
	if got := st.Hit("é and so on", false); got != "\x1b[4mé and so on\x1b[m" {
		t.Errorf("hits are drawn as %q", got)
	}
	for i, role := range st.roles() {
		if role.GetFaint() || role.GetItalic() || role.GetBlink() {
			t.Errorf("role %d is faint, italic or blinks", i)
		}
	}
}

func TestDialogStylesStandOnRaise(t *testing.T) {
	st := NewStyles(NewTheme("", nil), 1<<24)
	raised := st.Dialog()
	for i, role := range raised.roles() {
		if role.GetBackground() != st.raiseGround {
			t.Errorf("role %d has another ground", i)
		}
	}
	if hasColour(st.Ink.GetBackground()) {
		t.Error("dialog changed the styles that it was made from")
	}
}

func hasColour(c color.Color) bool { return !noColour(c) }

// Every style that draws text is listed, so that it has the ground of a dialog there.
func TestEveryRoleIsListed(t *testing.T) {
	st := NewStyles(NewTheme("", nil), 1<<24)
	styles, grounds := 0, 2 // Raise and Plate draw no text
	for _, field := range reflect.VisibleFields(reflect.TypeOf(st)) {
		if field.Type == reflect.TypeFor[lipgloss.Style]() {
			styles++
		}
	}
	if listed := len(st.roles()); listed != styles-grounds {
		t.Errorf("%d of %d roles are listed", listed, styles-grounds)
	}
}
