package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Styles are the roles of text on the screen. Only this file makes styles; none of them is faint, italic or blinking.
type Styles struct {
	Text     lipgloss.Style // text
	Strong   lipgloss.Style // text that matters more: bold
	Muted    lipgloss.Style // less important text: ages, hints
	Running  lipgloss.Style // in progress
	Success  lipgloss.Style // done
	Failure  lipgloss.Style // failed, errors
	Question lipgloss.Style // needs a decision
	Rule     lipgloss.Style // lines, no text

	Label        lipgloss.Style // of a part of the screen
	LabelFocused lipgloss.Style // of the part that has the focus
	CursorRow    lipgloss.Style // the row under the cursor
	Changed      lipgloss.Style // words that differ from the row below
	Unseen       lipgloss.Style // done and not seen yet
	Alert        lipgloss.Style // reverse: needs the user at once
	Unconfirmed  lipgloss.Style // reverse, in the colour of questions
	Lost         lipgloss.Style // reverse, in the colour of failures
	Key          lipgloss.Style // a key's name in hints and menus
	Price        lipgloss.Style // of the next purchase
	PriceRaised  lipgloss.Style // of the next purchase, if it is ten times the last one or more

	Dialog      lipgloss.Style // the background of dialogs: spaces, and text without another role
	Placeholder lipgloss.Style // in place of a picture that is not drawn yet

	dialogBackground, placeholderBackground color.Color // nil where the terminal has too few colours
}

// newStyles makes the styles for a terminal with so many colours: 1<<24, 256, 16, or 0, where only weight tells the roles
// apart.
func newStyles(t tokens, colours int) Styles {
	if t.assumed {
		colours = min(colours, 16) // the terminal's own colours are readable on its own background
	}
	p := newPalette(t, colours)
	st := Styles{dialogBackground: p.dialog, placeholderBackground: p.placeholder}
	st.Text, st.Muted, st.Rule = inColour(p.text), inColour(p.muted), inColour(p.rule)
	st.Running, st.Success, st.Failure, st.Question = inColour(p.running), inColour(p.success), inColour(p.failure), inColour(p.question)
	st.Strong = st.Text.Bold(true)

	st.Label, st.LabelFocused = st.Muted, st.Strong
	st.CursorRow, st.Changed = st.Strong, st.Strong
	st.Unseen = st.Success.Bold(true)
	st.Alert = st.Text.Reverse(true)
	st.Unconfirmed = st.Question.Reverse(true)
	st.Lost = st.Failure.Reverse(true)
	st.Key = st.Text
	st.Price, st.PriceRaised = st.Muted, st.Strong

	st.Dialog, st.Placeholder = st.onDialogBackground(st.Text), onBackground(st.Muted, p.placeholder)
	return st
}

// onDialogBackground returns a style with the background of dialogs.
func (st Styles) onDialogBackground(role lipgloss.Style) lipgloss.Style {
	return onBackground(role, st.dialogBackground)
}

// HasSurfaces reports whether the terminal has colours for the backgrounds of dialogs and of what has the focus.
func (st Styles) HasSurfaces() bool { return st.dialogBackground != nil }

// OnPlaceholder returns a role with the background of placeholders.
func (st Styles) OnPlaceholder(role lipgloss.Style) lipgloss.Style {
	return onBackground(role, st.placeholderBackground)
}

// OnDialog returns the same styles with the background of dialogs, for components that are drawn on dialogs too.
func (st Styles) OnDialog() Styles {
	for _, role := range st.roles() {
		*role = st.onDialogBackground(*role)
	}
	return st
}

// roles returns the styles that draw text.
func (st *Styles) roles() []*lipgloss.Style {
	return []*lipgloss.Style{
		&st.Text, &st.Strong, &st.Muted, &st.Running, &st.Success, &st.Failure, &st.Question, &st.Rule, &st.Label, &st.LabelFocused,
		&st.CursorRow, &st.Changed, &st.Unseen, &st.Alert, &st.Unconfirmed, &st.Lost, &st.Key, &st.Price,
		&st.PriceRaised,
	}
}

// Match draws what a filter has found: underlined, in the colour of text. It is not a lipgloss.Style, because an underlined
// one draws each rune separately, which splits letters from their marks.
func (st Styles) Match(s string, bold bool) string {
	look := ansi.NewStyle().Underline(true)
	if bold {
		look = look.Bold()
	}
	if c := st.Text.GetForeground(); !isDefaultColour(c) {
		look = look.ForegroundColor(c)
	}
	if c := st.Text.GetBackground(); !isDefaultColour(c) {
		look = look.BackgroundColor(c)
	}
	return look.Styled(s)
}

