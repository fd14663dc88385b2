package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/history"
)

// onIndexed takes the whole history's keys.
func (m *Model) onIndexed(msg indexedMsg) tea.Cmd {
	m.notifyError(msg.err)
	m.session.indexed = true
	m.updateKeys()
	return freeMemoryAfter(m.session.History, m.readPrompts())
}

// readPrompts reads as many earlier prompts as ↑ has needed so far.
func (m *Model) readPrompts() tea.Cmd {
	if m.recall.Far {
		return loadPrompts(m.session.History, promptsFar, false)
	}
	return loadPrompts(m.session.History, promptsNear, false)
}

// onRefreshed takes what other programs appended.
func (m *Model) onRefreshed(msg refreshedMsg) tea.Cmd {
	if msg.ended {
		return nil
	}
	if msg.slept {
		m.session.pollNow()
	}
	next := m.session.watch(m.ctx, m.now)
	if len(msg.changed) == 0 {
		return next
	}
	m.list.Update(msg.changed...)
	m.updateKeys()
	if m.session.Runner == nil {
		return next
	}
	return tea.Batch(next, tally(m.session.History, midnight(m.now())), m.observe(msg.changed))
}

// onRecorded takes an entry that the user changed.
func (m *Model) onRecorded(msg recordedMsg) tea.Cmd {
	if msg.err != nil {
		m.notifyError(msg.err)
		return nil
	}
	m.list.Update(msg.entry)
	m.list.Refilter()
	return m.observe([]history.Entry{msg.entry})
}

// updateKeys takes the history's keys as they are now.
func (m *Model) updateKeys() {
	if keys, ok := m.session.keys(); ok {
		m.list.SetKeys(keys)
		m.list.Refilter()
	}
}
