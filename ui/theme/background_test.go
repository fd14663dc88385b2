package theme

import (
	"image/color"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestUnknownBackgroundKeepsTheTerminalsColours: while nothing is known of the background, text has the terminal's default colour or one of
// its sixteen, and nothing has a background, with any number of colours.
func TestUnknownBackgroundKeepsTheTerminalsColours(t *testing.T) {
	t.Parallel()
	for _, colours := range []int{1 << 24, 256, 16, 0} {
		st := NewLook("auto", nil, colours, false).OnDialog().Styles
		for i, role := range append(st.roles(), &st.Dialog, &st.Placeholder) {
			if hasColour(role.GetBackground()) {
				t.Errorf("%d colours: role %d has a background", colours, i)
			}
			if c := role.GetForeground(); hasColour(c) && !isOneOfSixteen(c) {
				t.Errorf("%d colours: role %d is drawn in %v", colours, i, c)
			}
		}
		if hasColour(st.Text.GetForeground()) || hasColour(st.Muted.GetForeground()) {
			t.Errorf("%d colours: text is not the terminal's own", colours)
		}
	}
	for _, known := range []Look{NewLook("dark", nil, 1<<24, false), NewLook("light", nil, 1<<24, false), NewLook("", rgb(0xFFFFFF), 1<<24, false)} {
		if !hasColour(known.Styles.Text.GetForeground()) || !hasColour(known.Styles.Dialog.GetBackground()) {
			t.Error("a known theme has lost its colours")
		}
	}
}

func isOneOfSixteen(c color.Color) bool {
	for i := range 16 {
		if c == ansi.BasicColor(i) {
			return true
		}
	}
	return false
}

func TestAssume(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ choice, colorfgbg, want string }{
		{"", "", ""},
		{"auto", "15;0", "dark"},
		{"auto", "0;15", "light"},
		{"auto", "0;default;15", "light"},
		{"auto", "12;8", "dark"},
		{"auto", "0;7", "light"},
		{"auto", "7;6", "dark"},
		{"auto", "0;11", "light"},
		{"auto", "11", "light"},
		{"auto", "15;default", ""},
		{"auto", "15;", ""},
		{"auto", "0;16", ""},
		{"auto", "0;-1", ""},
		{"auto", "0;300", ""},
		{"dark", "0;15", "dark"},
		{"light", "15;0", "light"},
	} {
		env := func(name string) string { return map[string]string{"COLORFGBG": c.colorfgbg}[name] }
		if got := Assume(c.choice, env); got != c.want {
			t.Errorf("theme %q, COLORFGBG %q: %q, want %q", c.choice, c.colorfgbg, got, c.want)
		}
	}
}

// TestIsLight: what the terminal reports counts more than the theme and the variable.
func TestIsLight(t *testing.T) {
	t.Parallel()
	env := func(string) string { return "0;15" }
	none := func(string) string { return "" }
	for _, c := range []struct {
		choice     string
		background color.Color
		env        func(string) string
		want       bool
	}{
		{"auto", rgb(0x000000), env, false},
		{"auto", rgb(0xFFFFFF), none, true},
		{"dark", rgb(0xFFFFFF), none, true},
		{"auto", color.RGBA{}, env, false},
		{"auto", nil, env, true},
		{"auto", nil, none, false},
		{"light", nil, none, true},
		{"dark", nil, env, false},
	} {
		if got := IsLight(c.choice, c.background, c.env); got != c.want {
			t.Errorf("theme %q over %v: light %t", c.choice, c.background, got)
		}
	}
}
