package ui

import (
	"tintype/ui/list"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// statusLine is what a job is doing, or how it ended: "⡇ developing 62% · 3 s, about 2 s left"; "" if there is nothing to say.
func (m *Model) statusLine(row runner.Row) string {
	if trouble := m.wording().Trouble(row.Entry, row.Live); trouble != "" {
		return trouble
	}
	if row.State.Ended() {
		return ""
	}
	if row.Live == nil {
		return "Under way; another tintype follows it, or the next start will."
	}
	now := m.now()
	sign := list.StateSign(row, m.listOptions(0))
	return sign + " " + wording.Live(row, now, m.session.typicalDuration(row.Model))
}

// wording writes sentences about jobs, now.
func (m *Model) wording() wording.Writer {
	return wording.Writer{Provider: m.session.Provider.Title, Now: m.now()}
}
