package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/form"
)

// maxUndo bounds how far back undo goes.
const maxUndo = 50

// undoStack is what u takes back, the latest last: each a function that does it.
type undoStack []func() tea.Cmd

// push keeps how something is taken back.
func (s *undoStack) push(undo func() tea.Cmd) {
	*s = append(*s, undo)
	if extra := len(*s) - maxUndo; extra > 0 {
		*s = (*s)[extra:]
	}
}

// undoLast takes back the last star, mark, use, or stop of what was not sent.
func (m *Model) undoLast() tea.Cmd {
	n := len(m.undo)
	if n == 0 {
		m.notify("Nothing to take back.")
		return nil
	}
	latest := m.undo[n-1]
	m.undo = m.undo[:n-1]
	return latest()
}

// rememberMarks lets undo restore the marks as they are now.
func (m *Model) rememberMarks() {
	marks := m.list.Marks()
	m.undo.push(func() tea.Cmd { m.list.SetMarks(marks); return nil })
}

// rememberForm lets undo restore the prompt and the settings as they are now.
func (m *Model) rememberForm() { m.rememberSettings(m.settings.State()) }

// rememberSettings does that with settings of before.
func (m *Model) rememberSettings(settings form.SettingsState) {
	draft := m.prompt.Value()
	m.undo.push(func() tea.Cmd {
		m.prompt.SetValue(draft)
		m.settings.Restore(settings)
		m.notify("The form is as it was.")
		return nil
	})
}

// uncancelLimit is how long u takes a stop back.
const uncancelLimit = 10 * time.Second

// rememberCancel lets undo continue a job that was stopped before it was sent, within uncancelLimit.
func (m *Model) rememberCancel(key string) {
	stopped := m.now()
	m.undo.push(func() tea.Cmd {
		if m.now().Sub(stopped) > uncancelLimit {
			m.notify("Too late to take that stop back: r makes it anew.")
			return nil
		}
		change, task, _ := m.session.Runner.UndoCancel(key)
		return m.carryOut(change, task)
	})
}
