package ui

import tea "charm.land/bubbletea/v2"

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
	case m.over.chooser != nil && l.Dialog.Holds(x, y):
		m.over.chooser.list.Scroll(by)
	case m.screen == full:
		m.list.Move(by / wheelRows)
	case m.screen == galleryScreen:
		return m.wheeledGallery(by)
	case m.screen == compareScreen:
		return m.chooseCompared(by/wheelRows, false)
	case m.screen == help:
		m.over.keysList.Scroll(by)
	case m.over.modal():
	case l.Prompt.Holds(x, y):
		m.prompt.Scroll(by)
	case l.Settings.Holds(x, y):
		m.settings.Scroll(by / wheelRows)
	case l.List.Holds(x, y):
		m.list.Scroll(by)
	case l.Stage.Holds(x, y):
		return m.peek(by / wheelRows)
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
		if l.Dialog.Holds(x, y) {
			inner := m.dialogInner()
			return m.endChooser(m.over.chooser, m.over.chooser.list.Click(y-inner.Y, inner.H))
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
		return m.endHelp(m.over.keysList.Click(y-r.Y, r.H))
	}
	return m.clickedHome(x, y)
}

// clickedHome gives the keys to the part under the pointer, from a filter under edit too, and does what a click means there.
func (m *Model) clickedHome(x, y int) tea.Cmd {
	l := m.layout
	m.filter.editing = false
	switch {
	case l.Settings.Holds(x, y) || l.SettingsLabel.Holds(x, y):
		focused, r := m.focus == onSettings, m.settingsRoom()
		m.setFocus(onSettings)
		_, want := m.settings.Click(x-r.X, y-r.Y, r.W, r.H, focused)
		return m.settingsWant(want)
	case l.Prompt.Holds(x, y) || l.PromptLabel.Holds(x, y):
		m.setFocus(onPrompt)
		m.prompt.Click(x-l.Prompt.X, y-l.Prompt.Y)
	case l.List.Holds(x, y):
		return m.clickedRow(y - l.List.Y)
	case l.ListLabel.Holds(x, y):
		return m.find()
	case l.Stage.Holds(x, y):
		return m.clickedStage()
	}
	return nil
}

// clickedStage opens what stands on the stage, which in the form need not be the selected one.
func (m *Model) clickedStage() tea.Cmd {
	if key := m.stage.Shown.Key; key != "" {
		m.list.Choose(key)
	}
	m.setFocus(onList)
	return m.openSelected()
}

// clickedRow selects a row of the list; the selected one opens.
func (m *Model) clickedRow(i int) tea.Cmd {
	keys, at := m.list.Keys(), m.list.Top+i
	m.setFocus(onList)
	if at >= keys.Len() {
		return nil
	}
	if keys.At(at) == m.list.Cursor {
		return m.openSelected()
	}
	m.list.Choose(keys.At(at))
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
