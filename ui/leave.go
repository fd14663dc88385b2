package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/dialog"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// askToLeave ends the program. With running jobs it asks first, unless the screen is too small and shows nothing but how to leave.
func (m *Model) askToLeave() tea.Cmd {
	n := m.session.activeJobs()
	if n == 0 || m.tooSmall() || m.dialogs.IsLeaving() {
		return m.quit()
	}
	text := wording.LeaveQuestion(n, len(unsent(m.session.liveRows())))
	if rows := m.session.withoutID(); len(rows) > 0 {
		text = wording.LeaveWithoutID(rows, m.session.Provider.Title)
	}
	m.dialogs.Ask(dialog.Question{
		Text: text, Leaving: true,
		Answers: []dialog.Answer{{Key: "ctrl+c", Word: "quit", Do: m.quit}, {Key: "esc", Word: "stay"}},
	}, m.now())
	return nil
}

// quit ends the program. Run closes the session after the terminal is restored.
func (m *Model) quit() tea.Cmd {
	m.exit.leaving = true
	return m.deleteAllPictures(tea.Quit)
}

// exitState is whether and why the program ends.
type exitState struct {
	leaving bool
	err     error // why the program could not start
}

// unsent returns the rows of jobs that were not sent yet.
func unsent(live []runner.Row) (rows []runner.Row) {
	for _, row := range live {
		if row.Live != nil && !row.Live.Sent {
			rows = append(rows, row)
		}
	}
	return rows
}
