package ui

import (
	tea "charm.land/bubbletea/v2"
)

// wheelRows is how far one notch of the wheel scrolls.
const wheelRows = 3

// moused takes a click or the wheel to what is under it.
func (m *Model) moused(msg tea.MouseMsg) tea.Cmd {
	if m.tooSmall() {
		return nil
	}
	at := msg.Mouse()
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		by := wheelRows
		if msg.Button == tea.MouseWheelUp {
			by = -wheelRows
		} else if msg.Button != tea.MouseWheelDown {
			return nil
		}
		return m.wheeled(at.X, at.Y, by)
	case tea.MouseClickMsg:
		if msg.Button == tea.MouseLeft {
			return m.clicked(at.X, at.Y)
		}
	}
	return nil
}

// wheeled scrolls what is under the pointer.
func (m *Model) wheeled(x, y, by int) tea.Cmd {
	l := m.layout
	switch {
	case m.over.chooser != nil && l.dialog.holds(x, y):
		m.over.chooser.list.scroll(by)
	case m.screen == full:
		m.list.move(by / wheelRows)
	case m.screen == galleryScreen:
		return m.wheeledGallery(by)
	case m.screen == compareScreen:
		return m.chooseCompared(by/wheelRows, false)
	case m.screen == help:
		m.over.keysList.scroll(by)
	case m.over.modal():
	case l.prompt.holds(x, y):
		m.prompt.scroll(by)
	case l.settings.holds(x, y):
		m.settings.scroll(by / wheelRows)
	case l.list.holds(x, y):
		m.list.scroll(by)
	case l.stage.holds(x, y):
		return m.look(by / wheelRows)
	}
	return nil
}

// clicked does what is under the pointer: a hint's action, a row, a setting, a place in the prompt.
func (m *Model) clicked(x, y int) tea.Cmd {
	l := m.layout
	if hint, ok := m.hintAt(x, y); ok {
		return m.clickHint(hint)
	}
	switch {
	case m.over.question != nil || m.over.menu != nil:
		return nil
	case m.over.chooser != nil:
		if l.dialog.holds(x, y) {
			inner := m.dialogInner()
			return m.endChooser(m.over.chooser, m.over.chooser.list.click(y-inner.y, inner.h))
		}
		return nil
	case m.over.letters != nil:
		return nil
	case m.screen == full:
		return m.back()
	case m.screen == galleryScreen:
		return m.clickedGallery(x, y)
	case m.screen == compareScreen:
		return m.clickedCompare(x, y)
	case m.screen == help:
		r := m.helpRoom()
		return m.endHelp(m.over.keysList.click(y-r.y, r.h))
	}
	return m.clickedHome(x, y)
}

// clickedHome gives the keys to the part under the pointer, from a filter under edit too, and does what a click means there.
func (m *Model) clickedHome(x, y int) tea.Cmd {
	l := m.layout
	m.filter.editing = false
	switch {
	case l.settings.holds(x, y) || l.settingsLabel.holds(x, y):
		focused, r := m.focus == onSettings, m.settingsRoom()
		m.setFocus(onSettings)
		_, want := m.settings.click(x-r.x, y-r.y, r.w, r.h, focused)
		return m.settingsWant(want)
	case l.prompt.holds(x, y) || l.promptLabel.holds(x, y):
		m.setFocus(onPrompt)
		m.prompt.click(x-l.prompt.x, y-l.prompt.y)
	case l.list.holds(x, y):
		return m.clickedRow(y - l.list.y)
	case l.listLabel.holds(x, y):
		return m.find()
	case l.stage.holds(x, y):
		return m.clickedStage()
	}
	return nil
}

// clickedStage opens what stands on the stage, which in the form need not be the selected one.
func (m *Model) clickedStage() tea.Cmd {
	if key := m.stage.shown.key; key != "" {
		m.list.choose(key)
	}
	m.setFocus(onList)
	return m.openSelected()
}

// clickedRow selects a row of the list; the selected one opens.
func (m *Model) clickedRow(i int) tea.Cmd {
	keys, at := m.list.keys(), m.list.top+i
	m.setFocus(onList)
	if at >= keys.Len() {
		return nil
	}
	if keys.At(at) == m.list.cursor {
		return m.openSelected()
	}
	m.list.choose(keys.At(at))
	return nil
}

// clickHint does what a hint, an answer or a menu's key does.
func (m *Model) clickHint(s spot) tea.Cmd {
	switch {
	case m.over.question != nil:
		return m.answerQuestion(s.key, m.now())
	case m.over.menu != nil:
		return m.pickFromMenu(s.key)
	case m.filter.editing:
		m.endFilter(s.key == "enter")
		return nil
	}
	return m.do(s.act)
}
