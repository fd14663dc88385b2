package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/preview"
)

// settingsKey is an action of the settings, which know it by a key.
func settingsKey(code rune) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd { return m.onSettingsKey(tea.KeyPressMsg{Code: code}) }
}

// back closes the top screen; home has its own way back.
func (m *Model) back() tea.Cmd {
	m.screens.Pop()
	return nil
}

// move moves the cursor in the list.
func (m *Model) move(by int) tea.Cmd {
	m.list.Move(by)
	return nil
}

// movePage moves by a part of a page: 1 or a half, forwards or back.
func (m *Model) movePage(by, parts int) tea.Cmd {
	page := max(m.list.Height()-1, 1)
	return m.move(by * max(page/parts, 1))
}

// peek moves the choice of what stands on the stage without leaving the prompt.
func (m *Model) peek(by int) tea.Cmd {
	if shown := m.preview.Shown().Key; shown != "" {
		m.list.Choose(shown)
	}
	m.list.Move(by)
	m.preview.Pin(m.list.Cursor())
	return nil
}

// nextOutput goes through the pictures of a prediction: → enters the first, ← from the first returns to all of them.
func (m *Model) nextOutput(by int) tea.Cmd {
	m.enterOutput(by)
	return nil
}

// enterOutput does that and reports whether there was another one.
func (m *Model) enterOutput(by int) bool {
	e, ok := m.list.Selected()
	n, next := len(e.Outputs), m.list.Output()+by
	if !ok || n <= 1 || next < 0 || next > n {
		return false
	}
	m.list.SetOutput(next)
	return true
}

// openSelected opens what the row stands for: its picture, its log while it has none, or the decision it waits for.
func (m *Model) openSelected() tea.Cmd {
	e, ok := m.list.Selected()
	if !ok {
		return nil
	}
	if m.needsDecision(e) {
		return m.openUnconfirmed(e)
	}
	m.openFull()
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

// cycleDetails shows the facts of a picture in another place: where there is room, below, the log, nowhere.
func (m *Model) cycleDetails() tea.Cmd {
	m.preview.CycleDetails()
	return nil
}

// redraw draws everything anew, pictures too, and reads again what could not be read.
func (m *Model) redraw() tea.Cmd {
	m.preview.Reload()
	m.list.RetryReads()
	return tea.ClearScreen
}

// onResumed draws anew after a suspend, and polls at once.
func (m *Model) onResumed() tea.Cmd {
	m.session.pollNow()
	return tea.Batch(m.redraw(), m.checkFrames())
}
