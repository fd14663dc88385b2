package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/list"
)

// duelPictures asks which of some pictures is better.
func duelPictures(m *Model, _ []list.Subject) tea.Cmd {
	m.notify("Duels are not in this program yet.")
	return nil
}
