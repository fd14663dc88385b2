package ui

import (
	tea "charm.land/bubbletea/v2"
)

// lastSeen is what was looked at before what is looked at now.
func (m *Model) lastSeen() (subject, bool) {
	if shown := m.stage.shown; shown.key != "" && len(shown.tiles) > 0 && shown.key != m.list.cursor && m.base() == galleryScreen {
		return subject{shown.key, shown.output}, true // in the gallery the cursor moves on without the stage
	}
	return m.stage.before, m.stage.before.key != ""
}

// flick shows the one seen last in the same cells; again, it shows this one again.
func (m *Model) flick() tea.Cmd {
	before, ok := m.lastSeen()
	if !ok {
		m.say("Nothing was seen before this one.")
		return nil
	}
	m.list.choose(before.key)
	m.list.output = before.output
	if m.inForm() {
		m.stage.looked = before.key
	}
	return nil
}

// openFull shows the selected prediction on the whole screen.
func (m *Model) openFull() {
	if m.screen == full {
		return
	}
	if m.screen != home { // what the stage shows is of another place
		m.stage.leave(subject{m.list.cursor, m.list.output})
		m.stage.shown = scene{}
	}
	m.fullFrom, m.screen = m.screen, full
}

// leaveScreen goes back to what lies under a screen.
func (m *Model) leaveScreen() {
	switch m.screen {
	case full:
		m.screen = m.fullFrom
	case compareScreen:
		m.screen = m.compare.from
	default:
		m.screen = home
	}
	if m.screen == galleryScreen {
		m.list.output = 0
	}
}
