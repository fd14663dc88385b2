package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/layout"
	"tintype/ui/text"
)

// arrange places everything for the state as it is after a message, and lets the parts settle into their places.
func (m *Model) arrange() {
	m.layout = layout.Arrange(m.layoutInput())
	l := m.layout
	m.layout.GrowBottom(len(m.status(l).Lines))
	m.prompt.SetSize(l.Prompt.W, l.Prompt.H)
	m.arrangeList()
	m.arrangePreview()
	switch m.drawn() {
	case galleryScreen:
		m.arrangeGallery()
	case compareScreen:
		m.arrangeCompare()
	}
	m.markSeen()
}

// drawn is the screen that stands before the eyes: of a picture that was opened in the gallery or in a comparison, these until it
// can be drawn.
func (m *Model) drawn() screen {
	if m.screen == full && m.fullFrom != home && m.preview.Shown().Key == "" {
		return m.fullFrom
	}
	return m.screen
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
	switch drawn := m.drawn(); {
	case m.layout.Shape == layout.TooSmallScreen:
		m.drawTooSmall(c)
	case drawn == help:
		m.drawHelp(c)
	case drawn == full:
		m.drawFull(c)
	case drawn == galleryScreen:
		m.drawGallery(c)
	case drawn == compareScreen:
		m.drawCompare(c)
	default:
		m.drawHome(c)
	}
	v.Content = c.String()
	v.Cursor = m.cursorAt()
	return v
}

// drawHome draws rail and stage.
func (m *Model) drawHome(c *cell.Canvas) {
	l := m.layout
	c.Put(l.Header, []string{m.header().Line(l.Header.W, m.look)})
	m.drawPrompt(c)
	m.drawList(c)
	m.drawSettings(c)
	rule := m.look.Styles.Rule.Render(m.look.Glyphs.Vertical)
	for y := l.Rule.Y; y < l.Rule.Bottom() && l.Rule.W > 0; y++ {
		c.PutLine(l.Rule.X, y, 1, rule)
	}
	m.preview.Draw(c, l.Caption, m.look)
	m.dialogs.Draw(c, l.Dialog, m.look)
	m.drawStatus(c)
}

// drawPrompt draws the prompt with its label.
func (m *Model) drawPrompt(c *cell.Canvas) {
	l := m.layout
	words := m.prompt.Words()
	said := format.CountText(words) + " words"
	if words == 1 {
		said = "1 word"
	}
	m.drawLabel(c, l.PromptLabel, "Prompt", m.look.Styles.Soft.Render(said), m.focus == focusPrompt && !m.dialogs.IsModal())
	if l.PromptLabel.Empty() && m.focus == focusPrompt {
		c.PutLine(0, l.PromptFocus, 1, m.look.Styles.LabelFocused.Render(m.look.Glyphs.Focus))
	}
	c.Put(l.Prompt, m.prompt.View(m.look.Styles))
}

// drawLabel draws the name of a part with something at its right end; the part that has the keys says so.
func (m *Model) drawLabel(c *cell.Canvas, r cell.Rect, name, right string, focused bool) {
	if r.Empty() {
		return
	}
	style := m.look.Styles.Label
	if focused {
		style = m.look.Styles.LabelFocused
		c.PutLine(r.X-1, r.Y, 1, style.Render(m.look.Glyphs.Focus))
	}
	c.PutLine(r.X, r.Y, r.W, style.Render(name))
	c.PutRight(r, len(name)+1, right)
}

// drawSettings draws the settings, folded or open, over what they cover.
func (m *Model) drawSettings(c *cell.Canvas) {
	l := m.layout
	focused := m.focus == focusSettings && !m.dialogs.IsModal()
	price := m.nextPrice()
	if l.SettingsLabel.Empty() { // a small screen: the price stands in the rule above the list
		m.drawListRule(c, price)
	} else {
		m.drawLabel(c, l.SettingsLabel, m.settings.Title(), price, focused)
	}
	if !l.Folded {
		c.Fill(m.settingsRoom(), cell.Plain)
	}
	r := m.settingsRoom()
	if t, ok := m.inputPreview(); ok {
		r.W = t.At.X - 1 - r.X
		m.drawInputPreview(c)
	}
	c.Put(r, m.settings.View(r.W, r.H, focused, m.look.Styles, m.look.Glyphs))
	if focused && l.SettingsLabel.Empty() {
		c.PutLine(0, l.Settings.Y, 1, m.look.Styles.LabelFocused.Render(m.look.Glyphs.Focus))
	}
}

// settingsRoom is where the settings stand, with the column of their cursor bar.
func (m *Model) settingsRoom() cell.Rect {
	r := m.layout.Settings
	return cell.Rect{X: r.X - 1, Y: r.Y, W: r.W + 1, H: r.H}
}

// nextPrice is what the next enter costs; bold when that is far more than the last one did.
func (m *Model) nextPrice() string {
	usd, known := m.settings.Cost()
	said := format.PriceText(usd, known, m.session.Provider.Free)
	if known && format.RaisedPrice(usd, m.money.last) {
		return m.look.Styles.PriceRaised.Render(said)
	}
	return m.look.Styles.Price.Render(said)
}

// drawTooSmall says what size is needed; jobs go on and the draft stays. Each sentence has lines of its own, with a free
// column and a free row, where there is room for that.
func (m *Model) drawTooSmall(c *cell.Canvas) {
	w, h := m.terminal.w, m.terminal.h
	said := tooSmallSentences(w, h, m.activeJobs())
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

// cursorAt is where the terminal's cursor stands: in the text that is being written, else nowhere.
func (m *Model) cursorAt() *tea.Cursor {
	x, y, ok := m.textCursor()
	if !ok || m.layout.Shape == layout.TooSmallScreen {
		return nil
	}
	cursor := tea.NewCursor(x, y)
	cursor.Blink = false
	cursor.Shape = tea.CursorBar
	return cursor
}

func (m *Model) textCursor() (x, y int, ok bool) {
	l := m.layout
	at := func(r cell.Rect) (int, int, bool) { return r.X + x, r.Y + y, ok }
	switch {
	case m.dialogs.TakesKeys() && !m.dialogs.HasChoice() || m.dialogs.HasQuestion() || m.dialogs.HasMenu():
		return 0, 0, false
	case m.dialogs.HasChoice():
		return m.dialogs.Cursor(l.Dialog, m.look)
	case m.screen == help:
		x, y, ok = m.helpCursor()
		return at(m.helpRoom())
	case m.screen == galleryScreen && m.list.IsEditingFilter():
		return m.galleryCursor()
	case m.screen != home:
		return 0, 0, false
	case m.list.IsEditingFilter():
		return m.filterCursor()
	case m.focus == focusPrompt:
		x, y, ok = m.prompt.Cursor()
		return at(l.Prompt)
	case m.focus == focusSettings:
		r := m.settingsRoom()
		x, y, ok = m.settings.Cursor(r.W, r.H)
		return at(r)
	}
	return 0, 0, false
}
