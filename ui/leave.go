package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/dialog"
	"tintype/ui/wording"
)

// askToLeave leaves; with jobs under way it asks once, unless all that stands on the screen is that they go on and how to leave.
func (m *Model) askToLeave() tea.Cmd {
	n := m.session.activeJobs()
	if n == 0 || m.tooSmall() || m.dialogs.IsLeaving() {
		return m.quit()
	}
	m.dialogs.Ask(dialog.Question{
		Text: wording.LeaveQuestion(n, m.session.Provider.Title), Leaving: true,
		Answers: []dialog.Answer{{Key: "ctrl+c", Word: "leave", Do: m.quit}, {Key: "esc", Word: "stay"}},
	}, m.now())
	return nil
}

// quit ends the program. What runs is closed by who opened it, after the terminal is given back.
func (m *Model) quit() tea.Cmd {
	m.exit.leaving = true
	return m.deleteAllPictures(tea.Quit)
}

// exitState is the way out.
type exitState struct {
	leaving bool
	err     error // why the program could not start
}