// isDefaultColour reports whether c is the terminal's default colour.
func isDefaultColour(c color.Color) bool {
	_, none := c.(lipgloss.NoColor)
	return none || c == nil
}

// inColour returns a style of one colour; nil is the terminal's default.
func inColour(c color.Color) lipgloss.Style {
	if c == nil {
		return lipgloss.NewStyle()
	}
	return lipgloss.NewStyle().Foreground(c)
}

// onBackground returns a style with a background; nil is the terminal's default.
func onBackground(role lipgloss.Style, background color.Color) lipgloss.Style {
	if background == nil {
		return role
	}
	return role.Background(background)
}

// palette is the colours that a terminal shows for the tokens; nil is its default.
type palette struct {
	text, muted, running, success, failure, question, rule, dialog, placeholder color.Color
}

func newPalette(t tokens, colours int) palette {
	switch {
	case colours >= 1<<24:
		return palette{shortest(t.text), shortest(t.muted), t.running, t.success, t.failure, t.question, shortest(t.rule), t.dialog, t.placeholder}
	case colours >= 256:
		return palette256(t)
	case colours >= 16:
		// greys are the terminal's default, because bright black is invisible in Solarized
		return palette{running: ansi.Yellow, success: ansi.Green, failure: ansi.Red, question: ansi.Magenta}
	}
	return palette{}
}

// shortest returns a grey as an entry of the 256 colours if that is the same colour: it takes 8 bytes less in each row of a
// list.
func shortest(c color.RGBA) color.Color {
	if entry := ansi.Convert256(c); opaque(entry) == c && entry >= 16 { // the user can change those below
		return entry
	}
	return c
}

// palette256 returns the tokens in the 256 colours. Where the nearest entry has too little contrast, the token moves
// towards white or black until its entry has enough.
func palette256(t tokens) palette {
	p := palette{rule: ansi.Convert256(t.rule), dialog: surfaceIndex(t.dialog, t.extreme()), placeholder: surfaceIndex(t.placeholder, t.extreme())}
	surfaces := []color.RGBA{t.background, opaque(p.dialog), opaque(p.placeholder)}
	entry := func(token color.RGBA) color.Color { return readableIndex(token, t.extreme(), surfaces...) }
	p.text, p.muted, p.running = entry(t.text), entry(t.muted), entry(t.running)
	p.success, p.failure, p.question = entry(t.success), entry(t.failure), entry(t.question)
	return p
}

// surfaceIndex returns the entry of the 256 colours nearest to a surface on which text, moved to far if need be, is readable.
func surfaceIndex(c, far color.RGBA) color.Color {
	const steps = 16
	near := color.RGBA{0xFF - far.R, 0xFF - far.G, 0xFF - far.B, 0xFF}
	for i := range steps {
		if entry := ansi.Convert256(mix(c, near, float64(i)/steps)); isReadable(far, opaque(entry)) {
			return entry
		}
	}
	return ansi.Convert256(near)
}

// readableIndex returns the entry of the 256 colours nearest to c that is readable on all surfaces.
func readableIndex(c, far color.RGBA, surfaces ...color.RGBA) color.Color {
	const steps = 16
	for i := range steps {
		if entry := ansi.Convert256(mix(c, far, float64(i)/steps)); isReadable(opaque(entry), surfaces...) {
			return entry
		}
	}
	return ansi.Convert256(far)
}

// Look is how everything looks on this terminal. The program makes it once for each terminal background and number of
// colours, and hands it to every component that draws.
type Look struct {
	Styles Styles
	Glyphs Glyphs
}

// NewLook returns the look of a theme, "dark" or "light"; any other theme is chosen by the terminal's background. If that is
// nil, text has the terminal's own colours, and nothing has a background. colours is how many the terminal shows: 1<<24, 256, 16 or 0.
func NewLook(theme string, background color.Color, colours int, ascii bool) Look {
	return Look{Styles: newStyles(newTokens(theme, background), colours), Glyphs: NewGlyphs(ascii)}
}

// OnDialog returns the same look on the background of a dialog.
func (l Look) OnDialog() Look { return Look{Styles: l.Styles.OnDialog(), Glyphs: l.Glyphs} }
