package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/plan"
	"tintype/ui/template"
	"tintype/ui/watchfile"
	"tintype/ui/wording"
)

// A watchRun plans each save of a file and buys the rest. One goroutine uses it.
type watchRun struct {
	p        *program
	s        *session
	lab      *lab.Lab
	path     string
	labSeed  uint64
	parent   string // key of the prediction that all is made from; "" for the one that the file names
	terms    lab.Terms
	flags    watchFlags
	canAsk   bool
	terminal *terminal // where pictures are drawn; nil if they are not
	printer  *progress

	events    chan planEvent     // of the jobs of all plans
	answers   <-chan string      // lines that were typed; nil if nobody can be asked
	runs      []*planRun         // plans that are bought: the newest is last, and older ones have jobs that run
	asking    *planRun           // the plan that may be bought after y; nil if none may
	replaced  time.Time          // when a save took the place of a question
	committed map[string]float64 // what plans had cost before this command, in USD, by their keys
	made      int                // predictions that this command has made
	unsent    int                // cells of the newest plan that it did not send
}

// run takes saves, answers and what happens to jobs, until ctx is done. It then follows the purchases that were sent as far as sweep does.
func (w *watchRun) run(ctx context.Context, saves <-chan watchfile.Save) (int, error) {
	w.p.printProgress("Watching " + w.path + ". Each save is planned; ctrl+c ends it.")
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case save := <-saves:
			w.onSave(ctx, save)
		case event := <-w.events:
			w.onEvent(ctx, event)
		case line := <-w.answers:
			w.onAnswer(ctx, line)
		}
	}
	w.stopOlder()
	for len(w.runs) > 0 {
		w.onEvent(ctx, <-w.events)
	}
	w.s.closeRunner()
	w.p.printWithoutID(w.s.withoutID)
	return w.finish()
}

// finish says what was made and what is left, and returns the exit code.
func (w *watchRun) finish() (int, error) {
	running := 0
	if w.s.runner != nil {
		running = len(w.s.leftRunning())
	}
	w.p.printProgress(fmt.Sprintf("Interrupted: %s made, %s still running, %s not sent. %s buys the rest.",
		format.Count(w.made), format.Count(running), format.Count(w.unsent), format.UpperFirst(w.flags.sameCommand())))
	if len(w.s.withoutID) > 0 {
		return exitUnreachable, nil
	}
	return exitInterrupted, nil
}

// onSave plans what was saved.
func (w *watchRun) onSave(ctx context.Context, save watchfile.Save) {
	name := filepath.Base(w.path)
	switch {
	case save.Err != nil:
		w.p.printError(save.Err)
	case save.Change == watchfile.Gone:
		w.p.printProgress(name + " is not there. It is waited for; what was sent goes on.")
	case save.Change == watchfile.Back:
		w.p.printProgress(name + " is back, with the same text.")
	case save.Change == watchfile.Saved:
		w.stopOlder()
		spec, err := watchfile.Parse(save.Data, name, w.s.settings.Model)
		if err != nil {
			w.p.printProgress(err.Error()) // it begins with the name of the file as it is
			return
		}
		if err := w.plan(ctx, spec); err != nil && ctx.Err() == nil {
			printSaveError(w.p, name, save.Data, err)
		}
	}
}

// printSaveError says what is wrong with a save. A mistake in its prompt has its place in the file.
func printSaveError(p *program, name string, data []byte, err error) {
	var mistake *template.Error
	if !errors.As(err, &mistake) {
		p.printError(err)
		return
	}
	p.printProgress(fmt.Sprintf("%s, line %d, column %d: %s", name, watchfile.PromptLine(data)+mistake.Line-1, mistake.Column, mistake.Sentence))
}

// stopOlder sends nothing more of earlier saves. What was sent goes on.
func (w *watchRun) stopOlder() {
	w.unsent = 0
	if w.asking != nil {
		w.unsent = w.asking.totals().New
		w.asking, w.replaced = nil, w.p.now()
	}
	for _, r := range w.runs {
		if r.jobs.buyer == nil {
			w.unsent += r.totals().New
			continue
		}
		w.unsent += r.jobs.buyer.Stop()
	}
	w.dropEnded()
}

// plan plans what was saved, prints the pictures that are had, and buys the others if it may.
func (w *watchRun) plan(ctx context.Context, spec plan.Spec) error {
	r, err := w.newRun(ctx, spec)
	if err != nil {
		return err
	}
	t := r.totals()
	r.printSummary(t)
	w.draw(ctx, w.picturesOf(r.plan))
	if err := r.printPlan(""); err != nil || w.flags.dryRun {
		return err
	}
	if err := lab.CheckCount(r.plan, r.flags.again); err != nil {
		return err
	}
	unfinished, err := r.unfinished()
	if err != nil {
		return err
	}
	unfinished = slices.DeleteFunc(unfinished, func(e history.Entry) bool { return w.follows(e.Key) })
	if t.New == 0 && len(unfinished) == 0 {
		return nil
	}
	fits, err := w.fit(r, t)
	switch {
	case err != nil:
		return err
	case t.New == 0 || fits:
		return w.buy(ctx, r, unfinished)
	}
	w.ask(r, t)
	return nil
}

