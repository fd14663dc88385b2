package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/plan"
	"tintype/ui/wording"
)

// planFlags are the flags of all commands that buy a plan, as typed.
type planFlags struct {
	dryRun, yes, again, keepGoing bool
	budget, jobs, labSeed         string
	parent                        string // the name of the prediction that cells are made from
	file                          string // that has the prompt, for mistakes in it; "" if it was typed
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
	asTable bool   // print each cell by its coordinates, and not by the line of a file
	watched bool   // it is of a watched file, where a hint would come with each save
	step    string // what its only cell is, if it is one of several plans: it is named by that, without a summary and counts

	report func(*planRun) error // prints the result; nil for the plan itself

	left *float64  // what is left of the budgets, in USD; nil without one
	had  []int     // cells that were had when the price was told
	jobs *planJobs // nil before buying
}

// run prints the plan, asks whether it may be bought, buys it, and prints the result. It returns the exit code.
func (r *planRun) run(ctx context.Context) (int, error) {
	t := r.totals()
	r.had = hadCells(r.plan)
	var err error
	if r.left, err = r.budgetLeft(); err != nil {
		return 0, err
	}
	r.printSummary(t)
	if t.Invalid == t.Cells { // a person who mistyped every value has not got what was asked for
		return exitUsage, r.printPlan("")
	}
	if r.flags.dryRun {
		return exitOK, r.printPlan("")
	}
	if err := lab.CheckCount(r.plan, r.flags.again); err != nil {
		return 0, usageError("%w", err)
	}
	unfinished, err := r.unfinished()
	if err != nil {
		return 0, err
	}
	if t.New == 0 && len(unfinished) == 0 {
		return exitOK, r.printPlan("")
	}
	if ok, err := r.mayBuy(t); err != nil || !ok {
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
	return r.buy(ctx, unfinished)
}

// totals returns the totals of the plan as it is bought: with --again, cells that are had count as those to buy.
func (r *planRun) totals() plan.Totals {
	t := r.plan.Totals()
	if r.flags.again {
		t = withHad(r.plan, t)
	}
	return t
}

// hadCells returns the cells of a plan whose pictures are here.
func hadCells(p *plan.Plan) (had []int) {
	for i := range p.Cells {
		if p.Cells[i].State == plan.Had {
			had = append(had, i)
		}
	}
	return had
}

// newBuyer returns what buys the plan, whose states are of now. With --again, it buys again what was had when the price was told, and nothing
// that came since.
func (r *planRun) newBuyer() *lab.Buyer {
	terms := r.terms
	for _, i := range hadCells(r.plan) {
		if !slices.Contains(r.had, i) {
			terms.Except = append(terms.Except, i)
		}
	}
	return lab.NewBuyer(r.plan, terms)
}

// sameCommand names the command that buys what is missing, and nothing twice.
func (f planFlags) sameCommand() string {
	if f.again {
		return "the same command without --again"
	}
	return "the same command"
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
	if r.step != "" {
		return
	}
	r.p.printProgress("Plan " + r.plan.Key + ": " + wording.PlanSize(r.plan) + " · " + wording.PlanCounts(t, r.s.provider.Free))
	if r.left != nil {
		r.p.printProgress(format.Dollars(*r.left) + " of your budget is left.")
	}
	if r.plan.Seed != nil {
		r.p.printProgress(fmt.Sprintf("All share the seed %d, drawn from the lab seed %d.", *r.plan.Seed, max(r.plan.Spec.LabSeed, 1)))
	}
	if t.Had > 0 && !r.flags.again && !r.watched {
		r.p.printProgress(format.Count(t.Had) + " had and not bought; --again buys them again.")
	}
	if n := len(r.had); n > 0 && r.flags.again {
		r.p.printProgress(format.Count(n) + " of them had, and bought again.")
	}
	for _, note := range r.plan.Notes {
		r.p.printProgress(note)
	}
}

// mayBuy reports whether the plan may be bought: by --yes, within --budget, or because the person says so.
func (r *planRun) mayBuy(t plan.Totals) (bool, error) {
	above := r.s.settings.Budget.AskAbove
	isOne := t.Cells == 1 && (above <= 0 || t.Cost <= above+1e-9)
	if r.flags.yes || r.flags.budget != "" || isOne || t.New == 0 {
		return true, nil
	}
	price := wording.PlanPrice(t, r.s.provider.Free)
	question := fmt.Sprintf("Buy %s, %s? y buys", format.Count(t.New), price)
	if r.s.provider.Free {
		question = fmt.Sprintf("Make %s for free? y makes them", format.Plural(t.New, "picture"))
	}
	agreed, asked := askToBuy(r.p, question)
	if !asked {
		return false, usageError("this buys %s, %s: add --yes, or --budget with the most that it may cost", format.Plural(t.New, "cell"), price)
	}
	r.terms.AcceptUnknown = agreed // the question has told of them
	return agreed, nil
}

// name names a cell of a table by its coordinates, and that of a file by its line and prompt.
func (r *planRun) name(cell int) string {
	if r.step != "" {
		return r.step
	}
	number := fmt.Sprintf("%d of %d", cell+1, len(r.plan.Cells))
	at := r.plan.Coordinates(cell)
	if len(r.plan.Spec.Rows) > 0 && r.plan.Spec.Rows[r.plan.Cells[cell].At[0]].Name != "" {
		return number + " · " + at[plan.OfLine]
	}
	if !r.asTable {
		return number + " · line " + at[plan.OfLine] + " · " + promptLine(history.Entry{Input: r.plan.Cells[cell].Input})
	}
	var values []string
	for _, a := range r.plan.Axes {
		values = append(values, at[a.Name()])
	}
	return strings.Join(append([]string{number}, values...), " · ")
}

// printPlan prints the plan to standard output: as JSON, as a line a cell, or as the paths of its pictures. A plan that was bought for something
// else prints that.
func (r *planRun) printPlan(why string) error {
	if r.report != nil && !r.flags.dryRun {
		return r.report(r)
	}
	out := newPlanJSON(r.plan, r.s.history, r.left)
	out.Stopped = why
	if t := withHad(r.plan, r.plan.Totals()); r.flags.again && r.jobs == nil && t.Unknown == 0 {
		out.Cost = &t.Cost
	}
	if r.p.json {
		return r.p.writeJSON(out)
	}
	if r.flags.dryRun {
		r.printCells(out.Items)
		return nil
	}
	for _, item := range out.Items {
		for _, path := range item.Pictures {
			r.p.printLine(r.p.out, path)
		}
	}
	return nil
}

// printCells prints a line for each cell: what is known of it, its price, its place, and why it is not possible.
func (r *planRun) printCells(items []cellJSON) {
	known, prices := 0, 0
	for i, item := range items {
		known, prices = max(known, len(r.stateText(i, item))), max(prices, len(r.price(item)))
	}
	for i, item := range items {
		line := fmt.Sprintf("%-*s  %-*s  %s", known, r.stateText(i, item), prices, r.price(item), r.name(i))
		if item.Why != "" {
			line += "  " + item.Why
		}
		r.p.printLine(r.p.out, line)
	}
}

// stateText returns what is known of a cell, as the full screen says it.
func (r *planRun) stateText(i int, item cellJSON) string {
	switch plan.State(item.State) {
	case plan.Same:
		return fmt.Sprintf("= %d", r.plan.Cells[i].SameAs+1)
	case plan.LeftOut:
		return "left out"
	case plan.Invalid:
		return "not possible"
	}
	return item.State
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
