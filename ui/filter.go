package ui

import (
	"slices"

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

// The actions that work while the filter is edited. filterMoves move in the filtered list; filterLeaves leave the filter first.
var (
	filterMoves  = []keymap.Action{keymap.ActUp, keymap.ActDown, keymap.ActPageUp, keymap.ActPageDown}
	filterLeaves = []keymap.Action{keymap.ActNext, keymap.ActPrevious, keymap.ActMenu, keymap.ActGallery, keymap.ActHelp}
)

// onFilterKey handles a key while the filter is edited. Every letter filters at once.
func (m *Model) onFilterKey(key tea.KeyPressMsg) tea.Cmd {
	action := m.keys.Find(key.String(), m.place()|keymap.Everywhere)
	switch {
	case key.String() == "enter":
		m.list.EditFilter(false)
	case key.String() == "esc":
		m.list.EditFilter(false)
		m.list.ClearFilter()
	case key.Text != "":
		m.list.UpdateFilter(key)
	case slices.Contains(filterMoves, action):
		return m.run(action)
	case slices.Contains(filterLeaves, action):
		m.list.EditFilter(false)
		return m.run(action)
	case action == keymap.ActFind:
	default:
		m.list.UpdateFilter(key)
	}
	return nil
}
