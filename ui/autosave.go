package ui

import (
	"reflect"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/form"
)

// autosaveDelay is how long after a change the form is written.
const autosaveDelay = time.Second

// autosave writes the form's file a second after the form has changed, and at the end.
type autosave struct {
	file   *form.File // nil before the session is open
	saved  form.State // the state that was written last, or is being written
	busy   bool       // a write is due, or running
	failed bool       // it was reported that the form cannot be written
}

// schedule returns a command that asks for a write a moment later if the form has changed.
func (a *autosave) schedule(now form.State) tea.Cmd {
	if a.busy || reflect.DeepEqual(now, a.saved) {
		return nil
	}
	a.busy = true
	return after(autosaveDelay, formDueMsg{})
}

// write returns the command that writes the form.
func (a *autosave) write(now form.State) tea.Cmd {
	a.saved = now
	return saveForm(a.file, now)
}

// writeIfChanged returns the command that writes the form, before the session is replaced by another one.
func (a *autosave) writeIfChanged(now form.State) tea.Cmd {
	if a.file == nil || reflect.DeepEqual(now, a.saved) {
		return nil
	}
	return saveForm(a.file, now)
}

// onSaved allows the next write. It returns the error to show: only the first one is shown.
func (a *autosave) onSaved(err error) error {
	a.busy = false
	if err == nil || a.failed {
		return nil
	}
	a.failed = true
	return err
}

// finish writes the form when the program ends, even if a write is still running. It ignores the error: the screen is gone, and an
// earlier write has shown the same one.
func (a *autosave) finish(now form.State) {
	if a.file == nil {
		return
	}
	if a.file.IsUnsaved() || !reflect.DeepEqual(now, a.saved) {
		_ = a.file.Prepare(now)()
	}
}

// saveForm writes the form's file.
func saveForm(file *form.File, state form.State) tea.Cmd {
	write := file.Prepare(state)
	return ask(func() formSavedMsg { return formSavedMsg{write()} })
}
