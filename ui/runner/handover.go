package runner

import (
	"tintype/api/job"
	"tintype/history"
)

// handOver cancels a job that this studio does not know: it asks the program that drives it through the journal, or takes the
// job up where nobody drives it.
func (r *Runner) handOver(task Task) Result {
	e, err := r.history.Get(task.Key)
	switch {
	case err != nil:
		notice := r.newNotice(AlreadyEnded)
		notice.Detail = err.Error()
		return Result{Task: task, notice: notice}
	case e.State.Ended():
		return Result{Task: task, notice: r.newNotice(AlreadyEnded), entry: e}
	case r.drivenElsewhere(e):
		return r.requestCancel(task, e)
	case !r.isOurs(e):
		notice := r.newNotice(OtherProvider)
		notice.Detail = e.BaseURL
		return Result{Task: task, notice: notice, entry: e}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	t := r.resume(e)
	before := t.job
	cancel := job.CancelRequested{Moment: r.moment()}
	r.apply(t, cancel) // Advance hands the command out
	return Result{Task: task, notice: r.noticeFor(t, before, cancel)}
}

// requestCancel writes the wish into the journal. The driver finds it there.
func (r *Runner) requestCancel(task Task, e history.Entry) Result {
	out, err := r.append(e.Key, func(latest history.Entry) history.Entry {
		if !latest.State.Ended() {
			latest.Requested = requestedCancel
		}
		return latest
	})
	if err != nil {
		return Result{Task: task, notice: r.journalNotice(err), entry: e}
	}
	return Result{Task: task, notice: r.newNotice(HandedOver), entry: out}
}
