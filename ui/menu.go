package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
)

// openMenu opens a menu in the bottom row.
func (m *Model) openMenu(title string, items []keymap.MenuItem) tea.Cmd {
	m.dialogs.OpenMenu(title, m.availableItems(items))
	return nil
}

// availableItems returns the items of a menu that are possible now.
func (m *Model) availableItems(items []keymap.MenuItem) []keymap.MenuItem {
	var can []keymap.MenuItem
	for _, item := range items {
		if _, takesImage := m.settings.ImageRow(); item.Action == keymap.ActSetImage && !takesImage {
			continue
		}
		if item.Action == keymap.ActDemo && (m.options.OpenDemo == nil || m.session.Runner != nil) {
			continue
		}
		can = append(can, item)
	}
	return can
}
