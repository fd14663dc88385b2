package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Styles is every role that something on the screen can play. A component asks for a role, never for a colour; this
// file is the only one that makes styles. Never faint, italic or blinking.
type Styles struct {
	Ink    lipgloss.Style // text
	Strong lipgloss.Style // text that matters more: bold
	Soft   lipgloss.Style // ages, hints, what is known already
	Live   lipgloss.Style // under way
	Good   lipgloss.Style // done
	Bad    lipgloss.Style // failed, trouble
	ask    lipgloss.Style // needs a decision
	Rule   lipgloss.Style // lines, no text

	Label        lipgloss.Style // the name of a part
	LabelFocused lipgloss.Style // of the part that has the keys
	CursorRow    lipgloss.Style // the row under the cursor
	Changed      lipgloss.Style // words that differ from the row below
	Fresh        lipgloss.Style // done and not seen yet
	Alarm        lipgloss.Style // reverse: armed, and whatever needs the user at once
	Unconfirmed  lipgloss.Style // reverse, in the colour of a question
	Lost         lipgloss.Style // reverse, in the colour of trouble
	Key          lipgloss.Style // a key's name in hints and menus
	Price        lipgloss.Style // money that may be spent next
	PriceRaised  lipgloss.Style // the same, ten times the last one or more

	Raise lipgloss.Style // the ground of dialogs: spaces, and text without a role of its own
	Plate lipgloss.Style // the ground of a picture's empty place

	raiseGround, plateGround color.Color // nil where the terminal has too few colours for them
}

// NewStyles builds the roles of a theme for a terminal of that many colours: 1<<24, 256, 16, or 0 for none, where
// weight alone tells things apart.
func NewStyles(t theme, colours int) Styles {
	p := newPalette(t, colours)
	st := Styles{raiseGround: p.raise, plateGround: p.plate}
	st.Ink, st.Soft, st.Rule = coloured(p.ink), coloured(p.soft), coloured(p.rule)
	st.Live, st.Good, st.Bad, st.ask = coloured(p.live), coloured(p.good), coloured(p.bad), coloured(p.ask)
	st.Strong = st.Ink.Bold(true)

	st.Label, st.LabelFocused = st.Soft, st.Strong
	st.CursorRow, st.Changed = st.Strong, st.Strong
	st.Fresh = st.Good.Bold(true)
	st.Alarm = st.Ink.Reverse(true)
	st.Unconfirmed = st.ask.Reverse(true)
	st.Lost = st.Bad.Reverse(true)
	st.Key = st.Ink
	st.Price, st.PriceRaised = st.Soft, st.Strong

	st.Raise, st.Plate = st.raised(st.Ink), st.plated(st.Soft)
	return st
}

// raised is a role on a dialog's ground.
func (st Styles) raised(role lipgloss.Style) lipgloss.Style { return onGround(role, st.raiseGround) }

// plated is a role on a plate's ground.
func (st Styles) plated(role lipgloss.Style) lipgloss.Style { return onGround(role, st.plateGround) }

// Dialog is the same roles on a dialog's ground, for components that draw there what they draw elsewhere too.
func (st Styles) Dialog() Styles {
	for _, role := range st.roles() {
		*role = st.raised(*role)
	}
	return st
}

// roles are the styles that draw text.
func (st *Styles) roles() []*lipgloss.Style {
	return []*lipgloss.Style{
		&st.Ink, &st.Strong, &st.Soft, &st.Live, &st.Good, &st.Bad, &st.ask, &st.Rule, &st.Label, &st.LabelFocused,
		&st.CursorRow, &st.Changed, &st.Fresh, &st.Alarm, &st.Unconfirmed, &st.Lost, &st.Key, &st.Price,
		&st.PriceRaised,
	}
}

// Hit draws what a filter found: underlined, in the ink. It is no lipgloss.Style, because an underlined one draws each
// rune by itself, which takes letters and their marks apart.
func (st Styles) Hit(s string, bold bool) string {
	look := ansi.NewStyle().Underline(true)
	if bold {
		look = look.Bold()
	}
	if c := st.Ink.GetForeground(); !noColour(c) {
		look = look.ForegroundColor(c)
	}
	if c := st.Ink.GetBackground(); !noColour(c) {
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

// Look is how everything looks on this terminal: the styles and the glyphs. The program makes it once for each terminal
// background and number of colours, and hands it to every component that draws.
type Look struct {
	Styles Styles
	Glyphs Glyphs
}

// OnDialog returns the same look on the background of a dialog.
func (l Look) OnDialog() Look { return Look{Styles: l.Styles.Dialog(), Glyphs: l.Glyphs} }
