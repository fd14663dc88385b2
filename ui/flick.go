package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/preview"
)

// previousSubject is what was looked at before what is looked at now.
func (m *Model) previousSubject() (preview.Subject, bool) {
	if shown := m.preview.Shown; shown.Key != "" && len(shown.Tiles) > 0 && shown.Key != m.list.Cursor() && m.baseScreen() == galleryScreen {
		return preview.Subject{Key: shown.Key, Output: shown.Output}, true // in the gallery the cursor moves on without the stage
	}
	return m.preview.Before, m.preview.Before.Key != ""
}

// togglePrevious shows the one seen last in the same cells; again, it shows this one again.
func (m *Model) togglePrevious() tea.Cmd {
	before, ok := m.previousSubject()
	if !ok {
		m.notify("Nothing was seen before this one.")
		return nil
	}
	m.list.Choose(before.Key)
	m.list.SetOutput(before.Output)
	if m.inForm() {
		m.preview.Pinned = before.Key
	}
	return nil
}

// openFull shows the selected prediction on the whole screen.
func (m *Model) openFull() {
	if m.screen == full {
		return
	}
	if m.screen != home { // what the stage shows is of another place
		m.preview.RememberShown(preview.Subject{Key: m.list.Cursor(), Output: m.list.Output()})
		m.preview.Shown = preview.Scene{}
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
		m.list.SetOutput(0)
	}
}
