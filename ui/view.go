package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/text"
)

// arrange places everything for the state as it is after a message, and lets the parts settle into their places.
func (m *Model) arrange() {
	m.layout = arrange(m.layoutInput())
	l := m.layout
	m.prompt.setSize(l.prompt.w, l.prompt.h)
	m.arrangeList()
	if m.screen != full && m.screen != help && m.stage.zoom.percent != 0 {
		m.unzoom()
	}
	if m.screen != galleryScreen && m.screen != compareScreen {
		m.wantPicture()
		m.stage.settle(m.now())
	}
	switch m.drawn() {
	case galleryScreen:
		m.arrangeGallery()
	case compareScreen:
		m.arrangeCompare()
	}
	m.seen()
}

// drawn is the screen that stands before the eyes: of a picture that was opened in the gallery or in a comparison, these until it
// can be drawn.
func (m *Model) drawn() screen {
	if m.screen == full && m.fullFrom != home && m.stage.shown.key == "" {
		return m.fullFrom
	}
	return m.screen
}

// layoutInput is what the arrangement follows from.
func (m *Model) layoutInput() layoutInput {
	in := layoutInput{w: m.terminal.w, h: m.terminal.h, proportion: m.terminal.proportion()}
	in.promptLines = m.prompt.lines(promptWidth(in))
	in.settingsOpen = m.focus == onSettings
	in.settingsWant = m.settings.rows()
	in.bottomLines = len(m.voice(arrange(in)).lines)
	return in
}

