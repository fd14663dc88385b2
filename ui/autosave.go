package ui

import (
	"reflect"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/form"
)

// autosaveDelay is how long a change of the form may wait to be written.
const autosaveDelay = time.Second

// autosave writes the form's file a second after the form has changed, and at the end.
type autosave struct {
	file   *form.File // nil before the session is open
	saved  form.State // as it was last given to be written
	busy   bool       // a write is due, or under way
	failed bool       // it was reported that the form cannot be written
}

// schedule asks for a write if the form has changed.
func (a *autosave) schedule(now form.State) tea.Cmd {
	if a.busy || reflect.DeepEqual(now, a.saved) {
		return nil
	}
	a.busy = true
	return after(autosaveDelay, formDueMsg{})
}

// write writes the form as it is now.
func (a *autosave) write(now form.State) tea.Cmd {
	a.saved = now
	return saveForm(a.file, now)
}

// writeIfChanged writes the form of a session that is replaced by another one.
func (a *autosave) writeIfChanged(now form.State) tea.Cmd {
	if a.file == nil || reflect.DeepEqual(now, a.saved) {
		return nil
	}
	return saveForm(a.file, now)
}

// onSaved lets the next change be written. It returns the error that is to be shown: the first one.
func (a *autosave) onSaved(err error) error {
	a.busy = false
	if err == nil || a.failed {
		return nil
	}
	a.failed = true
	return err
}

// finish writes the form at the end, its last second included, whether or not a write is still under way. An error was shown when the
// form was written before, and it is too late to show one now.
func (a *autosave) finish(now form.State) {
	if a.file == nil {
		return
	}
	if a.file.IsUnsaved() || !reflect.DeepEqual(now, a.saved) {
		_ = a.file.Prepare(now)()
	}
}

// saveForm writes the form as it is now.
func saveForm(file *form.File, state form.State) tea.Cmd {
	write := file.Prepare(state)
	return ask(func() formSavedMsg { return formSavedMsg{write()} })
}
