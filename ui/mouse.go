package ui

import (
	"tintype/ui/statusbar"

	tea "charm.land/bubbletea/v2"
)

// wheelRows is how far one notch of the wheel scrolls.
const wheelRows = 3

// onMouse takes a click or the wheel to what is under it.
func (m *Model) onMouse(msg tea.MouseMsg) tea.Cmd {
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
		return m.onWheel(at.X, at.Y, by)
	case tea.MouseClickMsg:
		if msg.Button == tea.MouseLeft {
			return m.onClick(at.X, at.Y)
		}
	}
	return nil
}

// onWheel scrolls what is under the pointer.
func (m *Model) onWheel(x, y, by int) tea.Cmd {
	l := m.layout
	switch {
	case m.dialogs.HasChoice() && l.Dialog.Holds(x, y):
		m.dialogs.Scroll(by)
	case m.screen == full:
		m.list.Move(by / wheelRows)
	case m.screen == galleryScreen:
		return m.onGalleryWheel(by)
	case m.screen == compareScreen:
		return m.chooseCompared(by/wheelRows, false)
	case m.screen == help:
		m.helpList.Scroll(by)
	case m.dialogs.IsModal():
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

// onClick does what is under the pointer: a hint's action, a row, a setting, a place in the prompt.
func (m *Model) onClick(x, y int) tea.Cmd {
	l := m.layout
	if target, ok := m.status(l).At(x, y, l.Bottom); ok {
		return m.onStatusClick(target)
	}
	switch {
	case m.dialogs.HasQuestion() || m.dialogs.HasMenu():
		return nil
	case m.dialogs.IsModal():
		return m.dialogs.Click(x, y, l.Dialog, m.look)
	case m.screen == full:
		return m.back()
	case m.screen == galleryScreen:
		return m.onGalleryClick(x, y)
	case m.screen == compareScreen:
		return m.onCompareClick(x, y)
	case m.screen == help:
		r := m.helpRoom()
		return m.endHelp(m.helpList.Click(y-r.Y, r.H))
	}
	return m.onHomeClick(x, y)
}

// onHomeClick gives the keys to the part under the pointer, from a filter under edit too, and does what a click means there.
func (m *Model) onHomeClick(x, y int) tea.Cmd {
	l := m.layout
	m.list.EditFilter(false)
	switch {
	case l.Settings.Holds(x, y) || l.SettingsLabel.Holds(x, y):
		focused, r := m.focus == focusSettings, m.settingsRoom()
		m.setFocus(focusSettings)
		_, want := m.settings.Click(x-r.X, y-r.Y, r.W, r.H, focused)
		return m.settingsWant(want)
	case l.Prompt.Holds(x, y) || l.PromptLabel.Holds(x, y):
		m.setFocus(focusPrompt)
		m.prompt.Click(x-l.Prompt.X, y-l.Prompt.Y)
	case l.List.Holds(x, y):
		return m.onRowClick(y - l.List.Y)
	case l.ListLabel.Holds(x, y):
		return m.find()
	case l.Stage.Holds(x, y):
		return m.onPreviewClick()
	}
	return nil
}

// onPreviewClick opens what stands on the stage, which in the form need not be the selected one.
func (m *Model) onPreviewClick() tea.Cmd {
	if key := m.preview.Shown().Key; key != "" {
		m.list.Choose(key)
	}
	m.setFocus(focusList)
	return m.openSelected()
}

// onRowClick selects a row of the list; the selected one opens.
func (m *Model) onRowClick(i int) tea.Cmd {
	keys, at := m.list.Keys(), m.list.Top()+i
	m.setFocus(focusList)
	if at >= keys.Len() {
		return nil
	}
	if keys.At(at) == m.list.Cursor() {
		return m.openSelected()
	}
	m.list.Choose(keys.At(at))
	return nil
}

// onStatusClick does what a hint, an answer or a menu's key does.
func (m *Model) onStatusClick(t statusbar.Target) tea.Cmd {
	switch {
	case m.dialogs.HasQuestion():
		return m.onQuestionKey(t.Key, m.now())
	case m.dialogs.HasMenu():
		return m.run(m.dialogs.OnMenuKey(t.Key))
	case m.list.IsEditingFilter():
		m.list.EditFilter(false)
		if t.Key != "enter" {
			m.list.ClearFilter()
		}
		return nil
	}
	return m.run(t.Action)
}
