package ui

import (
	"slices"
	"tintype/history"

	tea "charm.land/bubbletea/v2"
)

// star stars the marked or selected predictions, or the one picture that is looked at; if all have a star, it takes the stars away.
func (m *Model) star() tea.Cmd {
	if e, output, ok := m.list.EnteredOutput(); ok {
		had := e.Outputs[output-1].Star
		m.undo.push(func() tea.Cmd { return m.setPictureStar(e.Key, output, had) })
		return m.setPictureStar(e.Key, output, !had)
	}
	keys := m.screens.Top().Targets()
	var without []string
	for _, key := range keys {
		if row, ok := m.list.Row(key); !ok || !row.Star {
			without = append(without, key)
		}
	}
	all := len(without) == 0
	if !all {
		keys = without // so that undo leaves the stars that were there
	}
	m.undo.push(func() tea.Cmd { return m.setStar(keys, all) })
	return m.setStar(keys, !all)
}

// setStar writes stars down.
func (m *Model) setStar(keys []string, star bool) tea.Cmd {
	var cmds []tea.Cmd
	for _, key := range keys {
		cmds = append(cmds, m.changeEntry(key, func(e history.Entry) history.Entry { e.Star = star; return e }))
	}
	return tea.Batch(cmds...)
}

// setPictureStar records the star of one picture.
func (m *Model) setPictureStar(key string, output int, star bool) tea.Cmd {
	return m.changeEntry(key, func(e history.Entry) history.Entry {
		if output <= len(e.Outputs) {
			e.Outputs = slices.Clone(e.Outputs)
			e.Outputs[output-1].Star = star
		}
		return e
	})
}

// changeEntry changes an entry on the screen at once, and in the history.
func (m *Model) changeEntry(key string, change func(history.Entry) history.Entry) tea.Cmd {
	m.list.Change(key, change)
	return record(m.session.History, key, change)
}
