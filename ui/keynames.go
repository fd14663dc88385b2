package ui

import (
	"slices"

	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/wording"
)

// nameKeys replaces the marks of a sentence by the keys to press from where the keys go now, and shortens nothing.
func nameKeys(m *Model, sentence string) string {
	return wording.Plain(keysHere(m).Fill(sentence))
}

// keysHere returns the names of keys for where the keys go now.
func keysHere(m *Model) wording.Keys { return wording.NewKeys(m.keys, keyFocus(m)) }

// keyFocus returns where the keys go now.
func keyFocus(m *Model) wording.Focus {
	f := wording.Focus{Places: m.screens.Places(), BackClears: m.list.IsFiltered() || m.list.MarkedCount() > 0, Selected: m.list.Cursor()}
	if targets := list.KeysOf(m.list.Subjects()); m.list.MarkedCount() > 0 && !slices.Equal(targets, []string{m.list.Cursor()}) {
		f.Unmarks = 1
		if m.list.IsFiltered() {
			f.Unmarks = 2
		}
	}
	if home := len(f.Places) - 1; f.Places[home] == keymap.InSettings && m.settings.IsMoreOpen() {
		f.Places[home] = keymap.InParameters
	}
	switch {
	case m.dialogs.TakesKeys():
		f.Closes = "esc"
	case m.screens.Top() == m.screens.help:
		f.Closes, f.Places = "esc", f.Places[1:]
	case m.list.IsEditingFilter():
		f.Closes, f.Filtering = "enter", true
	}
	return f
}
