package cli

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/plan"
	"tintype/ui/runner"
)

// planJobs are the jobs of a plan that is bought.
type planJobs struct {
	buyer    *lab.Buyer // nil until what an earlier run left is known
	printer  *progress
	entries  map[string]history.Entry // of the jobs, as they were seen last
	events   chan planEvent
	followed map[string]bool // keys of the jobs that are followed
}

// A planEvent is what happens to one job of a plan.
type planEvent struct {
	of     *planRun
	change runner.Change
	ended  bool // it is no longer followed
}

// newPlanJobs returns no jobs yet. What happens to them goes to events.
func newPlanJobs(printer *progress, events chan planEvent) *planJobs {
	return &planJobs{printer: printer, entries: map[string]history.Entry{}, followed: map[string]bool{}, events: events}
}

// isIdle reports whether no job is followed.
func (j *planJobs) isIdle() bool { return len(j.followed) == 0 }

// budgetLeft returns what is left of the budgets of the day, the month and the plan, in USD: the least of them; nil without a budget.
func (r *planRun) budgetLeft() (*float64, error) {
	if r.s.provider.Free {
		return nil, nil
	}
	left, err := runner.LeftOf(newLimits(r.s.settings).read(), r.s.history, r.p.now().In(time.Local))
	if err != nil {
		return nil, err
	}
	if r.terms.Budget > 0 {
		spent, err := r.s.history.CommittedBy(r.plan.Key)
		if err != nil {
			return nil, err
		}
		if own := runner.LeftAfter(r.terms.Budget, spent); !left.Limited || own < left.USD {
			left = runner.BudgetLeft{USD: own, Limited: true}
		}
	}
	if !left.Limited {
		return nil, nil
	}
	return &left.USD, nil
}

// writeDelay is more than the time between an entry's own time and its line in the journal, where other programs see it.
const writeDelay = 5 * time.Millisecond

// buy buys the plan, and follows its jobs until they have ended or the program is interrupted. It first follows what an earlier run left
// unfinished: what was certainly not sent is bought now, and what may have been sent is looked for and not bought.
func (r *planRun) buy(ctx context.Context, unfinished []history.Entry) (int, error) {
	ctx, stop := withInterrupt(ctx)
	defer stop()
	r.jobs = newPlanJobs(newProgress(r.p, r.s, true), make(chan planEvent))
	r.resume(ctx, unfinished)
	r.awaitDecided()
	r.forgetEnded()
	planned := r.plan.Matched
	if err := r.refresh(); err != nil {
		return 0, err
	}
	if r.step != "" {
		r.plan.Matched = planned.Add(-writeDelay) // what failed elsewhere since then is judged, and not tried again
	}
	r.jobs.buyer = r.newBuyer()
	for {
		if ctx.Err() != nil {
			r.jobs.buyer.Stop()
		}
		r.submit(ctx)
		if r.jobs.isIdle() {
			break
		}
		r.onEvent(<-r.jobs.events)
	}
	r.s.closeRunner()
	r.p.printWithoutID(r.s.withoutID)
	return r.finish(ctx)
}

// running returns how many jobs are followed, without those that are only looked for in the provider's list.
func (j *planJobs) running() int {
	n := 0
	for key := range j.followed {
		if j.entries[key].State != history.Unconfirmed {
			n++
		}
	}
	return n
}

// refresh finds out again what is had and coming: other programs may have bought cells, and jobs of this one have ended.
func (r *planRun) refresh() error {
	ctx := context.Background() // an interrupt does not keep the result from being printed
	if _, err := r.s.history.Refresh(ctx); err != nil {
		return err
	}
	return r.lab.Refresh(ctx, r.plan)
}

// submit submits as many cells as may run at once, with those of an earlier run.
func (r *planRun) submit(ctx context.Context) {
	most := cmp.Or(r.terms.Jobs, lab.UsualJobs)
	for r.jobs.running() < most {
		cell, draft, ok := r.jobs.buyer.Next()
		if !ok {
			return
		}
		row, task := r.s.runner.Submit(draft)
		r.jobs.buyer.Started(cell, row.Key)
		r.jobs.entries[row.Key] = row.Entry
		r.p.printProgress(row.Key + "  " + r.name(cell))
		r.follow(ctx, row, task)
	}
}

