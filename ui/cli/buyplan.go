package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/plan"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// planFlags are the flags of all commands that buy a plan, as typed.
type planFlags struct {
	dryRun, yes, again, keepGoing bool
	budget, jobs                  string
}

// terms are the flags as they are meant.
func (f planFlags) terms() (lab.Terms, error) {
	t := lab.Terms{Again: f.again, KeepGoing: f.keepGoing, AcceptUnknown: f.yes}
	var err error
	if f.budget != "" {
		if t.Budget, err = parseDollars("budget", f.budget); err != nil {
			return t, err
		}
	}
	if f.jobs != "" {
		if t.Jobs, err = parsePositive("jobs", f.jobs); err != nil {
			return t, err
		}
		if t.Jobs > mostJobs {
			return t, usageError("--jobs takes at most %d; %d are too many", mostJobs, t.Jobs)
		}
	}
	return t, nil
}

// mostJobs is how many jobs of a plan may run at once.
const mostJobs = 100

// A planRun buys a plan without a screen.
type planRun struct {
	p       *program
	s       *session
	lab     *lab.Lab
	plan    *plan.Plan
	terms   lab.Terms
	flags   planFlags
	asTable bool // print each cell by its coordinates, and not by its number

	buyer   *lab.Buyer
	printer *progress
	entries map[string]history.Entry // of the jobs, as they were seen last
	events  chan planEvent
	active  int // how many jobs are followed
}

// A planEvent is what happens to one job of a plan.
type planEvent struct {
	change runner.Change
	ended  bool // it is no longer followed
}

// run prints the plan, asks if it may be bought, buys it, and prints what came of it. It returns the exit code.
func (r *planRun) run(ctx context.Context) (int, error) {
	t := r.plan.Totals()
	if r.flags.again {
		t = withHad(r.plan, t)
	}
	r.printSummary(t)
	if r.flags.dryRun {
		return exitOK, r.printPlan("")
	}
	if err := lab.CheckCount(r.plan); err != nil {
		return 0, usageError("%w", err)
	}
	if t.New == 0 {
		return r.finish("")
	}
	ok, err := r.mayBuy(t)
	if err != nil || !ok {
		return exitUsage, err
	}
	if err := r.p.connect(ctx, r.s); err != nil {
		return 0, err
	}
	if err := r.s.requireKey(); err != nil {
		return 0, err
	}
	if err := r.lab.Save(r.plan); err != nil {
		return 0, err
	}
	return r.buy(ctx)
}

// withHad returns the totals if cells that are had are bought again.
func withHad(p *plan.Plan, t plan.Totals) plan.Totals {
	for i := range p.Cells {
		if p.Cells[i].State != plan.Had {
			continue
		}
		t.Had, t.New = t.Had-1, t.New+1
		if e := p.Cells[i].Estimate; e != nil {
			t.Cost += e.USD
		} else {
			t.Unknown++
		}
	}
	return t
}

// printSummary prints the size of the plan, its counts and price, and its notes.
func (r *planRun) printSummary(t plan.Totals) {
	r.p.printProgress("Plan " + r.plan.Key + ": " + wording.PlanSize(r.plan) + " · " + wording.PlanCounts(t, r.s.provider.Free))
	if r.plan.Seed != nil {
		r.p.printProgress(fmt.Sprintf("All share the seed %d, drawn from the lab seed %d.", *r.plan.Seed, max(r.plan.Spec.LabSeed, 1)))
	}
	for _, note := range r.plan.Notes {
		r.p.printProgress(note)
	}
}

// mayBuy reports whether the plan may be bought: by --yes, within --budget, or because the person says so.
func (r *planRun) mayBuy(t plan.Totals) (bool, error) {
	if r.flags.yes || r.flags.budget != "" || t.Cells == 1 {
		return true, nil
	}
	in, ok := r.p.in.(*os.File)
	if !ok || !isTerminal(in) || !isTerminal(r.p.err) {
		return false, usageError("this buys %s, %s: add --yes, or --budget with the most that it may cost",
			format.Plural(t.New, "cell"), wording.PlanPrice(t, r.s.provider.Free))
	}
	_, _ = io.WriteString(r.p.err, fmt.Sprintf("Buy %s, %s? y buys, anything else does not: ", format.Count(t.New), wording.PlanPrice(t, r.s.provider.Free)))
	answer, _ := bufio.NewReader(in).ReadString('\n')
	if answer = strings.ToLower(strings.TrimSpace(answer)); answer == "y" || answer == "yes" {
		r.terms.AcceptUnknown = true // the question has told of them
		return true, nil
	}
	r.p.printProgress("Nothing is bought.")
	return false, nil
}

