package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/history"
)

// pushMarks keeps the marks as they are for u.
func (m *Model) pushMarks() {
	m.pushUndo(undoItem{kind: undoMarks, marks: cloneKeys(m.list.Marks)})
}

// entered is the one picture of several that has been entered, from 1; not ok while all are shown, or rows are marked.
func (m *Model) entered() (e history.Entry, output int, ok bool) {
	e, known := m.list.Selected()
	output = m.list.Output
	ok = known && len(m.list.Marks) == 0 && output > 0 && output <= len(e.Outputs) && len(e.Outputs) > 1
	return e, output, ok
}

// starPicture stars one picture of several, or takes its star away.
func (m *Model) starPicture(e history.Entry, output int) tea.Cmd {
	had := e.Outputs[output-1].Star
	m.pushUndo(undoItem{kind: undoStar, keys: []string{e.Key}, output: output, star: had})
	return m.setPictureStar(e.Key, output, !had)
}

// setPictureStar writes the star of one picture down.
func (m *Model) setPictureStar(key string, output int, star bool) tea.Cmd {
	change := func(e history.Entry) history.Entry {
		if output <= len(e.Outputs) {
			e.Outputs = append([]history.Output(nil), e.Outputs...)
			e.Outputs[output-1].Star = star
		}
		return e
	}
	if e, ok := m.list.Rows[key]; ok {
		m.list.Rows[key] = change(e) // shown at once; the journal's answer follows
	}
	return record(m.session.History, key, change)
}