// View draws the screen. Before the size is known it is empty.
func (m *Model) View() tea.View {
	v := tea.View{AltScreen: true, ReportFocus: true, WindowTitle: m.title(), ProgressBar: m.progressBar()}
	if m.options.Appearance.Mouse != "off" {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if m.terminal.w <= 0 || m.terminal.h <= 0 || m.leave.going {
		return v
	}
	c := newCanvas(m.terminal.w, m.terminal.h)
	c.steady = !m.terminal.characters
	switch drawn := m.drawn(); {
	case m.layout.shape == tooSmallScreen:
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
func (m *Model) drawHome(c *canvas) {
	l := m.layout
	c.put(l.header, []string{m.header(l.header.w)})
	m.drawPrompt(c)
	m.drawList(c)
	m.drawSettings(c)
	rule := m.styles.rule.Render(m.glyphs.vertical)
	for y := l.rule.y; y < l.rule.bottom() && l.rule.w > 0; y++ {
		c.putLine(l.rule.x, y, 1, rule)
	}
	m.drawStage(c)
	m.drawDialog(c)
	m.drawBottom(c)
}

// drawPrompt draws the prompt with its label.
func (m *Model) drawPrompt(c *canvas) {
	l := m.layout
	words := m.prompt.words()
	said := countText(words) + " words"
	if words == 1 {
		said = "1 word"
	}
	m.drawLabel(c, l.promptLabel, "Prompt", m.styles.soft.Render(said), m.focus == onPrompt && !m.over.modal())
	if l.promptLabel.empty() && m.focus == onPrompt {
		c.putLine(0, l.promptFocus, 1, m.styles.labelFocused.Render(m.glyphs.focus))
	}
	c.put(l.prompt, m.prompt.view(m.styles))
}

// drawLabel draws the name of a part with something at its right end; the part that has the keys says so.
func (m *Model) drawLabel(c *canvas, r rect, name, right string, focused bool) {
	if r.empty() {
		return
	}
	style := m.styles.label
	if focused {
		style = m.styles.labelFocused
		c.putLine(r.x-1, r.y, 1, style.Render(m.glyphs.focus))
	}
	c.putLine(r.x, r.y, r.w, style.Render(name))
	m.putRight(c, r, len(name)+1, right)
}

// putRight draws text flush right in the first row of r, if it leaves the first taken columns alone.
func (m *Model) putRight(c *canvas, r rect, taken int, s string) {
	w := width(s)
	if w == 0 || w > r.w-taken {
		return
	}
	c.putLine(r.right()-w, r.y, w, s)
}

// drawSettings draws the settings, folded or open, over what they cover.
func (m *Model) drawSettings(c *canvas) {
	l := m.layout
	focused := m.focus == onSettings && !m.over.modal()
	price := m.nextPrice()
	if l.settingsLabel.empty() { // a small screen: the price stands in the rule above the list
		m.drawListRule(c, price)
	} else {
		m.drawLabel(c, l.settingsLabel, m.settings.title(), price, focused)
	}
	if !l.folded {
		c.fill(m.settingsRoom(), plain)
	}
	r := m.settingsRoom()
	if t, ok := m.inputPreview(); ok {
		r.w = t.at.x - 1 - r.x
		m.drawInputPreview(c)
	}
	c.put(r, m.settings.view(r.w, r.h, focused, m.styles, m.glyphs))
	if focused && l.settingsLabel.empty() {
		c.putLine(0, l.settings.y, 1, m.styles.labelFocused.Render(m.glyphs.focus))
	}
}

// settingsRoom is where the settings stand, with the column of their cursor bar.
func (m *Model) settingsRoom() rect {
	r := m.layout.settings
	return rect{r.x - 1, r.y, r.w + 1, r.h}
}

// drawListRule draws the line that stands for the list's label on a small screen.
func (m *Model) drawListRule(c *canvas, price string) {
	r := m.layout.listLabel
	c.putLine(0, r.y, r.w+1, m.styles.rule.Render(strings.Repeat(m.glyphs.across, max(r.w+1-width(price)-2, 0))))
	if m.filter.on() || m.filter.editing {
		c.fill(r, plain)
		c.putLine(1, r.y, r.w, m.filterLabel(m.smallFilterWidth()))
	}
	if m.focus == onList && !m.over.modal() {
		c.putLine(0, r.y, 1, m.styles.labelFocused.Render(m.glyphs.focus))
	}
	m.putRight(c, r, 0, price)
}

// smallFilterWidth is the room of the filter on a small screen: what focus and price leave of the rule.
func (m *Model) smallFilterWidth() int { return m.layout.listLabel.w - width(m.nextPrice()) - 3 }

// nextPrice is what the next enter costs; bold when that is far more than the last one did.
func (m *Model) nextPrice() string {
	usd, known := m.settings.cost()
	said := priceText(usd, known, m.session.Provider.Free)
	if known && raisedPrice(usd, m.money.last) {
		return m.styles.priceRaised.Render(said)
	}
	return m.styles.price.Render(said)
}

// drawDialog draws what stands over the rail below the prompt.
func (m *Model) drawDialog(c *canvas) {
	r := m.layout.dialog
	if !m.over.modal() || r.empty() {
		return
	}
	st := m.styles.dialog()
	inner := m.dialogInner()
	c.fill(r, plain)
	c.fill(rect{r.x, r.y, r.w, inner.h + 2}, plainOn(m.styles.raise))
	rule := st.rule.Render(strings.Repeat(m.glyphs.across, r.w))
	c.putLine(r.x, r.y, r.w, rule)
	if d := m.over.chooser; d != nil {
		c.put(inner, d.list.view(inner.w, inner.h, st, m.glyphs))
	} else {
		c.put(inner, m.lettersLines(m.over.letters, inner.w, inner.h, st))
	}
	c.putLine(r.x, inner.bottom(), r.w, rule)
}

// dialogInner is a dialog's room between its rules: as high as it needs.
func (m *Model) dialogInner() rect {
	r := m.layout.dialog
	want := r.h - 2
	if d := m.over.chooser; d != nil {
		want = d.list.height()
	} else if d := m.over.letters; d != nil {
		want = len(m.lettersLines(d, r.w, r.h-2, m.styles))
	}
	return rect{r.x, r.y + 1, r.w, max(1, min(want, r.h-2))}
}

// drawTooSmall says what size is needed; jobs go on and the draft stays. Each sentence has lines of its own, with a free
// column and a free row, where there is room for that.
func (m *Model) drawTooSmall(c *canvas) {
	w, h := m.terminal.w, m.terminal.h
	said := tooSmallSentences(w, h, m.busy())
	if lines := m.smallLines(said, w-1); w > 1 && len(lines) <= h {
		if len(lines) < h {
			lines = slices.Insert(lines, len(lines)-1, "")
		}
		c.put(rect{1, 0, w - 1, h}, lines)
		return
	}
	c.put(rect{0, 0, w, h}, m.smallLines([]string{strings.Join(said, " ")}, w))
}

// smallLines wraps sentences, each from a line of its own.
func (m *Model) smallLines(sentences []string, w int) []string {
	var lines []string
	for _, s := range sentences {
		for _, line := range text.Wrap(text.Safe(m.glyphs.say(s)), max(w, 1)) {
			lines = append(lines, m.styles.ink.Render(string(line)))
		}
	}
	return lines
}

// cursorAt is where the terminal's cursor stands: in the text that is being written, else nowhere.
func (m *Model) cursorAt() *tea.Cursor {
	x, y, ok := m.textCursor()
	if !ok || m.layout.shape == tooSmallScreen {
		return nil
	}
	cursor := tea.NewCursor(x, y)
	cursor.Blink = false
	cursor.Shape = tea.CursorBar
	return cursor
}

func (m *Model) textCursor() (x, y int, ok bool) {
	l := m.layout
	at := func(r rect) (int, int, bool) { return r.x + x, r.y + y, ok }
	switch {
	case m.over.letters != nil || m.over.question != nil || m.over.menu != nil:
		return 0, 0, false
	case m.over.chooser != nil:
		inner := m.dialogInner()
		x, y, ok = m.over.chooser.list.cursor(inner.w, inner.h)
		return at(inner)
	case m.screen == help:
		x, y, ok = m.helpCursor()
		return at(m.helpRoom())
	case m.screen == galleryScreen && m.filter.editing:
		return m.galleryCursor()
	case m.screen != home:
		return 0, 0, false
	case m.filter.editing:
		return m.filterCursor()
	case m.focus == onPrompt:
		x, y, ok = m.prompt.cursor()
		return at(l.prompt)
	case m.focus == onSettings:
		r := m.settingsRoom()
		x, y, ok = m.settings.cursor(r.w, r.h)
		return at(r)
	}
	return 0, 0, false
}
