package runner

import (
	"context"
	"time"
)

// watchInterval is how often the journal is looked at for what another program does with a cancel that was handed to it.
const watchInterval = 300 * time.Millisecond

// Run performs a task and all that follow from it, and tells each change, until the job has ended, nothing is left to do, or
// ctx ends. It returns the last row. Several may run at once. Run reads the journal's news itself (history.Refresh), so a face
// that uses it must not.
func (r *Runner) Run(ctx context.Context, task Task, each func(Change)) Row {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go r.watchForSleep(ctx)
	var row Row
	for !task.IsZero() && ctx.Err() == nil {
		r.readJournal(ctx)
		var c Change
		c, task = r.Apply(r.Perform(ctx, task))
		if c.Row.Key != "" {
			row = c.Row
		}
		each(c)
		if c.Notice.Kind == HandedOver {
			return r.watchHandedOver(ctx, row, each)
		}
	}
	if last, ok := r.Row(row.Key); ok {
		return last
	}
	return row
}

// readJournal carries out what other programs wrote into the journal for this one. The commands that follow are handed out by the
// Advance of each job's own Run.
func (r *Runner) readJournal(ctx context.Context) {
	if !r.refreshMu.TryLock() {
		return
	}
	defer r.refreshMu.Unlock()
	changed, err := r.history.Refresh(ctx)
	if err != nil {
		return
	}
	me := r.driver()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range changed {
		if t, ok := r.jobs[e.Key]; ok && !t.takenOver {
			r.observe(t, e, me)
		}
	}
}

// watchHandedOver follows, in the journal, a job whose cancel was handed to the program that drives it. Should that program end first,
// the job is taken up and cancelled here.
func (r *Runner) watchHandedOver(ctx context.Context, row Row, each func(Change)) Row {
	for r.sleepUntil(ctx, r.now().Add(watchInterval)) {
		r.readJournal(ctx)
		e, err := r.history.Get(row.Key)
		if err != nil {
			continue
		}
		if e.Rev != row.Rev {
			c := Change{Row: Row{Entry: e}, Before: row.State}
			row = c.Row
			each(c)
		}
		if e.State.Ended() {
			break
		}
		if !r.drivenElsewhere(e) {
			_, task := r.Cancel(e.Key)
			return r.Run(ctx, task, each)
		}
	}
	return row
}
