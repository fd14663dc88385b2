package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/history"
)

// effects returns the commands that fetch what the state needs and does not have. Update calls it after every message, so that no
// handler can forget one.
func (m *Model) effects() tea.Cmd {
	if !m.needsData() {
		return nil
	}
	for _, notice := range m.session.newNotices() {
		m.notify(notice)
	}
	now := m.now()
	return tea.Batch(
		m.fetchRows(), m.renderNext(), m.trimThumbnails(), m.autosave.schedule(m.currentForm()), m.estimates.follow(m), m.images.needs(m),
		m.ticker.schedule(now, m.nextChange(now)), m.syncLayer(), deletePictures(m.preview), leaveOutGone(m),
	)
}

// needsData reports whether the history may be asked: it is open, and the program is not leaving.
func (m *Model) needsData() bool { return m.session.isOpen && !m.exit.leaving }

// fetchRows reads the entries that are in sight and not in memory.
func (m *Model) fetchRows() tea.Cmd {
	want := m.list.Missing()
	if key := m.preview.Visited(); key != "" {
		want = append(want, m.list.MissingOf(key)...)
	}
	want = append(want, m.list.MissingOf(m.screens.Top().Missing()...)...)
	if len(want) == 0 {
		return nil
	}
	return readEntries(m.session.History, want)
}

// readEntries reads entries from the history.
func readEntries(h *history.History, keys []string) tea.Cmd {
	return ask(func() rowsMsg {
		entries, err := h.Entries(keys)
		return rowsMsg{entries, err}
	})
}
