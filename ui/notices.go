package ui

import "tintype/ui/format"

// notices are what the history had to say beside its trouble, each said once.
type notices struct{ mended, shared string }

// notice says what went wrong with the history's disk and was mended, and that the folder is on storage that machines share.
func (m *Model) notice() {
	h := m.session.History
	if s := h.NetworkStorage(); s != m.work.said.shared {
		m.work.said.shared = s
		m.say(format.Clean(s))
	}
	if s := h.Recovered(); s != m.work.said.mended {
		m.work.said.mended = s
		m.say(format.Clean(s))
	}
}
