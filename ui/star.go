package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/list"
)

// star stars the marked or selected predictions and outputs. If all have a star it removes the stars.
func (m *Model) star() tea.Cmd {
	subjects := m.screens.Top().Subjects()
	before := map[string]history.Entry{} // so that undo keeps the stars of the others
	var without []list.Subject
	for _, s := range subjects {
		row, ok := m.list.Row(s.Key)
		if ok {
			before[s.Key] = row.Entry
		}
		if !ok || !list.IsStarred(row.Entry, s.Output) {
			without = append(without, s)
		}
	}
	adds := len(without) > 0
	if adds {
		subjects = without
	}
	m.undo.push(func() tea.Cmd { return m.changeEntries(list.KeysOf(subjects), restoreStars(before)) })
	m.notify(toldOf(len(subjects), m.screens.outOfSight(subjects), starWord(adds)))
	return m.changeEntries(list.KeysOf(subjects), setStars(subjects, adds))
}

func starWord(adds bool) string {
	if adds {
		return "starred"
	}
	return "no longer starred"
}

// setStars returns the change that adds or removes the stars of those of some subjects that are of an entry. Without its star an entire
// prediction has no star of an output either, since its row would still show one.
func setStars(subjects []list.Subject, star bool) func(history.Entry) history.Entry {
	return func(e history.Entry) history.Entry {
		e.Outputs = slices.Clone(e.Outputs)
		for _, s := range subjects {
			if s.Key != e.Key {
				continue
			}
			if s.Output == 0 {
				e.Star = star
			}
			for i := range e.Outputs {
				if s.Output == i+1 || s.Output == 0 && !star {
					e.Outputs[i].Star = star
				}
			}
		}
		return e
	}
}

// restoreStars returns the change that gives an entry the stars that it had before. One that was not known had none.
func restoreStars(before map[string]history.Entry) func(history.Entry) history.Entry {
	return func(e history.Entry) history.Entry {
		had := before[e.Key]
		e.Star, e.Outputs = had.Star, slices.Clone(e.Outputs)
		for i := range e.Outputs {
			e.Outputs[i].Star = i < len(had.Outputs) && had.Outputs[i].Star
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
