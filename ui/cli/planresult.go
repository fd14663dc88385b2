package cli

import (
	"context"
	"fmt"
	"strings"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/plan"
)

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
		r.p.printProgress(fmt.Sprintf("Interrupted: %s made, %s still running, %s not sent. The same command buys the rest.",
			format.Count(made), format.Count(running), format.Count(unsent)))
	case why != "":
		r.p.printProgress(why)
	default:
		r.p.printProgress(fmt.Sprintf("%s of %s made.", format.Count(made), format.Count(len(r.jobEntries()))))
	}
	if n := r.comingElsewhere(); n > 0 && ctx.Err() == nil {
		r.p.printProgress(fmt.Sprintf("%s coming by another program. The same command shows them when they are here.", format.Plural(n, "cell")))
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
				"Then the same command buys it.", e.Key, r.s.provider.Title, giveUp))
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
