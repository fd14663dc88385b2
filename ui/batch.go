package ui

import (
	"fmt"

	"tintype/ui/format"
	"tintype/ui/list"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// toldOf says what was done to several predictions and outputs: "3 starred.", "3 starred, 2 of them out of sight."; "" for a single one
// in sight, which shows it.
func (m *Model) toldOf(subjects []list.Subject, done string) string {
	n, hidden := len(subjects), m.outOfSight(subjects)
	if n < 2 && hidden == 0 {
		return ""
	}
	return fmt.Sprintf("%s %s%s.", format.Count(n), done, ofThemHidden(n, hidden))
}

// ofThemHidden is the end of a sentence about n of which some are out of sight; "" if none is.
func ofThemHidden(n, hidden int) string {
	switch hidden {
	case 0:
		return ""
	case n:
		return ", out of sight"
	}
	return fmt.Sprintf(", %s of them out of sight", format.Count(hidden))
}

// outOfSight returns how many of the subjects of an action are not on the screen. A screen without the list shows its subject.
func (m *Model) outOfSight(subjects []list.Subject) int {
	if !m.screens.ShowsList() {
		return 0
	}
	return m.list.OutOfSight(subjects)
}

// cancelBatch is jobs that were cancelled together. One note tells of all of them.
type cancelBatch struct {
	pending  map[string]bool // no outcome yet
	outcomes []runner.Change
}

// start begins a batch. What is still to come of the one before is told job by job.
func (b *cancelBatch) start(keys []string) {
	*b = cancelBatch{pending: map[string]bool{}}
	if len(keys) < 2 {
		return
	}
	for _, key := range keys {
		b.pending[key] = true
	}
}

// add takes a change if it is the outcome of a cancel of the batch, and reports whether it is. all are the outcomes once there are no
// more to come.
func (b *cancelBatch) add(c runner.Change) (all []runner.Change, mine bool) {
	told := c.Notice.Kind != runner.NoNotice && (wording.IsPassing(c.Notice.Kind) || c.Row.State.Ended())
	if !told || !b.pending[c.Row.Key] {
		return nil, false
	}
	delete(b.pending, c.Row.Key)
	b.outcomes = append(b.outcomes, c)
	if len(b.pending) == 0 {
		all = b.outcomes
	}
	return all, true
}

// tell shows the note about a change: one for all jobs that were cancelled together, or its own.
func (m *Model) tell(c runner.Change) {
	switch all, mine := m.cancels.add(c); {
	case len(all) > 0:
		m.notify(m.wording().Cancelled(all))
	case !mine && wording.IsPassing(c.Notice.Kind):
		m.notify(m.wording().Notice(c))
	}
}
