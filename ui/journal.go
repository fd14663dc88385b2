package ui

import (
	"context"
	"runtime/debug"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
)

// onIndexed takes the keys of the entire history.
func (m *Model) onIndexed(msg indexedMsg) tea.Cmd {
	m.notifyError(msg.err)
	m.session.indexed = true
	m.updateKeys()
	return tea.Batch(startGivenDuel(m), freeMemoryAfter(m.session.History, m.readPrompts()))
}

// onRefreshed takes the entries that other programs changed, and waits for more.
func (m *Model) onRefreshed(msg refreshedMsg) tea.Cmd {
	if msg.ended {
		return nil
	}
	if msg.slept {
		m.session.pollNow()
	}
	next := tea.Batch(m.session.watch(m.ctx, m.now), m.session.recordUnwritten(m.ctx))
	if len(msg.changed) == 0 {
		return next
	}
	m.list.Update(msg.changed...)
	m.updateKeys()
	return tea.Batch(next, tally(m.session.History, m.session.Runner, m.now()), m.observe(msg.changed), matchPlan(m), matchImpact(m), matchBisect(m), matchTree(m))
}

// recordUnwritten writes what the journal lacks about ended jobs, once the journal can be written again.
func (s *session) recordUnwritten(ctx context.Context) tea.Cmd {
	if s.Runner == nil || s.History.WriteError() != nil {
		return nil
	}
	var cmds []tea.Cmd
	for _, t := range s.Runner.RecordUnwritten() {
		cmds = append(cmds, s.perform(ctx, t))
	}
	return tea.Batch(cmds...)
}

// onRecorded shows an entry that the user changed.
func (m *Model) onRecorded(msg recordedMsg) tea.Cmd {
	if msg.err != nil {
		m.notifyError(msg.err)
		return nil
	}
	m.list.Update(msg.entry)
	m.list.Refilter()
	return m.observe([]history.Entry{msg.entry})
}

// updateKeys gives the present keys of the history to the list.
func (m *Model) updateKeys() {
	if keys, ok := m.session.keys(); ok {
		m.list.SetKeys(keys)
		m.list.Refilter()
	}
}

// refreshInterval is how often the journal is checked for lines of other programs.
const refreshInterval = time.Second

// sleepDrift is how far the wall clock must be ahead of the timers to show that the machine slept, since timers stop meanwhile.
const sleepDrift = 5 * time.Second

// In a history with manyRows the index is most of the memory and hardly changes, so garbage is collected after the memory has grown by
// gcPercent instead of doubled. With 100,000 predictions that saves 4 of 32 MB after the first frame (ui/internal/tools/measure).
const (
	manyRows  = 50_000
	gcPercent = 15 // of the memory that is kept
)

// buildIndex reads the entire history.
func buildIndex(ctx context.Context, h *history.History) tea.Cmd {
	return ask(func() indexedMsg {
		err := h.BuildIndex(ctx)
		if h.Len() > manyRows {
			debug.SetGCPercent(gcPercent)
		}
		return indexedMsg{err}
	})
}

// freeMemoryAfter returns a command that runs do and then returns the memory that reading a long history took to the system. The next
// collection may be hours away.
func freeMemoryAfter(h *history.History, do tea.Cmd) tea.Cmd {
	if h.Len() <= manyRows {
		return do
	}
	return func() tea.Msg {
		defer debug.FreeOSMemory()
		return do()
	}
}

// watch checks the journal regularly and returns when there is something to report: entries of other programs, that the machine slept,
// or that an error of the disk came or went. Until then the program sleeps and draws nothing.
func watch(ctx context.Context, h *history.History, now func() time.Time) tea.Cmd {
	return ask(func() refreshedMsg {
		for {
			began, trouble := now().Round(0), h.WriteError() // Round(0) drops the monotonic time, which stops while the machine sleeps
			select {
			case <-ctx.Done():
				return refreshedMsg{ended: true}
			case <-time.After(refreshInterval):
			}
			changed, err := h.Refresh(ctx)
			slept := now().Round(0).Sub(began) > refreshInterval+sleepDrift
			if len(changed) > 0 || slept || err != nil || !sameError(trouble, h.WriteError()) {
				return refreshedMsg{changed: changed, slept: slept} // the header shows an error of the history
			}
		}
	})
}

// sameError reports whether two errors have the same text.
func sameError(a, b error) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Error() == b.Error()
}
