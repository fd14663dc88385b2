package runner

import (
	"context"
	"errors"
	"time"

	"tintype/api"
	"tintype/api/job"
)

// Perform does a task: it waits for its time, writes down what must be, talks to the provider, and writes down what came of
// it. It returns early when ctx ends; a purchase that has left is then given a moment to be answered.
func (r *Runner) Perform(ctx context.Context, task Task) Result {
	switch task.kind {
	case doStep:
		return r.step(ctx, task)
	case doRecord:
		return r.record(task)
	case doHandOver:
		return r.handOver(task)
	}
	return Result{Task: task}
}

// record writes down how a job stands.
func (r *Runner) record(task Task) Result {
	r.mu.Lock()
	t, ok := r.jobs[task.Key]
	stale := !ok || !t.isUnwritten()
	r.mu.Unlock()
	if stale {
		return Result{Task: task}
	}
	return Result{Task: task, notice: r.journalNotice(r.write(t, nil))}
}

// journalNotice tells of a line that could not be written; nothing when it could.
func (r *Runner) journalNotice(err error) Notice {
	if err == nil {
		return Notice{}
	}
	notice := r.newNotice(JournalFailed)
	if errors.Is(err, errTakenOver) {
		notice.Kind = OwnedElsewhere
	}
	notice.Detail = err.Error()
	return notice
}

// step performs a job's command outstanding.
func (r *Runner) step(ctx context.Context, task Task) Result {
	t, step, ctx, ok := r.begin(ctx, task)
	if !ok {
		return Result{Task: task}
	}
	defer r.finish(t, task)
	var event job.Event
	switch step.Command {
	case job.Create:
		event = r.create(ctx, t, step)
	default:
		if notice := r.claim(t); notice.Kind == OwnedElsewhere {
			return Result{Task: task, notice: notice}
		}
		if r.awaitDue(ctx, t, step) && r.afford(ctx, t) {
			event = r.execute(ctx, t, step)
		}
	}
	return Result{Task: task, notice: r.commit(t, event)}
}

// begin takes a task on, once; it fails when the task was superseded, or has been taken on before.
func (r *Runner) begin(ctx context.Context, task Task) (*trackedJob, job.Step, context.Context, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[task.Key]
	if !ok || !t.hasCommand() || task.Generation != t.job.Generation || t.started >= task.Generation || r.closing {
		return nil, job.Step{}, nil, false
	}
	t.started = task.Generation
	ctx, t.stop = context.WithCancel(ctx)
	select { // a hurry meant for an earlier wait
	case <-t.wakeup:
	default:
	}
	return t, t.job.Step(), ctx, true
}

// finish lets go of what a performance held. A purchase has landed only now that its answer is on disk.
func (r *Runner) finish(t *trackedJob, task Task) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t.inFlight == task.Generation {
		t.inFlight = 0
		r.inFlight.Done()
	}
	if t.started == task.Generation && t.stop != nil {
		t.stop()
		t.stop = nil
	}
}

// claim makes sure that the journal names this program as the driver, and knows the job as it stands, before anything is done
// about it. A disk that cannot be written does not stop a paid job from being followed.
func (r *Runner) claim(t *trackedJob) Notice {
	r.mu.Lock()
	needed := t.dirty || !t.owned
	r.mu.Unlock()
	if !needed {
		return Notice{}
	}
	return r.journalNotice(r.write(t, nil))
}

// awaitDue sleeps until a step is due; a hurry shortens it to the earliest moment that the pace allows. It is false when ctx ends.
func (r *Runner) awaitDue(ctx context.Context, t *trackedJob, step job.Step) bool {
	due := step.At
	for {
		d := due.Sub(r.now())
		if d <= 0 {
			return ctx.Err() == nil
		}
		timer := time.NewTimer(d)
		select {
		case <-ctx.Done():
			timer.Stop()
			return false
		case <-t.wakeup:
			timer.Stop()
			due = step.Earliest
		case <-timer.C:
		}
	}
}

// execute performs a step that is due, other than a purchase. It is nil when the step was superseded, or ctx ended first.
func (r *Runner) execute(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	r.mu.Lock()
	goes := r.markSending(t, step)
	r.mu.Unlock()
	if !goes {
		return nil
	}
	var event job.Event
	switch step.Command {
	case job.Poll:
		event = r.poll(ctx, t, step)
	case job.Cancel:
		event = r.cancel(ctx, t, step)
	case job.Save:
		event = r.save(ctx, t, step)
	case job.Find:
		event = r.find(ctx, t, step)
	}
	if ctx.Err() != nil && isInterrupted(event) {
		return nil
	}
	return event
}

// markSending tells the machine that a request is about to leave; false when the step has been superseded. mu is held.
func (r *Runner) markSending(t *trackedJob, step job.Step) bool {
	if t.job.Generation != step.Generation || t.takenOver || r.closing {
		return false
	}
	r.apply(t, job.RequestSending{Answer: r.answerTo(step)})
	return true
}

// isInterrupted reports whether an answer only says that our own context ended.
func isInterrupted(e job.Event) bool {
	switch e := e.(type) {
	case job.NotPolled:
		return e.Err.Code == api.CodeCanceled
	case job.CancelRefused:
		return e.Err.Code == api.CodeCanceled
	case job.NotSaved:
		return true
	case job.NotFound:
		return true
	}
	return false
}

// bringsID reports whether an answer brings a job its id.
func bringsID(event job.Event) bool {
	switch event.(type) {
	case job.Created, job.Found:
		return true
	}
	return false
}

// commit makes an answer true and writes down what must be. An id goes to disk before anything else happens with it.
func (r *Runner) commit(t *trackedJob, event job.Event) Notice {
	if event == nil {
		return Notice{}
	}
	first := bringsID(event)
	var failed error
	if first {
		failed = r.write(t, event)
	}
	if found, ok := event.(job.Found); ok && (failed == errIDKnown || failed == errTwinPending) {
		event, first, failed = r.notFound(found, failed), false, nil
	}
	r.mu.Lock()
	before := t.job
	r.apply(t, event)
	notice := r.noticeFor(t, before, event)
	if first && failed == nil {
		t.dirty = false
	}
	write := t.isUnwritten() && !first && before.Generation != t.job.Generation
	r.mu.Unlock()
	if write {
		failed = r.write(t, nil)
	}
	r.forgetPace(t)
	if failed != nil && notice.Kind == NoNotice {
		return r.journalNotice(failed)
	}
	return notice
}
