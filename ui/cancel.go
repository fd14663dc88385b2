package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/dialog"
	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// armCancel arms the marked or selected jobs. Pressed again in time, it cancels exactly those.
func (m *Model) armCancel() tea.Cmd {
	now := m.now()
	if keys := m.guard.Confirm(now); keys != nil {
		return m.cancel(keys)
	}
	targets := m.screens.Top().Targets()
	keys := keepActive(&m.list, targets)
	if len(keys) == 0 {
		refuse(m, notRunning(len(targets)))
		return nil
	}
	m.guard.Arm(keys, now)
	if len(keys) > 1 {
		m.notify(fmt.Sprintf("%s again cancels %d.", keymap.Label(m.keys.Direct(keymap.ActCancel, m.place())), len(keys)))
	}
	return nil
}

// cancelSelected cancels the selected job at once; from the prompt that is the newest one.
func (m *Model) cancelSelected() tea.Cmd {
	targets := m.screens.Top().Targets()
	keys := keepActive(&m.list, targets)
	if len(keys) == 0 {
		refuse(m, notRunning(len(targets)))
		return nil
	}
	return m.cancel(keys)
}

// notRunning says that none of n predictions can be cancelled.
func notRunning(n int) string {
	switch n {
	case 0:
		return "Nothing is running."
	case 1:
		return "This one isn't running."
	}
	return "None of these is running."
}

// keepActive keeps the keys whose jobs have not ended.
func keepActive(l *list.List, keys []string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool {
		row, ok := l.Row(key)
		return !ok || row.State.Ended() || row.State == history.Unconfirmed
	})
}

// cancel cancels jobs.
func (m *Model) cancel(keys []string) tea.Cmd {
	if m.session.Runner == nil {
		return nil
	}
	var cmds []tea.Cmd
	for _, key := range keys {
		change, task := m.session.Runner.Cancel(key)
		cmds = append(cmds, m.carryOut(change, task))
		if change.Notice.Kind != runner.AlreadyEnded && change.Notice.Kind != runner.AlreadyFinished {
			m.rememberCancel(key) // for a job that was sent, undo says that it is impossible
		}
	}
	m.list.ClearMarks()
	return tea.Batch(cmds...)
}

// askToCancelAll asks before it cancels everything under way.
func (m *Model) askToCancelAll() tea.Cmd {
	if m.session.Runner == nil {
		return nil
	}
	var keys []string
	unsent := 0
	for _, row := range m.session.liveRows() {
		keys = append(keys, row.Key)
		if row.Live != nil && !row.Live.Sent {
			unsent++
		}
	}
	if len(keys) == 0 {
		refuse(m, "Nothing is running.")
		return nil
	}
	m.dialogs.Ask(dialog.Question{
		Text: wording.CancelAllQuestion(len(keys), unsent, m.session.Provider.Free),
		Answers: []dialog.Answer{
			{Key: "y", Word: "cancel all", Do: func() tea.Cmd { return m.cancel(keepActive(&m.list, keys)) }},
			{Key: "esc", Word: "keep"},
		},
	}, m.now())
	return nil
}

// follow resumes jobs that were stopped, lost or left behind.
func (m *Model) follow() tea.Cmd {
	if m.session.Runner == nil {
		return nil
	}
	var cmds []tea.Cmd
	for _, key := range m.screens.Top().Targets() {
		if row, ok := m.list.Row(key); ok {
			change, task := m.session.Runner.Follow(row.Entry)
			cmds = append(cmds, m.carryOut(change, task))
		}
	}
	return tea.Batch(cmds...)
}
