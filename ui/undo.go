package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/form"
	"tintype/ui/keymap"
	"tintype/ui/wording"
)

// maxUndo is how many changes undo remembers.
const maxUndo = 50

// undoStack is what u undoes, the latest last. Each is a function that undoes one change.
type undoStack []func() tea.Cmd

// push adds the function that undoes a change.
func (s *undoStack) push(undo func() tea.Cmd) {
	*s = append(*s, undo)
	if extra := len(*s) - maxUndo; extra > 0 {
		*s = (*s)[extra:]
	}
}

// undoLast undoes the last star, mark, load into the form, or cancel of a job that was not sent.
func (m *Model) undoLast() tea.Cmd {
	n := len(m.undo)
	if n == 0 {
		refuse(m, "Nothing to undo.")
		return nil
	}
	latest := m.undo[n-1]
	m.undo = m.undo[:n-1]
	return latest()
}

// rememberMarks lets undo restore the present marks.
func (m *Model) rememberMarks() {
	marks := m.list.Marks()
	m.undo.push(func() tea.Cmd { m.list.SetMarks(marks); return nil })
}

// rememberForm lets undo restore the present prompt and settings.
func (m *Model) rememberForm() { m.rememberSettings(m.settings.State()) }

// rememberSettings lets undo restore the present prompt and earlier settings.
func (m *Model) rememberSettings(settings form.SettingsState) {
	draft, literal, loaded := m.prompt.Value(), m.literal, m.used
	m.undo.push(func() tea.Cmd {
		m.prompt.SetValue(draft)
		m.literal, m.used = literal, loaded
		m.settings.Restore(settings)
		m.notify("The prompt and settings are back.")
		return nil
	})
}

// uncancelLimit is how long a cancel can be undone.
const uncancelLimit = 10 * time.Second

// rememberCancel lets undo continue jobs that were cancelled before they were sent, within uncancelLimit. For one that was sent, undo says
// that it is impossible.
func (m *Model) rememberCancel(keys []string) {
	if len(keys) == 0 {
		return
	}
	stopped := m.now()
	m.undo.push(func() tea.Cmd {
		if m.now().Sub(stopped) > uncancelLimit {
			said := "Too late to undo that cancel"
			if slices.Equal(keys, []string{m.list.Cursor()}) {
				said += "; " + wording.Key(keymap.ActUse) + " reuses it"
			}
			m.notify(said + ".")
			return nil
		}
		var cmds []tea.Cmd
		for _, key := range keys {
			change, task, _ := m.session.Runner.UndoCancel(key)
			cmds = append(cmds, m.carryOut(change, task))
		}
		return tea.Batch(cmds...)
	})
}
