package ui

import tea "charm.land/bubbletea/v2"

// onSuspend does nothing: Windows stops no program for a while.
func onSuspend(func()) (filter func(tea.Model, tea.Msg) tea.Msg, stop func()) {
	return nil, func() {}
}
