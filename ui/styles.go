package ui

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// styles is every role that something on the screen can play. A component asks for a role, never for a colour; this
// file is the only one that makes styles. Never faint, italic or blinking.
type styles struct {
	ink    lipgloss.Style // text
	strong lipgloss.Style // text that matters more: bold
	soft   lipgloss.Style // ages, hints, what is known already
	live   lipgloss.Style // under way
	good   lipgloss.Style // done
	bad    lipgloss.Style // failed, trouble
	ask    lipgloss.Style // needs a decision
	rule   lipgloss.Style // lines, no text

	label        lipgloss.Style // the name of a part
	labelFocused lipgloss.Style // of the part that has the keys
	cursorRow    lipgloss.Style // the row under the cursor
	changed      lipgloss.Style // words that differ from the row below
	fresh        lipgloss.Style // done and not seen yet
	alarm        lipgloss.Style // reverse: armed, and whatever needs the user at once
	unconfirmed  lipgloss.Style // reverse, in the colour of a question
	lost         lipgloss.Style // reverse, in the colour of trouble
	key          lipgloss.Style // a key's name in hints and menus
	price        lipgloss.Style // money that may be spent next
	priceRaised  lipgloss.Style // the same, ten times the last one or more

	raise lipgloss.Style // the ground of dialogs: spaces, and text without a role of its own
	plate lipgloss.Style // the ground of a picture's empty place

	raiseGround, plateGround color.Color // nil where the terminal has too few colours for them
}

// newStyles builds the roles of a theme for a terminal of that many colours: 1<<24, 256, 16, or 0 for none, where
// weight alone tells things apart.
func newStyles(t theme, colours int) styles {
	p := newPalette(t, colours)
	st := styles{raiseGround: p.raise, plateGround: p.plate}
	st.ink, st.soft, st.rule = coloured(p.ink), coloured(p.soft), coloured(p.rule)
	st.live, st.good, st.bad, st.ask = coloured(p.live), coloured(p.good), coloured(p.bad), coloured(p.ask)
	st.strong = st.ink.Bold(true)

	st.label, st.labelFocused = st.soft, st.strong
	st.cursorRow, st.changed = st.strong, st.strong
	st.fresh = st.good.Bold(true)
	st.alarm = st.ink.Reverse(true)
	st.unconfirmed = st.ask.Reverse(true)
	st.lost = st.bad.Reverse(true)
	st.key = st.ink
	st.price, st.priceRaised = st.soft, st.strong

	st.raise, st.plate = st.raised(st.ink), st.plated(st.soft)
	return st
}

// raised is a role on a dialog's ground.
func (st styles) raised(role lipgloss.Style) lipgloss.Style { return onGround(role, st.raiseGround) }

// plated is a role on a plate's ground.
func (st styles) plated(role lipgloss.Style) lipgloss.Style { return onGround(role, st.plateGround) }

// dialog is the same roles on a dialog's ground, for components that draw there what they draw elsewhere too.
func (st styles) dialog() styles {
	for _, role := range st.roles() {
		*role = st.raised(*role)
	}
	return st
}

// roles are the styles that draw text.
func (st *styles) roles() []*lipgloss.Style {
	return []*lipgloss.Style{
		&st.ink, &st.strong, &st.soft, &st.live, &st.good, &st.bad, &st.ask, &st.rule, &st.label, &st.labelFocused,
		&st.cursorRow, &st.changed, &st.fresh, &st.alarm, &st.unconfirmed, &st.lost, &st.key, &st.price,
		&st.priceRaised,
	}
}

// hit draws what a filter found: underlined, in the ink. It is no lipgloss.Style, because an underlined one draws each
// rune by itself, which takes letters and their marks apart.
func (st styles) hit(s string, bold bool) string {
	look := ansi.NewStyle().Underline(true)
	if bold {
		look = look.Bold()
	}
	if c := st.ink.GetForeground(); !noColour(c) {
		look = look.ForegroundColor(c)
	}
	if c := st.ink.GetBackground(); !noColour(c) {
		look = look.BackgroundColor(c)
	}
	return look.Styled(s)
}

// noColour tells whether c is the terminal's own colour.
func noColour(c color.Color) bool {
	_, none := c.(lipgloss.NoColor)
	return none || c == nil
}

// coloured is a style of one colour; nil is the terminal's own.
func coloured(c color.Color) lipgloss.Style {
	if c == nil {
		return lipgloss.NewStyle()
	}
	return lipgloss.NewStyle().Foreground(c)
}

func onGround(role lipgloss.Style, ground color.Color) lipgloss.Style {
	if ground == nil {
		return role
	}
	return role.Background(ground)
}

// palette is what a terminal shows of a theme; nil is its own default.
type palette struct {
	ink, soft, live, good, bad, ask, rule, raise, plate color.Color
}

func newPalette(t theme, colours int) palette {
	switch {
	case colours >= 1<<24:
		return palette{brief(t.ink), brief(t.soft), t.live, t.good, t.bad, t.ask, brief(t.rule), t.raise, t.plate}
	case colours >= 256:
		return indexed(t)
	case colours >= 16:
		// bright black vanishes in Solarized, so that greys stay the terminal's own
		return palette{live: ansi.Yellow, good: ansi.Green, bad: ansi.Red, ask: ansi.Magenta}
	}
	return palette{}
}

// brief is a grey as an entry of the 256 colours where that is the same: it is written in 8 bytes less, in each row of a list.
func brief(c color.RGBA) color.Color {
	if entry := ansi.Convert256(c); opaque(entry) == c && entry >= 16 { // those below are the user's own
		return entry
	}
	return c
}

// indexed is a theme in the 256 colours, where the nearest entry may be harder to read than the token: then the token
// goes on towards white or black until its entry holds.
func indexed(t theme) palette {
	p := palette{rule: ansi.Convert256(t.rule), raise: ansi.Convert256(t.raise), plate: ansi.Convert256(t.plate)}
	surfaces := []color.RGBA{t.ground, opaque(p.raise), opaque(p.plate)}
	entry := func(token color.RGBA) color.Color { return readableIndex(token, t.far(), surfaces...) }
	p.ink, p.soft, p.live = entry(t.ink), entry(t.soft), entry(t.live)
	p.good, p.bad, p.ask = entry(t.good), entry(t.bad), entry(t.ask)
	return p
}

// readableIndex is the entry of the 256 colours nearest to c that can be read over all surfaces.
func readableIndex(c, far color.RGBA, surfaces ...color.RGBA) color.Color {
	const steps = 16
	for i := range steps {
		if entry := ansi.Convert256(mixed(c, far, float64(i)/steps)); legible(opaque(entry), surfaces...) {
			return entry
		}
	}
	return ansi.Convert256(far)
}
