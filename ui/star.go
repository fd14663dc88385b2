package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
)

// star stars the marked or selected predictions, or the one picture that is entered. If all have a star it removes the stars.
func (m *Model) star() tea.Cmd {
	if e, output, ok := m.list.EnteredOutput(); ok {
		had := e.Outputs[output-1].Star
		m.undo.push(func() tea.Cmd { return m.changeEntries([]string{e.Key}, starOutput(output, had)) })
		return m.changeEntries([]string{e.Key}, starOutput(output, !had))
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
		keys = without // so that undo keeps the stars of the others
	}
	m.undo.push(func() tea.Cmd { return m.changeEntries(keys, starAll(all)) })
	return m.changeEntries(keys, starAll(!all))
}

// starAll returns the change that sets or removes a prediction's star.
func starAll(star bool) func(history.Entry) history.Entry {
	return func(e history.Entry) history.Entry { e.Star = star; return e }
}

// starOutput returns the change that sets or removes the star of one of its outputs, counted from 1.
func starOutput(output int, star bool) func(history.Entry) history.Entry {
	return func(e history.Entry) history.Entry {
		if output <= len(e.Outputs) {
			e.Outputs = slices.Clone(e.Outputs)
			e.Outputs[output-1].Star = star
		}
		return e
	}
}

// changeEntries changes entries on the screen at once, and then in the history.
func (m *Model) changeEntries(keys []string, change func(history.Entry) history.Entry) tea.Cmd {
	var cmds []tea.Cmd
	for _, key := range keys {
		m.list.Change(key, change)
		cmds = append(cmds, record(m.session.History, key, change))
	}
	return tea.Batch(cmds...)
}

// record writes a change that the user made to an entry.
func record(h *history.History, key string, change func(history.Entry) history.Entry) tea.Cmd {
	return ask(func() recordedMsg {
		e, err := h.Append(key, change)
		return recordedMsg{e, err}
	})
}
