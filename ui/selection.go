package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/preview"
)

// peek moves the choice of what stands on the stage without leaving the prompt.
func (m *Model) peek(by int) tea.Cmd {
	if shown := m.preview.Shown().Key; shown != "" {
		m.list.Choose(shown)
	}
	m.list.Move(by)
	m.preview.Pin(m.list.Cursor())
	return nil
}

// openSelected opens what the row stands for: its picture, its log while it has none, or the decision it waits for.
func (m *Model) openSelected() tea.Cmd {
	e, ok := m.list.Selected()
	if !ok {
		return nil
	}
	if e.State == history.Unconfirmed {
		return m.openUnconfirmed(e)
	}
	m.screens.openFull()
	if !preview.HasPicture(e) {
		m.preview.ShowLog()
	}
	return nil
}

// mark marks the selected row and moves on.
func (m *Model) mark(by int) tea.Cmd {
	m.rememberMarks()
	m.list.ToggleMark()
	m.list.Move(by)
	return nil
}

// nextNew goes to the next prediction that has ended and was not looked at.
func (m *Model) nextNew() tea.Cmd {
	key, ok := m.list.NextUnseen()
	if !ok {
		m.notify("Nothing new.")
		return nil
	}
	m.list.Choose(key)
	return nil
}
