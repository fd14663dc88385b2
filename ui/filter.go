package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
)

// find gives the keys to the filter of the list.
func (m *Model) find() tea.Cmd {
	m.list.EditFilter(true)
	m.screens.Home()
	m.screens.home.setFocus(focusList)
	return nil
}

// onFilterKey handles a key while the filter is edited. Every letter filters at once.
func (m *Model) onFilterKey(key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "enter":
		m.list.EditFilter(false)
	case "esc":
		m.list.EditFilter(false)
		m.list.ClearFilter()
	case "tab":
		m.list.EditFilter(false)
		return m.run(keymap.ActNext)
	case "shift+tab":
		m.list.EditFilter(false)
		return m.run(keymap.ActPrevious)
	case "up", "down", "pgup", "pgdown":
		return m.run(m.keys.Find(key.String(), m.place()))
	case "ctrl+f":
	case "ctrl+x":
		m.list.EditFilter(false)
		return m.run(keymap.ActMenu)
	case "ctrl+g":
		m.list.EditFilter(false)
		return m.run(keymap.ActGallery)
	case "f1", "alt+?":
		m.list.EditFilter(false)
		return m.run(keymap.ActHelp)
	default:
		m.list.UpdateFilter(key)
	}
	return nil
}
