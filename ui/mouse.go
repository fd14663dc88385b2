package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/statusbar"
)

// wheelRows is how many rows one notch of the wheel scrolls.
const wheelRows = 3

// onMouse handles a click or the wheel.
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

// onWheel scrolls what is under the pointer: an open list of choices, or a part of the screen.
func (m *Model) onWheel(x, y, by int) tea.Cmd {
	switch {
	case m.dialogs.HasChoice() && dialogRoom(m).Contains(x, y):
		m.dialogs.Scroll(by)
		return nil
	case m.dialogs.IsModal():
		return nil
	}
	return m.screens.Top().Wheel(x, y, by)
}

// onClick handles a click in the last row, in a dialog, or on the screen.
func (m *Model) onClick(x, y int) tea.Cmd {
	l := m.layout
	if target, ok := m.status(l).At(x, y, l.Status, l.StatusAbove); ok {
		return m.onStatusClick(target)
	}
	switch {
	case m.dialogs.HasQuestion() || m.dialogs.HasMenu():
		return nil
	case m.dialogs.IsModal():
		return m.dialogs.Click(x, y, dialogRoom(m), m.look)
	}
	return m.screens.Top().Click(x, y)
}

// onStatusClick runs a hint, an answer or a menu's key that was clicked.
func (m *Model) onStatusClick(t statusbar.Target) tea.Cmd {
	switch {
	case m.dialogs.HasQuestion():
		return m.onQuestionKey(t.Key, m.now())
	case m.dialogs.HasMenu():
		return onMenuKey(m, t.Key)
	case m.list.IsEditingFilter():
		m.list.EditFilter(false)
		if t.Key != "enter" {
			m.list.ClearFilter()
		}
		return nil
	}
	return m.run(t.Action)
}
