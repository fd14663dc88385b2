package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/layout"
	"tintype/ui/list"
	"tintype/ui/text"
	"tintype/ui/theme"
	"tintype/ui/wording"
)

// arrange computes the layout for the state after a message, and sets the sizes of the parts.
func (m *Model) arrange() {
	m.layout = layout.ArrangeHome(m.layoutInput())
	m.layout.PlaceMistake(len(m.estimates.mistakeLines(m.layout.Prompt.W)))
	m.layout.GrowStatus(len(m.status(m.layout).Lines))
	m.prompt.SetPlaceholder(promptPlaceholder(m))
	m.prompt.SetSize(m.layout.Prompt.W, m.layout.Prompt.H)
	m.list.Resize(m.screens.ListWindow())
	m.arrangePreview()
	m.screens.Drawn().Arrange()
	m.markSeen()
}

// layoutInput returns what the layout depends on.
func (m *Model) layoutInput() layout.HomeInput {
	in := layout.HomeInput{W: m.terminal.W, H: m.terminal.H, Proportion: m.terminal.CellProportion()}
	w := layout.PromptWidth(in)
	in.PromptLines = m.prompt.Lines(w) + len(m.estimates.mistakeLines(w))
	in.SettingsOpen = m.screens.home.focus == focusSettings
	in.SettingsRows = m.settings.RowCount()
	return in
}

// View draws the screen. It is empty until the size is known.
func (m *Model) View() tea.View {
	n, fraction := m.session.progress()
	v := tea.View{AltScreen: true, ReportFocus: true, WindowTitle: windowTitle(n, fraction), ProgressBar: progressBar(n, fraction)}
	if m.options.Appearance.Mouse != "off" {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if m.exit.leaving {
		v.ProgressBar = nil
		return v
	}
	if m.terminal.W <= 0 || m.terminal.H <= 0 {
		return v
	}
	c := cell.NewCanvas(m.terminal.W, m.terminal.H)
	c.AgreedWidths = !m.terminal.CountsGraphemes
	if m.tooSmall() {
		drawTooSmall(c, m.terminal.W, m.terminal.H, wording.WindowTooSmall(m.terminal.W, m.terminal.H, m.session.activeJobs()), m.look)
	} else {
		m.screens.Drawn().Draw(c)
	}
	v.Content = c.String()
	v.Cursor = m.cursor()
	return v
}

// cursor returns the terminal's cursor in the text that is edited; nil if none is.
func (m *Model) cursor() *tea.Cursor {
	var x, y int
	var ok bool
	switch {
	case m.tooSmall() || m.dialogs.HasQuestion() || m.dialogs.HasMenu():
	case m.dialogs.IsModal():
		x, y, ok = m.dialogs.Cursor(dialogRoom(m), m.look)
	default:
		x, y, ok = m.screens.Top().Cursor()
	}
	if !ok {
		return nil
	}
	cursor := tea.NewCursor(x, y)
	cursor.Blink = false
	cursor.Shape = tea.CursorBar
	return cursor
}

// listOptions returns how rows of the list are drawn, w columns wide.
func (m *Model) listOptions(w int) list.DrawOptions {
	return list.DrawOptions{
		Look: m.look, Width: w, Brief: m.layout.Narrow, Now: m.now(), Motion: m.options.hasMotion(), Armed: m.guard.IsArmed,
		CancelKey: keymap.Label(m.keys.Direct(keymap.ActCancel, m.place())),
	}
}

// drawTooSmall draws sentences, each beginning a line, with a blank column and a blank row if there is room for them.
func drawTooSmall(c *cell.Canvas, w, h int, sentences []string, look theme.Look) {
	if lines := wrapSentences(sentences, w-1, look); w > 1 && len(lines) <= h {
		if len(lines) < h {
			lines = slices.Insert(lines, len(lines)-1, "")
		}
		c.Put(cell.Rect{X: 1, Y: 0, W: w - 1, H: h}, lines)
		return
	}
	c.Put(cell.Rect{X: 0, Y: 0, W: w, H: h}, wrapSentences([]string{strings.Join(sentences, " ")}, w, look))
}

// wrapSentences returns the styled lines of sentences, at most w columns wide.
func wrapSentences(sentences []string, w int, look theme.Look) []string {
	var lines []string
	for _, s := range sentences {
		for _, line := range text.Wrap(text.Safe(look.Glyphs.Translate(s)), w) {
			lines = append(lines, look.Styles.Text.Render(string(line)))
		}
	}
	return lines
}
