package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/keymap"
	"tintype/ui/preview"
	"tintype/ui/screen"
	"tintype/ui/text"
	"tintype/ui/wording"
)

// focus is the part of the home screen that has the keys.
type focus int

const (
	focusPrompt   focus = iota // letters are text
	focusSettings              // letters do nothing, digits are numbers
	focusList                  // letters are commands
)

// homeScreen is the lowest screen of the stack: the prompt, the settings and the list in the sidebar, and the preview beside it.
type homeScreen struct {
	screen.Base
	m     *Model
	focus focus
}

// Place returns the place of the part that has the keys.
func (h *homeScreen) Place() keymap.Place {
	return [...]keymap.Place{focusPrompt: keymap.InPrompt, focusSettings: keymap.InSettings, focusList: keymap.InList}[h.focus]
}

// Do moves the focus between the parts, and goes back.
func (h *homeScreen) Do(act keymap.Action) (cmd tea.Cmd, mine bool) {
	switch act {
	case keymap.ActNext:
		if cmd, mine := completeList(h.m); mine && h.focus == focusPrompt {
			return cmd, true
		}
		if !fillExample(h.m) {
			h.moveFocus(+1)
		}
	case keymap.ActPrevious:
		h.moveFocus(-1)
	case keymap.ActBack:
		return h.back(), true
	default:
		return nil, false
	}
	return nil, true
}

// back goes back one step: it clears the filter or the marks, leaves a page of the settings, or switches between prompt and list.
func (h *homeScreen) back() tea.Cmd {
	m := h.m
	switch {
	case h.focus == focusList && m.list.IsFiltered():
		m.list.ClearFilter()
	case h.focus == focusList && m.list.MarkedCount() > 0:
		m.rememberMarks()
		m.list.ClearMarks()
	case h.focus == focusPrompt:
		h.setFocus(focusList)
	case h.focus == focusSettings:
		return m.onSettingsKey(tea.KeyPressMsg{Code: tea.KeyEscape})
	default:
		h.setFocus(focusPrompt)
	}
	return nil
}

// moveFocus gives the keys to the next or previous part.
func (h *homeScreen) moveFocus(by int) { h.setFocus((h.focus + focus(by) + 3) % 3) }

// setFocus gives the keys to a part.
func (h *homeScreen) setFocus(f focus) {
	if h.focus == focusSettings && f != focusSettings {
		h.m.settings.Leave()
		h.m.notifySettings()
	}
	h.focus = f
	h.m.guard.Disarm()
	if f == focusPrompt {
		h.m.prompt.Focus()
		return
	}
	h.m.prompt.Blur()
}

// inForm reports whether the preview follows the form rather than the list.
func (h *homeScreen) inForm() bool {
	return !h.m.screens.Top().Pictures().Full && h.focus != focusList
}

// Wheel scrolls what is under the pointer.
func (h *homeScreen) Wheel(x, y, by int) tea.Cmd {
	m, l := h.m, h.m.layout
	switch {
	case l.Prompt.Contains(x, y):
		m.prompt.Scroll(by)
	case l.Settings.Contains(x, y):
		m.settings.Scroll(by / wheelRows)
	case l.List.Contains(x, y):
		m.list.Scroll(by)
	case l.Preview.Contains(x, y):
		return m.peek(by / wheelRows)
	}
	return nil
}

// Click gives the keys to the part under the pointer, ends the editing of a filter, and does what a click means there.
func (h *homeScreen) Click(x, y int) tea.Cmd {
	m, l := h.m, h.m.layout
	m.list.EditFilter(false)
	switch {
	case l.Settings.Contains(x, y) || l.SettingsLabel.Contains(x, y):
		focused, r := h.focus == focusSettings, h.settingsRoom()
		h.setFocus(focusSettings)
		_, request := m.settings.Click(x-r.X, y-r.Y, r.W, r.H, focused)
		return m.onSettingsRequest(request)
	case l.Prompt.Contains(x, y) || l.PromptLabel.Contains(x, y):
		h.setFocus(focusPrompt)
		m.prompt.Click(x-l.Prompt.X, y-l.Prompt.Y)
	case l.List.Contains(x, y):
		return h.clickRow(y - l.List.Y)
	case l.ListLabel.Contains(x, y):
		return m.find()
	case l.Preview.Contains(x, y):
		if key := m.preview.Shown().Key; key != "" { // while the form has the keys it may not be the selected one
			m.list.Choose(key)
		}
		h.setFocus(focusList)
		return m.openSelected()
	}
	return nil
}

// clickRow selects a row of the list, or opens the one that is selected.
func (h *homeScreen) clickRow(i int) tea.Cmd {
	m := h.m
	keys, at := m.list.Keys(), m.list.Top()+i
	h.setFocus(focusList)
	if at >= keys.Len() {
		return nil
	}
	if keys.At(at) == m.list.Cursor() {
		return m.openSelected()
	}
	m.list.Choose(keys.At(at))
	return nil
}

// ListWindow returns the size of the list's window.
func (h *homeScreen) ListWindow() (height, across int) { return h.m.layout.List.H, 1 }

// Pictures shows the preview. On a screen without room for it no picture is over the text.
func (h *homeScreen) Pictures() screen.Pictures {
	return screen.Pictures{Preview: true, Covered: h.m.layout.Preview.Empty()}
}

// NextPicture returns the next picture of the preview or of the input image.
func (h *homeScreen) NextPicture() (preview.FrameKey, bool) {
	if t, ok := h.inputPreview(); ok {
		return h.m.preview.Next(h.m.now(), t)
	}
	return h.m.preview.Next(h.m.now())
}

