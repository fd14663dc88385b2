package ui

import (
	"fmt"

	"tintype/ui/format"
	"tintype/ui/list"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// toldOf says what was done to n predictions and outputs, of which some are out of sight: "3 starred.", "3 starred, 2 of them out of
// sight."; "" for a single one in sight, which shows it.
func toldOf(n, hidden int, done string) string {
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

// outOfSight returns how many of the subjects of an action are not on the screen. A screen without the list, or without room for it, shows
// its subject in another way.
func (s *screens) outOfSight(subjects []list.Subject) int {
	if !s.ShowsList() || s.home.List.Height() == 0 {
		return 0
	}
	return s.home.List.OutOfSight(subjects)
}

// cancelBatch is jobs that were cancelled together. One note tells of all of them.
type cancelBatch struct {
	pending  map[string]bool // no outcome yet
	outcomes []runner.Change
	hidden   int // how many are out of sight
}

// start begins a batch. What is still to come of the one before is told job by job, as for a single job in sight.
func (b *cancelBatch) start(keys []string, hidden int) {
	*b = cancelBatch{pending: map[string]bool{}, hidden: hidden}
	if len(keys) < 2 && hidden == 0 {
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

// note returns the sentence to show about a change: one for all jobs that were cancelled together, or its own; "" for none.
func (b *cancelBatch) note(c runner.Change, w wording.Writer) string {
	switch all, mine := b.add(c); {
	case len(all) > 0:
		return w.Cancelled(all, ofThemHidden(len(all), b.hidden))
	case !mine && wording.IsPassing(c.Notice.Kind):
		return w.Notice(c)
	}
	return ""
}
