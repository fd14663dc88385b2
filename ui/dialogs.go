package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/dialog"
	"tintype/ui/picker"
)

// dialogRoom is where a dialog opens: over the sidebar, or over the last rows of a plan, whose table has no room to spare beside it. A list
// that needs the entire width has the last rows everywhere.
func dialogRoom(m *Model) cell.Rect {
	if m.screens.Drawn() != m.screens.sheet && !(m.dialogs.IsWide() && m.layout.Dialog.W < m.terminal.W) {
		return m.layout.Dialog
	}
	room := cell.Rect{X: 0, Y: 1, W: m.terminal.W, H: m.terminal.H - 2}
	if !m.dialogs.IsModal() {
		return room
	}
	h := m.dialogs.Height(room, m.look)
	return cell.Rect{X: 0, Y: room.Bottom() - h, W: room.W, H: h}
}

// openChooser opens a list to choose from over the sidebar.
func (m *Model) openChooser(c *picker.Picker, take func(string) tea.Cmd) {
	m.screens.Home()
	m.dialogs.Choose(c, m.now(), take)
}

// openDecision opens a decision over the sidebar.
func (m *Model) openDecision(d dialog.Decision) {
	m.screens.Home()
	m.dialogs.Decide(d, m.now())
}

// openUnconfirmed asks what to do with a prediction that may have been bought.
func (m *Model) openUnconfirmed(e history.Entry) tea.Cmd {
	answers := []dialog.Answer{
		{Key: "r", Word: "I checked: stop asking", Do: func() tea.Cmd { return m.carryOut(m.session.Runner.Dismiss(e)) }},
		{Key: "y", Word: "send again; may be billed twice", Do: func() tea.Cmd { return m.carryOut(m.session.Runner.Resend(e)) }},
		{Key: "esc", Word: "decide later"},
	}
	if m.session.Runner == nil {
		answers = answers[2:]
	}
	m.openDecision(dialog.Decision{
		Title:   "Was this bought?",
		Text:    m.wording().UnconfirmedQuestion(e),
		Answers: answers,
	})
	return nil
}
