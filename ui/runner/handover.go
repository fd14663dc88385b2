package runner

import (
	"tintype/api/job"
	"tintype/history"
)

// handOver cancels a job that is not tracked here: it asks the program that drives it through the journal, or resumes and cancels
// the job if no program drives it.
func (r *Runner) handOver(task Task) Result {
	e, err := r.history.Get(task.Key)
	switch {
	case err != nil:
		notice := r.newNotice(AlreadyEnded)
		notice.Detail = err.Error()
		return Result{Task: task, notice: notice}
	case e.State.Ended():
		return Result{Task: task, notice: r.newNotice(AlreadyEnded), entry: e}
	case r.isDrivenElsewhere(e):
		return r.requestCancel(task, e)
	case !r.isOurs(e):
		return Result{Task: task, notice: r.otherProvider(e), entry: e}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	t := r.resume(e)
	notice := r.apply(t, job.CancelRequested{Moment: r.moment()}) // Apply hands the command out
	return Result{Task: task, notice: notice}
}

// requestCancel writes the request into the journal, where the driver finds it.
func (r *Runner) requestCancel(task Task, e history.Entry) Result {
	line, err := r.append(e.Key, func(latest history.Entry) history.Entry {
		if !latest.State.Ended() {
			latest.Requested = requestedCancel
		}
		return latest
	})
	if err != nil {
		return Result{Task: task, notice: r.journalNotice(nil, err), entry: e}
	}
	return Result{Task: task, notice: r.newNotice(HandedOver), entry: line}
}