// newRun makes the plan of what was saved.
func (w *watchRun) newRun(ctx context.Context, spec plan.Spec) (*planRun, error) {
	if _, given := w.p.flagValues["model"]; given || spec.Model == "" {
		spec.Model = w.s.settings.Model
	}
	if err := checkModel(spec.Model); err != nil {
		return nil, err
	}
	spec.Model = model.Find(spec.Model).Reference()
	if w.labSeed != 0 {
		spec.LabSeed = w.labSeed
	}
	spec.Parent = cmp.Or(w.parent, w.lab.ResolveParent(spec).Parent)
	spec, err := resolveImagesOf(ctx, w.p, w.s, spec, filepath.Dir(w.path))
	if err != nil {
		return nil, err
	}
	if _, err := w.s.history.Refresh(ctx); err != nil {
		return nil, err
	}
	made, err := w.lab.Make(ctx, spec)
	if err != nil {
		return nil, usageError("%w", err)
	}
	r := &planRun{p: w.p, s: w.s, lab: w.lab, plan: made, terms: w.terms, flags: w.flags.planFlags, asTable: true, watched: true, had: hadCells(made)}
	r.terms.Budget = 0 // --budget is of all plans together
	if r.left, err = r.budgetLeft(); err != nil {
		return nil, err
	}
	return r, nil
}

// fit reports whether a plan may be bought without a question, and gives it what is left of --budget.
func (w *watchRun) fit(r *planRun, t plan.Totals) (bool, error) {
	if w.s.provider.Free || w.flags.yes && w.terms.Budget == 0 {
		return true, nil
	}
	if w.terms.Budget == 0 {
		return false, nil
	}
	left, own, err := w.left(r.plan.Key)
	if err != nil || left <= 0 {
		return false, err
	}
	r.terms.Budget = own + left
	return (t.Unknown == 0 || w.flags.yes) && t.Cost <= left+1e-9, nil
}

// left returns what is left of --budget, in USD, and what a plan has cost at any time.
func (w *watchRun) left(key string) (left, own float64, err error) {
	left = w.terms.Budget
	spent, err := w.s.history.CommittedBy(key)
	if err != nil {
		return 0, 0, err
	}
	if _, seen := w.committed[key]; !seen {
		w.committed[key] = spent.USD
	}
	for of, before := range w.committed {
		spent, err := w.s.history.CommittedBy(of)
		if err != nil {
			return 0, 0, err
		}
		left -= spent.USD - before
	}
	for _, r := range w.runs { // those that are not in the journal yet; if they are, they count twice
		for i := range r.plan.Cells {
			c := &r.plan.Cells[i]
			if e, ok := r.jobs.entries[c.Job]; ok && e.State == history.Creating && c.Estimate != nil {
				left -= c.Estimate.USD
			}
		}
	}
	return math.Round(left*1e9) / 1e9, spent.USD, nil
}

// ask asks whether a plan may be bought. Where nobody can be asked, it says that it is not.
func (w *watchRun) ask(r *planRun, t plan.Totals) {
	price := wording.PlanPrice(t, w.s.provider.Free)
	w.unsent = t.New
	if !w.canAsk {
		w.p.printProgress(fmt.Sprintf("Nothing is bought: %s, %s, does not fit --budget. The next save is waited for.", format.Plural(t.New, "cell"), price))
		return
	}
	w.asking = r
	w.p.printProgress(fmt.Sprintf("Buy %s, %s? Type y and enter; anything else buys nothing.", format.Count(t.New), price))
}

// staleAnswer is how long after a save an answer is taken to be for the question before it, which was about another price.
const staleAnswer = 2 * time.Second

// onAnswer takes a line that was typed.
func (w *watchRun) onAnswer(ctx context.Context, line string) {
	r := w.asking
	if r == nil {
		w.p.printProgress("Nothing is asked. A save of " + filepath.Base(w.path) + " is planned.")
		return
	}
	if w.p.now().Sub(w.replaced) < staleAnswer {
		w.p.printProgress("The file was saved meanwhile.")
		w.ask(r, r.totals())
		w.replaced = time.Time{}
		return
	}
	w.asking = nil
	if answer := strings.ToLower(strings.TrimSpace(line)); answer != "y" && answer != "yes" {
		w.p.printProgress("Nothing is bought.")
		return
	}
	r.terms.AcceptUnknown, r.terms.Budget = true, 0 // the question has told the price
	if err := w.buy(ctx, r, nil); err != nil {
		w.p.printError(err)
	}
}