// follow follows a job, and reports what happens to it as events.
func (r *planRun) follow(ctx context.Context, row runner.Row, task runner.Task) {
	r.jobs.followed[row.Key] = true
	go func() {
		last, _ := waitPolicy{}.run(ctx, r.s.runner, row, task, func(c runner.Change) { r.jobs.events <- planEvent{of: r, change: c} })
		if last.Key == "" {
			last = row // nothing happened to it
		}
		r.jobs.events <- planEvent{r, runner.Change{Row: last}, true}
	}()
}

// onEvent takes what happens to a job.
func (r *planRun) onEvent(e planEvent) {
	key := e.change.Row.Key
	if key == "" {
		return
	}
	r.jobs.entries[key] = e.change.Row.Entry
	if e.ended {
		delete(r.jobs.followed, key)
		return
	}
	if r.jobs.buyer != nil {
		r.jobs.buyer.OnChange(e.change)
	}
	if e.change.Notice.Kind != runner.NoNotice {
		r.jobs.printer.onChange(e.change)
	}
}

// finish prints what the plan has now, and returns the worst exit code of its jobs.
func (r *planRun) finish(ctx context.Context) (int, error) {
	if err := r.refresh(); err != nil {
		return 0, err
	}
	left, err := r.budgetLeft()
	if err != nil {
		return 0, err
	}
	r.left = left
	code := r.exitCode()
	why := r.jobs.buyer.Why()
	r.printUnconfirmed()
	switch made, running, unsent := r.counts(); {
	case ctx.Err() != nil:
		code = exitInterrupted
		r.p.printProgress(fmt.Sprintf("Interrupted: %s made, %s still running, %s not sent. %s buys the rest.",
			format.Count(made), format.Count(running), format.Count(unsent), format.UpperFirst(r.flags.sameCommand())))
	case r.step != "" && !r.jobs.buyer.IsOverBudget(): // its line has said it
	case why != "":
		r.p.printProgress(why)
	default:
		r.p.printProgress(fmt.Sprintf("%s of %s made.", format.Count(made), format.Count(len(r.jobEntries()))))
	}
	if n := r.comingElsewhere(); n > 0 && ctx.Err() == nil && r.step == "" {
		r.p.printProgress(fmt.Sprintf("%s coming by another program. %s shows them when they are here.", format.Plural(n, "cell"), format.UpperFirst(r.flags.sameCommand())))
	}
	return code, r.printPlan(why)
}

// comingElsewhere returns how many cells another program is buying.
func (r *planRun) comingElsewhere() (n int) {
	for i := range r.plan.Cells {
		if c := &r.plan.Cells[i]; c.State == plan.Coming && c.Job == "" {
			n++
		}
	}
	return n
}

// printUnconfirmed says of purchases without an answer what a person can do. They are not sent again: that the provider's list does not show
// one, or that there is no list, does not prove that it was not bought.
func (r *planRun) printUnconfirmed() {
	for _, e := range r.jobEntries() {
		if e.State == history.Unconfirmed {
			giveUp := strings.Replace(r.p.followHintFor(e), "tintype follow", "tintype cancel --give-up", 1)
			r.p.printProgress(fmt.Sprintf("%s may have been bought. If %s shows no such purchase in your account, give it up with: %s\n"+
				"Then %s buys it.", e.Key, r.s.provider.Title, giveUp, r.flags.sameCommand()))
		}
	}
}

// exitCode returns the worst exit code of the jobs. Cells that the gate did not send have none, beside that of the budget.
func (r *planRun) exitCode() int {
	code := exitOK
	for _, e := range r.jobEntries() {
		code = mostSevere(code, entryCode(e))
	}
	if r.jobs.buyer.IsOverBudget() {
		code = mostSevere(code, exitBudget)
	}
	if len(r.s.withoutID) > 0 {
		code = mostSevere(code, exitUnreachable)
	}
	return code
}

// jobEntries returns the entries of the cells that were bought or followed. Those that the gate refused are not among them.
func (r *planRun) jobEntries() []history.Entry {
	var entries []history.Entry
	for i := range r.plan.Cells {
		if e, ok := r.jobs.entries[r.plan.Cells[i].Job]; ok {
			entries = append(entries, e)
		}
	}
	return entries
}

// counts returns how many cells have their pictures now, how many jobs run, and how many cells are not sent.
func (r *planRun) counts() (made, running, unsent int) {
	_, _, unsent = r.jobs.buyer.Counts()
	for _, e := range r.jobEntries() {
		switch {
		case e.State == history.Done:
			made++
		case e.CancelReason == neverSent || e.State == history.Creating && len(e.Attempts) == 0:
			unsent++
		case !e.State.Ended() && e.State != history.Unconfirmed:
			running++
		}
	}
	return made, running, unsent
}
