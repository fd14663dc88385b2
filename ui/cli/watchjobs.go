package cli

import (
	"context"
	"fmt"
	"slices"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/picture"
	"tintype/ui/plan"
)

// buy begins to buy a plan. It first follows what an earlier run left unfinished.
func (w *watchRun) buy(ctx context.Context, r *planRun, unfinished []history.Entry) error {
	if err := w.lab.Save(r.plan); err != nil {
		return err
	}
	w.unsent = 0
	r.jobs = newPlanJobs(w.printer, w.events)
	w.runs = append(w.runs, r)
	r.resume(ctx, unfinished)
	w.advance(ctx, r)
	w.dropEnded()
	return nil
}

// advance submits as many cells of a plan as may run, once it is known what an earlier run has bought.
func (w *watchRun) advance(ctx context.Context, r *planRun) {
	if r.jobs.buyer == nil {
		if ending, _ := r.jobs.undecided(); ending {
			return
		}
		r.forgetEnded()
		if err := r.refresh(); err != nil {
			w.p.printError(err)
		}
		r.jobs.buyer = r.newBuyer()
		if r != w.runs[len(w.runs)-1] || ctx.Err() != nil {
			r.jobs.buyer.Stop()
		}
	}
	if ctx.Err() == nil {
		r.submit(ctx)
	}
}

// onEvent takes what happens to a job, and prints its pictures when they are here.
func (w *watchRun) onEvent(ctx context.Context, e planEvent) {
	e.of.onEvent(e)
	if e.ended && e.change.Row.Key != "" {
		w.onEnded(ctx, e.change.Row.Entry)
	}
	w.advance(ctx, e.of)
	if e.of.jobs.isIdle() && ctx.Err() == nil {
		w.printEnd(e.of)
	}
	w.dropEnded()
}

// onEnded prints the pictures of a job that has ended.
func (w *watchRun) onEnded(ctx context.Context, e history.Entry) {
	if e.State != history.Done {
		return
	}
	w.made++
	w.draw(ctx, localPictures(w.s.history, e))
	if !w.p.json {
		w.p.printPicturePaths(w.s, e)
	}
}

// printEnd says how a plan ended.
func (w *watchRun) printEnd(r *planRun) {
	made, _, _ := r.counts()
	why := r.jobs.buyer.Why()
	if why != "" {
		w.p.printProgress(why)
	} else {
		w.p.printProgress(fmt.Sprintf("%s of %s made.", format.Count(made), format.Count(len(r.jobEntries()))))
	}
	if !w.p.json {
		return
	}
	if err := r.refresh(); err != nil {
		w.p.printError(err)
		return
	}
	if err := r.printPlan(why); err != nil {
		w.p.printError(err)
	}
}

// dropEnded forgets plans of which nothing runs any more.
func (w *watchRun) dropEnded() {
	w.runs = slices.DeleteFunc(w.runs, func(r *planRun) bool { return r.jobs.isIdle() })
}

// follows reports whether this command follows a prediction.
func (w *watchRun) follows(key string) bool {
	return slices.ContainsFunc(w.runs, func(r *planRun) bool { _, ok := r.jobs.entries[key]; return ok })
}

// picturesOf returns the paths of the pictures of a plan that are here, if they are drawn.
func (w *watchRun) picturesOf(p *plan.Plan) (paths []string) {
	if w.terminal == nil {
		return nil
	}
	entries := entriesOf(p, w.s.history)
	for i := range p.Cells {
		if e, ok := entries[p.Cells[i].NewestKey()]; ok {
			paths = append(paths, localPictures(w.s.history, e)...)
		}
	}
	return paths
}

// draw draws pictures in the terminal, if it was asked for.
func (w *watchRun) draw(ctx context.Context, paths []string) {
	if w.terminal == nil || len(paths) == 0 || ctx.Err() != nil {
		return
	}
	if _, err := w.p.printPictures(ctx, asFiles(paths), picture.Cells{}, *w.terminal); err != nil {
		w.p.printError(err)
	}
}
