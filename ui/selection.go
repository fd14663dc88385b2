package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/preview"
)

// peek selects the next newer or older prediction, which the preview then shows, while the prompt keeps the keys.
func (m *Model) peek(by int) tea.Cmd {
	m.list.Move(by)
	return nil
}

// openSelected opens the selected prediction: its picture, its log if it has none, or the decision that it waits for.
func (m *Model) openSelected() tea.Cmd {
	e, ok := m.list.Selected()
	if !ok {
		return nil
	}
	if e.State == history.Unconfirmed {
		return m.openUnconfirmed(e)
	}
	m.screens.open(m.screens.full, m.screens.Push)
	if !preview.HasPicture(e) {
		m.preview.OpenLog(e.Key)
	}
	return nil
}

// mark toggles the mark of the selected prediction and moves the cursor.
func (m *Model) mark(by int) tea.Cmd {
	m.rememberMarks()
	m.list.ToggleMark()
	m.list.Move(by)
	return nil
}

// nextNew selects the next prediction that has ended and was not seen.
func (m *Model) nextNew() tea.Cmd {
	key, ok := m.list.NextUnseen()
	if !ok {
		refuse(m, "Nothing new.")
		return nil
	}
	m.list.Choose(key)
	return nil
}
