package ui

import tea "charm.land/bubbletea/v2"

// effects asks for what the state needs and does not have. It is called after every message, so that no path can forget it.
func (m *Model) effects() tea.Cmd {
	if !m.session.isOpen || m.exit.leaving {
		return nil
	}
	for _, notice := range m.session.newNotices() {
		m.notify(notice)
	}
	now := m.now()
	return tea.Batch(
		m.fetchRows(), m.startSearch(), m.renderNext(), m.trimThumbnails(), m.autosave.schedule(m.currentForm()),
		m.ticker.schedule(now, m.nextChange(now)), m.syncLayer(), m.deletePictures(),
	)
}

// fetchRows reads the entries in sight.
func (m *Model) fetchRows() tea.Cmd {
	want := m.list.Missing()
	if key := m.preview.Pinned(); key != "" {
		want = append(want, m.list.MissingOf(key)...)
	}
	want = append(want, m.list.MissingOf(m.screens.Top().Missing()...)...)
	if len(want) == 0 {
		return nil
	}
	return readEntries(m.session.History, want)
}

// startSearch asks the history again when filter, view or the entries have changed.
func (m *Model) startSearch() tea.Cmd {
	ctx, s, ok := m.list.StartSearch(m.ctx)
	if !ok {
		return nil
	}
	return search(ctx, m.session.History, s, m.now())
}
