package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
)

// find puts the cursor into the filter.
func (m *Model) find() tea.Cmd {
	m.list.EditFilter(true)
	m.screens.Home()
	m.screens.home.setFocus(focusList)
	return nil
}

// onFilterKey takes a key to the filter's line: every letter filters at once.
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