// Cursor returns the cursor of the text that is edited.
func (h *homeScreen) Cursor() (x, y int, ok bool) {
	m := h.m
	r := m.layout.Prompt
	switch {
	case m.list.IsEditingFilter():
		return h.filterCursor()
	case h.focus == focusPrompt:
		x, y, ok = m.prompt.Cursor()
	case h.focus == focusSettings:
		r = h.settingsRoom()
		x, y, ok = m.settings.Cursor(r.W, r.H)
	}
	return r.X + x, r.Y + y, ok
}

// Draw draws the sidebar and the preview.
func (h *homeScreen) Draw(c *cell.Canvas) {
	m, l := h.m, h.m.layout
	c.Put(l.Header, []string{m.header().Line(l.Header.W, m.look)})
	h.drawPrompt(c)
	h.drawList(c)
	h.drawSettings(c)
	rule := m.look.Styles.Rule.Render(m.look.Glyphs.VerticalRule)
	for y := l.Rule.Y; y < l.Rule.Bottom() && l.Rule.W > 0; y++ {
		c.PutLine(l.Rule.X, y, 1, rule)
	}
	m.preview.Draw(c, l.Caption, m.look)
	host{m}.DrawStatus(c)
}

// hasKeys reports whether a part has the keys and no dialog is open.
func (h *homeScreen) hasKeys(f focus) bool { return h.focus == f && !h.m.dialogs.IsModal() }

// drawPrompt draws the prompt and its label.
func (h *homeScreen) drawPrompt(c *cell.Canvas) {
	m, l := h.m, h.m.layout
	count := format.Plural(m.prompt.Words(), "word")
	if m.literal {
		count = asWritten + " · " + count
	}
	count = m.watched.label(l.PromptLabel.W-len("Prompt")-len(count)-8) + count
	h.drawLabel(c, l.PromptLabel, "Prompt", m.look.Styles.Muted.Render(count), h.hasKeys(focusPrompt))
	if l.PromptLabel.Empty() && h.focus == focusPrompt {
		c.PutLine(0, l.PromptFocus, 1, m.look.Styles.LabelFocused.Render(m.look.Glyphs.Focus))
	}
	c.Put(l.Prompt, m.prompt.ViewSpans(m.look.Styles, m.estimates.promptSpans()))
	h.drawMistake(c)
}

// drawSettings draws the settings, folded or open over what they cover. On a small screen the price is in the rule above the list.
func (h *homeScreen) drawSettings(c *cell.Canvas) {
	m, l := h.m, h.m.layout
	focused, price := h.hasKeys(focusSettings), h.nextPrice()
	if l.SettingsLabel.Empty() {
		h.drawListRule(c, price)
	} else {
		h.drawLabel(c, l.SettingsLabel, m.settings.Title(), price, focused)
	}
	r := h.settingsRoom()
	if !l.Compact {
		c.Clear(r)
	}
	if t, ok := h.inputPreview(); ok {
		r.W = t.At.X - 1 - r.X
		h.drawInputPreview(c, t)
	}
	c.Put(r, m.settings.View(r.W, r.H, focused, m.look))
	if focused && l.SettingsLabel.Empty() {
		c.PutLine(0, l.Settings.Y, 1, m.look.Styles.LabelFocused.Render(m.look.Glyphs.Focus))
	}
}

// settingsRoom returns the room of the settings, with the column of their cursor bar.
func (h *homeScreen) settingsRoom() cell.Rect {
	r := h.m.layout.Settings
	return cell.Rect{X: r.X - 1, Y: r.Y, W: r.W + 1, H: r.H}
}

// nextPrice returns the price of the next purchase, in bold if it is much higher than the last one.
func (h *homeScreen) nextPrice() string {
	m := h.m
	if several, ok := m.estimates.price(h.priceWidth()); ok {
		return m.look.Styles.Price.Render(m.look.Glyphs.Translate(several))
	}
	usd, known := m.settings.Cost()
	price := m.settings.PriceText()
	if known && format.IsPriceJump(usd, m.spending.lastPrice) {
		return m.look.Styles.PriceRaised.Render(price)
	}
	if m.literal && m.layout.PromptLabel.Empty() {
		price = asWritten + " · " + price
	}
	return m.look.Styles.Price.Render(price)
}

// priceWidth returns how many columns the price may have.
func (h *homeScreen) priceWidth() int {
	l := h.m.layout
	if l.SettingsLabel.Empty() {
		return l.ListLabel.W - 4
	}
	return l.SettingsLabel.W - len(h.m.settings.Title()) - 2
}

// asWritten says that the draft is no template.
const asWritten = "as written"

// drawList draws the list and its label.
func (h *homeScreen) drawList(c *cell.Canvas) {
	m, l := h.m, h.m.layout
	if !l.SettingsLabel.Empty() {
		h.drawListLabel(c, h.hasKeys(focusList))
	}
	if sentence := m.list.EmptyText(wording.EmptyHistory(m.session.writeError(), l.Preview.Empty())); len(m.list.Window()) == 0 {
		for i, line := range text.Wrap(text.Safe(nameKeys(m, sentence)), l.List.W-2) {
			c.PutLine(l.List.X, l.List.Y+i, l.List.W, " "+m.look.Styles.Muted.Render(m.look.Glyphs.Translate(string(line))))
		}
		return
	}
	c.Put(l.List, m.list.Lines(m.listOptions(l.List.W)))
}
