package theme

import (
	"image/color"
	"math/rand/v2"
	"reflect"
	"testing"

	"charm.land/lipgloss/v2"
)

// textColours returns the colours of text.
func (t tokens) textColours() map[string]color.RGBA {
	return map[string]color.RGBA{"text": t.text, "muted": t.muted, "running": t.running, "success": t.success, "failure": t.failure, "question": t.question}
}

// TestContrastOfTheThemes checks that the themes have the contrast that they were designed for, on the backgrounds of
// common terminal themes.
func TestContrastOfTheThemes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		theme       tokens
		backgrounds []uint32
		least       map[string]float64
	}{
		{
			"dark", darkTokens(),
			// black, VS Code, Mocha, Gruvbox, Dracula, One Dark, Nord, Solarized
			[]uint32{0x000000, 0x1E1E1E, 0x1E1E2E, 0x282828, 0x282A36, 0x282C34, 0x2E3440, 0x002B36},
			map[string]float64{"text": 9.6, "muted": 5.2, "running": 6.1, "success": 6.1, "failure": 5.2, "question": 6.1},
		},
		{
			"light", lightTokens(),
			// white, One, Latte, Solarized, Gruvbox
			[]uint32{0xFFFFFF, 0xFAFAFA, 0xEFF1F5, 0xFDF6E3, 0xFBF1C7},
			map[string]float64{"text": 12.5, "muted": 5.5, "running": 5.3, "success": 5.1, "failure": 5.4, "question": 5.9},
		},
	} {
		surfaces := []color.RGBA{c.theme.dialog, c.theme.placeholder}
		for _, g := range c.backgrounds {
			surfaces = append(surfaces, rgb(g))
		}
		for name, token := range c.theme.textColours() {
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

// TestTextIsReadableOnEveryBackground: every text colour is readable on any background that a terminal reports, on dialogs
// and on placeholders.
func TestTextIsReadableOnEveryBackground(t *testing.T) {
	t.Parallel()
	check := func(background color.RGBA) {
		th := newTokens("", background)
		for name, token := range th.textColours() {
			for _, s := range []color.RGBA{background, th.dialog, th.placeholder} {
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

// TestTextIsReadableIn256Colours checks the entries that are shown instead of the tokens.
func TestTextIsReadableIn256Colours(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		background := rgb(random.Uint32N(1 << 24))
		th := newTokens("", background)
		p := newPalette(th, 256)
		for i, token := range []color.Color{p.text, p.muted, p.running, p.success, p.failure, p.question} {
			for _, s := range []color.Color{background, p.dialog, p.placeholder} {
				if got := contrast(opaque(token), opaque(s)); got < leastContrast {
					t.Fatalf("background %v: token %d %v on %v is %.2f", background, i, token, s, got)
				}
			}
		}
	}
}

func TestThemeByChoiceAndBackground(t *testing.T) {
	t.Parallel()
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
		if got := newTokens(c.choice, c.background); got.dark != c.dark {
			t.Errorf("choice %q over %v: dark %t", c.choice, c.background, got.dark)
		}
	}
	if got := newTokens("light", black); got != lightTokens() {
		t.Error("a background changed the chosen theme")
	}
	if got := newTokens("", rgb(0x1E1E2E)); got.failure != darkTokens().failure || got.text != darkTokens().text {
		t.Error("colours were moved that were readable already")
	}
}

func TestStylesByNumberOfColours(t *testing.T) {
	t.Parallel()
	th := newTokens("dark", nil)
	for _, c := range []struct {
		colours         int
		running, dialog bool // have a colour
	}{{1 << 24, true, true}, {256, true, true}, {16, true, false}, {0, false, false}} {
		st := newStyles(th, c.colours)
		if got := hasColour(st.Running.GetForeground()); got != c.running {
			t.Errorf("%d colours: Running has a colour: %t", c.colours, got)
		}
		if got := hasColour(st.Dialog.GetBackground()); got != c.dialog {
			t.Errorf("%d colours: Dialog has a colour: %t", c.colours, got)
		}
		if c.colours == 16 && hasColour(st.Text.GetForeground()) {
			t.Error("16 colours: text is not the terminal's own")
		}
	}
}

// TestWeightsWithoutColours: without colours only weight tells focus, cursor, unseen rows, matches and alerts from the
// rest; nothing is faint, italic or blinks.
func TestWeightsWithoutColours(t *testing.T) {
	t.Parallel()
	st := newStyles(newTokens("", nil), 0)
	for name, bold := range map[string]lipgloss.Style{
		"labelFocused": st.LabelFocused, "cursorRow": st.CursorRow, "changed": st.Changed, "unseen": st.Unseen, "priceRaised": st.PriceRaised,
	} {
		if !bold.GetBold() {
			t.Errorf("%s is not bold", name)
		}
	}
	for name, reverse := range map[string]lipgloss.Style{"alert": st.Alert, "unconfirmed": st.Unconfirmed, "lost": st.Lost} {
		if !reverse.GetReverse() {
			t.Errorf("%s is not reverse", name)
		}
	}
	if got := st.Match("é and so on", false); got != "\x1b[4mé and so on\x1b[m" {
		t.Errorf("hits are drawn as %q", got)
	}
	for i, role := range st.roles() {
		if role.GetFaint() || role.GetItalic() || role.GetBlink() {
			t.Errorf("role %d is faint, italic or blinks", i)
		}
	}
}

func TestStylesOnDialogHaveItsBackground(t *testing.T) {
	t.Parallel()
	st := newStyles(newTokens("dark", nil), 1<<24)
	raised := st.OnDialog()
	for i, role := range raised.roles() {
		if role.GetBackground() != st.dialogBackground {
			t.Errorf("role %d has another background", i)
		}
	}
	if hasColour(st.Text.GetBackground()) {
		t.Error("OnDialog changed the styles that it was called on")
	}
}

// Each style that draws text is a role, so that it has the background of dialogs there.
func TestEveryRoleIsListed(t *testing.T) {
	t.Parallel()
	st := newStyles(newTokens("dark", nil), 1<<24)
	styles := -2 // Dialog and Placeholder are backgrounds
	for _, field := range reflect.VisibleFields(reflect.TypeOf(st)) {
		if field.Type == reflect.TypeFor[lipgloss.Style]() {
			styles++
		}
	}
	if listed := len(st.roles()); listed != styles {
		t.Errorf("%d of %d roles are listed", listed, styles)
	}
}

func hasColour(c color.Color) bool { return !isDefaultColour(c) }
