package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/layout"
	"tintype/ui/list"
	"tintype/ui/text"
	"tintype/ui/wording"
)

// arrange places everything for the state as it is after a message, and lets the parts settle into their places.
func (m *Model) arrange() {
	m.layout = layout.Arrange(m.layoutInput())
	m.layout.GrowBottom(len(m.status(m.layout).Lines))
	m.prompt.SetSize(m.layout.Prompt.W, m.layout.Prompt.H)
	m.list.Resize(m.screens.ListWindow())
	m.arrangePreview()
	m.screens.Drawn().Arrange()
	m.markSeen()
}

// LayoutInput is what the arrangement follows from.
func (m *Model) layoutInput() layout.LayoutInput {
	in := layout.LayoutInput{W: m.terminal.w, H: m.terminal.h, Proportion: m.terminal.proportion()}
	in.PromptLines = m.prompt.Lines(layout.PromptWidth(in))
	in.SettingsOpen = m.focus == focusSettings
	in.SettingsWant = m.settings.Rows()
	return in
}

// View draws the screen. Before the size is known it is empty.
func (m *Model) View() tea.View {
	v := tea.View{AltScreen: true, ReportFocus: true, WindowTitle: m.title(), ProgressBar: m.progressBar()}
	if m.options.Appearance.Mouse != "off" {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if m.terminal.w <= 0 || m.terminal.h <= 0 || m.exit.going {
		return v
	}
	c := cell.NewCanvas(m.terminal.w, m.terminal.h)
	c.Steady = !m.terminal.characters
	if m.tooSmall() {
		m.drawTooSmall(c)
	} else {
		m.screens.Drawn().Draw(c)
	}
	v.Content = c.String()
	v.Cursor = m.cursorAt()
	return v
}

// drawTooSmall says what size is needed; jobs go on and the draft stays. Each sentence has lines of its own, with a free
// column and a free row, where there is room for that.
func (m *Model) drawTooSmall(c *cell.Canvas) {
	w, h := m.terminal.w, m.terminal.h
	said := wording.TooSmall(w, h, m.session.activeJobs())
	if lines := m.smallLines(said, w-1); w > 1 && len(lines) <= h {
		if len(lines) < h {
			lines = slices.Insert(lines, len(lines)-1, "")
		}
		c.Put(cell.Rect{X: 1, Y: 0, W: w - 1, H: h}, lines)
		return
	}
	c.Put(cell.Rect{X: 0, Y: 0, W: w, H: h}, m.smallLines([]string{strings.Join(said, " ")}, w))
}

// smallLines wraps sentences, each from a line of its own.
func (m *Model) smallLines(sentences []string, w int) []string {
	var lines []string
	for _, s := range sentences {
		for _, line := range text.Wrap(text.Safe(m.look.Glyphs.Say(s)), max(w, 1)) {
			lines = append(lines, m.look.Styles.Ink.Render(string(line)))
		}
	}
	return lines
}

// cursorAt is where the terminal's cursor is: in the text that is edited, else nowhere.
func (m *Model) cursorAt() *tea.Cursor {
	x, y, ok := m.textCursor()
	if !ok || m.tooSmall() {
		return nil
	}
	cursor := tea.NewCursor(x, y)
	cursor.Blink = false
	cursor.Shape = tea.CursorBar
	return cursor
}

func (m *Model) textCursor() (x, y int, ok bool) {
	switch {
	case m.dialogs.HasQuestion() || m.dialogs.HasMenu():
		return 0, 0, false
	case m.dialogs.IsModal():
		return m.dialogs.Cursor(m.layout.Dialog, m.look)
	}
	return m.screens.Top().Cursor()
}

// listOptions is how rows of the list are drawn now, w columns wide.
func (m *Model) listOptions(w int) list.DrawOptions {
	return list.DrawOptions{
		Look: m.look, Width: w, Brief: m.layout.Narrow, Now: m.now(), Motion: m.options.hasMotion(), Armed: m.guard.IsArmed,
	}
}
