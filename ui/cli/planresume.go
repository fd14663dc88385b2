package cli

import (
	"context"
	"slices"
	"time"

	"tintype/history"
	"tintype/ui/plan"
)

// unfinished returns the predictions of the plan that have not ended, and those of other plans that make its pictures: a person may have changed a
// line since. A program that was killed may have left them.
func (r *planRun) unfinished() ([]history.Entry, error) {
	coming := map[string]bool{}
	for i := range r.plan.Cells {
		if c := &r.plan.Cells[i]; c.State == plan.Coming {
			for _, key := range c.Entries {
				coming[key] = true
			}
		}
	}
	entries, err := r.s.history.Active()
	return slices.DeleteFunc(entries, func(e history.Entry) bool { return e.Batch != r.plan.Key && !coming[e.Key] }), err
}

// firstLook is how long a plan waits for what the provider's list says of purchases without an answer, before it buys the other cells. The
// search goes on meanwhile: a program that is killed again and again must not spend its life waiting.
const firstLook = time.Second

// resume follows predictions of the plan whose program is gone.
func (r *planRun) resume(ctx context.Context, unfinished []history.Entry) {
	rows, tasks, skipped := r.s.runner.Resume(unfinished)
	for _, row := range rows {
		r.jobs.entries[row.Key] = row.Entry
		if i := slices.IndexFunc(r.plan.Cells, func(c plan.Cell) bool { return slices.Contains(c.Entries, row.Key) }); i >= 0 {
			r.plan.Cells[i].Job = row.Key
		}
		r.p.printProgress(row.Key + "  " + "from an earlier run")
	}
	for _, task := range tasks {
		row, _ := r.s.runner.Row(task.Key)
		r.follow(ctx, row, task)
	}
	r.p.printSkipped(skipped, unfinished)
}

// forgetEnded separates cells from jobs of an earlier run that ended without a picture, so that they can be bought.
func (r *planRun) forgetEnded() {
	for i := range r.plan.Cells {
		c := &r.plan.Cells[i]
		if e := r.jobs.entries[c.Job]; e.State == history.Failed || e.State == history.Stopped {
			c.Job = ""
		}
	}
}

// awaitDecided follows the jobs of an earlier run until the journal has of each whether it was bought, or for a while where that must be
// looked for.
func (r *planRun) awaitDecided() {
	enough := time.After(firstLook)
	for {
		ending, looking := r.jobs.undecided()
		switch {
		case ending:
			r.onEvent(<-r.jobs.events)
		case looking:
			select {
			case e := <-r.jobs.events:
				r.onEvent(e)
			case <-enough:
				return
			}
		default:
			return
		}
	}
}

// undecided reports whether the end of a followed job is still to be written, and whether one is looked for in the provider's list.
func (j *planJobs) undecided() (ending, looking bool) {
	for key := range j.followed {
		state := j.entries[key].State
		ending = ending || state.Ended()
		looking = looking || state == history.Unconfirmed
	}
	return ending, looking
}
