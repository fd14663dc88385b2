package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
)

// pushMarks lets u restore the marks as they are now.
func (m *Model) pushMarks() {
	m.pushUndo(undoItem{kind: undoMarks, marks: m.list.Marks()})
}

// starPicture stars one picture of several, or takes its star away.
func (m *Model) starPicture(e history.Entry, output int) tea.Cmd {
	had := e.Outputs[output-1].Star
	m.pushUndo(undoItem{kind: undoStar, keys: []string{e.Key}, output: output, star: had})
	return m.setPictureStar(e.Key, output, !had)
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
