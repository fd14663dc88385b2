package runner

import (
	"context"
	"time"
)

// watchInterval is the time between two looks into the journal for a job whose cancel was handed to another program.
const watchInterval = 300 * time.Millisecond

// Run performs a task and all that follow from it, and reports each change, until the job has ended, nothing is left to do, or
// ctx ends. It returns the last row. Several may run at once. Run reads the journal's news itself (history.Refresh), so a face
// that uses it must not.
func (r *Runner) Run(ctx context.Context, task Task, onChange func(Change)) Row {
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
		onChange(c)
		if c.Notice.Kind == HandedOver {
			return r.watchHandedOver(ctx, row, onChange)
		}
	}
	if last, ok := r.Row(row.Key); ok {
		return last
	}
	return row
}

// readJournal observes what other programs wrote into the journal. The commands that follow are handed out by Apply in each
// job's own Run.
func (r *Runner) readJournal(ctx context.Context) {
	if !r.refreshMu.TryLock() {
		return
	}
	defer r.refreshMu.Unlock()
	changed, err := r.history.Refresh(ctx)
	if err != nil {
		return
	}
	driver := r.driver()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range changed {
		if t, ok := r.jobs[e.Key]; ok && !t.takenOver {
			r.observe(t, e, driver)
		}
	}
}

// watchHandedOver follows, in the journal, a job whose cancel was handed to the program that drives it. If that program ends
// first, the job is resumed and cancelled here.
func (r *Runner) watchHandedOver(ctx context.Context, row Row, onChange func(Change)) Row {
	for r.sleepUntil(ctx, r.now().Add(watchInterval)) {
		r.readJournal(ctx)
		e, err := r.history.Get(row.Key)
		if err != nil {
			continue
		}
		if e.Rev != row.Rev {
			c := Change{Row: Row{Entry: e}, Before: row.State}
			row = c.Row
			onChange(c)
		}
		if e.State.Ended() {
			break
		}
		if !r.isDrivenElsewhere(e) {
			_, task := r.Cancel(e.Key)
			return r.Run(ctx, task, onChange)
		}
	}
	return row
}
