package ui

import (
	"tintype/ui/list"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// statusLine is what a job is doing, or how it ended: "⡇ developing 62% · 3 s, about 2 s left"; "" if there is nothing to say.
func (m *Model) statusLine(row runner.Row) string {
	status, isRunning := m.wording().Status(row, m.session.typicalDuration(row.Model))
	if isRunning {
		return list.StateSign(row, m.listOptions(0)) + " " + status
	}
	return status
}

// wording writes sentences about jobs, now.
func (m *Model) wording() wording.Writer {
	return wording.Writer{Provider: m.session.Provider.Title, Now: m.now(), WriteError: m.session.History.WriteError()}
}
