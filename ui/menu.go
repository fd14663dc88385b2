package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
)

// showMenu opens a menu.
func showMenu(m *Model, title string, items []keymap.MenuItem) tea.Cmd {
	m.dialogs.OpenMenu(title, items)
	return nil
}
