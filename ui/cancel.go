package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/dialog"
	"tintype/ui/format"
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
	keys := cancelable(m)
	if len(keys) == 0 {
		return nil
	}
	m.guard.Arm(keys, now)
	if hidden := m.screens.outOfSight(subjectsOf(keys)); len(keys) > 1 || hidden > 0 {
		m.notify(fmt.Sprintf("%s again cancels %s%s.",
			keymap.Label(m.keys.Direct(keymap.ActCancel, m.place())), format.Count(len(keys)), ofThemHidden(len(keys), hidden)))
	}
	return nil
}

// cancelSelected cancels the marked or selected jobs at once; from the prompt the selected one is usually the newest.
func (m *Model) cancelSelected() tea.Cmd { return m.cancel(cancelable(m)) }

// cancelable returns which of the marked or selected predictions are running, and says so if none is.
func cancelable(m *Model) []string {
	targets := list.KeysOf(m.screens.Top().Subjects())
	keys := keepActive(&m.list, targets)
	if len(keys) == 0 {
		refuse(m, notRunning(len(targets)))
	}
	return keys
}

// subjectsOf returns entire predictions as subjects.
func subjectsOf(keys []string) (subjects []list.Subject) {
	for _, key := range keys {
		subjects = append(subjects, list.Subject{Key: key})
	}
	return subjects
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

// cancel cancels jobs. One note tells of all of them.
func (m *Model) cancel(keys []string) tea.Cmd {
	if m.session.Runner == nil || len(keys) == 0 {
		return nil
	}
	m.cancels.start(keys, m.screens.outOfSight(subjectsOf(keys)))
	var cmds []tea.Cmd
	var cancelled []string
	for _, key := range keys {
		change, task := m.session.Runner.Cancel(key)
		cmds = append(cmds, m.carryOut(change, task))
		if change.Notice.Kind != runner.AlreadyEnded && change.Notice.Kind != runner.AlreadyFinished {
			cancelled = append(cancelled, key)
		}
	}
	m.rememberCancel(cancelled)
	m.list.ClearMarks()
	return tea.Batch(cmds...)
}

// askToCancelAll asks before it cancels everything that is running.
func (m *Model) askToCancelAll() tea.Cmd {
	if m.session.Runner == nil {
		return nil
	}
	var keys []string
	live := m.session.liveRows()
	for _, row := range live {
		keys = append(keys, row.Key)
	}
	if len(keys) == 0 {
		refuse(m, "Nothing is running.")
		return nil
	}
	m.dialogs.Ask(dialog.Question{
		Text: wording.CancelAllQuestion(len(keys), len(unsent(live)), m.session.Provider.Free),
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
	var followed []list.Subject
	for _, key := range list.KeysOf(m.screens.Top().Subjects()) {
		if row, ok := m.list.Row(key); ok {
			change, task := m.session.Runner.Follow(row.Entry)
			cmds = append(cmds, m.carryOut(change, task))
			if !task.IsZero() {
				followed = append(followed, list.Subject{Key: key})
			}
		}
	}
	if len(followed) > 0 {
		m.notify(toldOf(len(followed), m.screens.outOfSight(followed), "followed again"))
	}
	return tea.Batch(cmds...)
}
