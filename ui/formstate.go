package ui

import (
	"tintype/ui/form"
	"tintype/ui/list"
)

// currentForm returns the state that the next start begins with.
func (m *Model) currentForm() form.State {
	return form.State{
		Version: form.Version, Draft: m.prompt.Value(), Cursor: m.prompt.Offset(), Literal: m.literal, Parent: m.used.key, Settings: m.settings.State(),
		Selected: m.list.Cursor(), View: int(m.list.View()),
		Unseen: m.list.UnseenKeys(), Thumbs: m.screens.gallery.Size(),
	}
}

// restoreForm restores the state of the last start.
func (m *Model) restoreForm(f form.State) {
	m.autosave.saved = f
	if f.Version == 0 {
		m.autosave.saved = m.currentForm()
		return
	}
	m.prompt.Restore(f.Draft, f.Cursor)
	m.literal, m.used = f.Literal, used{key: f.Parent}
	m.settings.Restore(f.Settings)
	m.list.RestoreView(list.View(f.View))
	m.screens.gallery.SetSize(f.Thumbs)
	for _, key := range f.Unseen {
		m.list.SetUnseen(key)
	}
}
