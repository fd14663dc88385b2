package ui

import "tintype/ui/format"

// notices are what the history had to say beside its trouble, each said once.
type notices struct{ mended, shared string }

// notice says what went wrong with the history's disk and was mended, and that the folder is on storage that machines share.
func (m *Model) notice() {
	h := m.session.History
	if s := h.NetworkStorage(); s != m.background.said.shared {
		m.background.said.shared = s
		m.notify(format.Clean(s))
	}
	if s := h.Recovered(); s != m.background.said.mended {
		m.background.said.mended = s
		m.notify(format.Clean(s))
	}
}