// buy buys the plan, and follows its jobs until they have ended or the program is interrupted.
func (r *planRun) buy(ctx context.Context) (int, error) {
	ctx, stop := withInterrupt(ctx)
	defer stop()
	r.buyer = lab.NewBuyer(r.plan, r.terms)
	r.printer = newProgress(r.p, r.s, true)
	r.entries, r.events = map[string]history.Entry{}, make(chan planEvent)
	for {
		if ctx.Err() != nil {
			r.buyer.Stop()
		}
		r.submit(ctx)
		if r.active == 0 {
			break
		}
		r.onEvent(<-r.events)
	}
	r.s.closeRunner()
	r.p.printWithoutID(r.s.withoutID)
	code, err := r.finish(r.buyer.Why())
	if ctx.Err() != nil {
		_, _, left := r.buyer.Counts()
		r.p.printProgress(fmt.Sprintf("Interrupted: %s not sent. The same command buys the rest.", format.Plural(left, "cell")))
		code = exitInterrupted
	}
	return code, err
}

// submit submits as many cells as may run at once.
func (r *planRun) submit(ctx context.Context) {
	for {
		cell, draft, ok := r.buyer.Next()
		if !ok {
			return
		}
		row, task := r.s.runner.Submit(draft)
		r.buyer.Started(cell, row.Key)
		r.entries[row.Key] = row.Entry
		r.active++
		r.p.printProgress(row.Key + "  " + r.name(cell))
		go func() {
			last, _ := waitPolicy{}.run(ctx, r.s.runner, row, task, func(c runner.Change) { r.events <- planEvent{change: c} })
			r.events <- planEvent{runner.Change{Row: last}, true}
		}()
	}
}

// name names a cell: by its coordinates, or by its number.
func (r *planRun) name(cell int) string {
	number := fmt.Sprintf("%d of %d", cell+1, len(r.plan.Cells))
	if !r.asTable {
		return number
	}
	at := r.plan.Coordinates(cell)
	var values []string
	for _, a := range r.plan.Axes {
		values = append(values, at[a.Name()])
	}
	return strings.Join(append([]string{number}, values...), " · ")
}

// onEvent takes what happens to a job.
func (r *planRun) onEvent(e planEvent) {
	if e.ended {
		r.active--
		if e.change.Row.Key != "" {
			r.entries[e.change.Row.Key] = e.change.Row.Entry
		}
		return
	}
	r.buyer.OnChange(e.change)
	r.entries[e.change.Row.Key] = e.change.Row.Entry
	if e.change.Notice.Kind != runner.NoNotice {
		r.printer.onChange(e.change)
	}
}

// finish prints what the plan has now, and returns the worst exit code of what was bought.
func (r *planRun) finish(why string) (int, error) {
	code := exitOK
	for i := range r.plan.Cells {
		if e, ok := r.entries[r.plan.Cells[i].Job]; ok {
			code = mostSevere(code, entryCode(e))
		}
	}
	if r.buyer != nil && r.buyer.IsOverBudget() {
		code = mostSevere(code, exitBudget)
	}
	if why != "" {
		r.p.printProgress(why)
	} else if r.buyer != nil {
		made, total, _ := r.buyer.Counts()
		r.p.printProgress(fmt.Sprintf("%s of %s made.", format.Count(made), format.Count(total)))
	}
	return code, r.printPlan(why)
}

// printPlan prints the plan to standard output: as JSON, as a line a cell, or as the paths of its pictures.
func (r *planRun) printPlan(why string) error {
	out := newPlanJSON(r.plan, r.s.history, nil)
	out.Stopped = why
	if r.p.json {
		return r.p.writeJSON(out)
	}
	for i, item := range out.Items {
		switch {
		case !r.flags.dryRun:
			for _, path := range item.Pictures {
				r.p.printLine(r.p.out, path)
			}
		default:
			r.p.printLine(r.p.out, strings.Join(slices.DeleteFunc([]string{item.State, r.price(item), r.name(i), item.Why}, func(s string) bool { return s == "" }), "  "))
		}
	}
	return nil
}

// price returns the price of a cell that is to be bought.
func (r *planRun) price(c cellJSON) string {
	switch {
	case c.State != string(plan.New):
		return ""
	case r.s.provider.Free:
		return "free"
	case c.Price == nil:
		return "price unknown"
	}
	return format.Dollars(*c.Price)
}
