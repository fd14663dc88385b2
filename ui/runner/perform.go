package runner

import (
	"context"
	"time"

	"tintype/api"
	"tintype/api/job"
	"tintype/ui/runner/queue"
)

// Perform performs a task: it waits until the task is due, writes down what must be, talks to the provider, and writes down the
// outcome. It returns early when ctx ends; a purchase that was sent is then given a moment to be answered.
func (r *Runner) Perform(ctx context.Context, task Task) Result {
	switch task.kind {
	case doStep:
		return r.step(ctx, task)
	case doRecord:
		return r.record(ctx, task)
	case doHandOver:
		return r.handOver(task)
	}
	return Result{Task: task}
}

// recordTries is how often writing a line is tried for a job that has nothing else to do, with growing waits: a few seconds in total. Later
// tries come with RecordUnwritten and Close.
const recordTries = 4

// record writes a job's state to the journal, if that lacks it.
func (r *Runner) record(ctx context.Context, task Task) Result {
	r.mu.Lock()
	t, ok := r.jobs[task.Key]
	needed := ok && t.isUnwritten()
	r.mu.Unlock()
	if !needed {
		return Result{Task: task}
	}
	var err error
	for try := range recordTries {
		if _, err = r.writeLine(t, nil); err == nil || err == errTakenOver || try+1 == recordTries {
			break
		}
		if !r.sleepUntil(ctx, r.now().Add(time.Second<<try)) {
			break
		}
	}
	return Result{Task: task, notice: r.journalNotice(t, err)}
}

// step performs a job's pending command.
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
		if r.awaitDue(ctx, t, step) && r.awaitRetry(ctx, t) {
			event = r.execute(ctx, t, step)
		}
	}
	notice := r.commit(t, event)
	if _, ok := event.(job.NotSaved); ok && r.hasEnded(t) {
		r.history.DiscardDownloads(t.key)
	}
	return Result{Task: task, notice: notice}
}

// hasEnded reports whether a job has ended.
func (r *Runner) hasEnded(t *trackedJob) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return t.job.State.Ended()
}

// begin starts a task, once. It is false if the task was superseded, or was started before.
func (r *Runner) begin(ctx context.Context, task Task) (*trackedJob, job.Step, context.Context, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[task.Key]
	if !ok || !t.hasCommand() || task.Generation != t.job.Generation || t.started >= task.Generation || r.closing {
		return nil, job.Step{}, nil, false
	}
	t.started = task.Generation
	ctx, t.stop = context.WithCancel(ctx)
	select { // a wake-up that was meant for an earlier wait
	case <-t.wakeup:
	default:
	}
	return t, t.job.Step(), ctx, true
}

// finish releases what a performance held. A purchase is in flight until then, because only now its answer is on disk.
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

// claim makes sure that the journal names this program as the driver, and has the job's state, before anything is done about the
// job. A paid job is followed even if the disk cannot be written.
func (r *Runner) claim(t *trackedJob) Notice {
	r.mu.Lock()
	needed := t.dirty || !t.owned
	r.mu.Unlock()
	if !needed {
		return Notice{}
	}
	_, err := r.writeLine(t, nil)
	return r.journalNotice(t, err)
}

// awaitDue waits until a step is due. A wake-up shortens the wait to the earliest moment that the provider's pace allows. It is
// false if ctx ends first.
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

// sleepUntil waits until at. It is false if ctx ends first.
func (r *Runner) sleepUntil(ctx context.Context, at time.Time) bool {
	return queue.Sleep(ctx, at.Sub(r.now()))
}

// execute performs a step that is due, other than a purchase. It is nil if the step was superseded or ctx ended first.
func (r *Runner) execute(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	r.mu.Lock()
	ok := r.markSending(t, step)
	r.mu.Unlock()
	if !ok {
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

// markSending tells the state machine that a request is about to leave. It is false if the step was superseded. mu is held.
func (r *Runner) markSending(t *trackedJob, step job.Step) bool {
	if t.job.Generation != step.Generation || t.takenOver || r.closing {
		return false
	}
	r.apply(t, job.RequestSending{Answer: r.answerTo(step)})
	return true
}

// isInterrupted reports whether an answer says no more than that our own context ended.
func isInterrupted(event job.Event) bool {
	switch event := event.(type) {
	case job.NotPolled:
		return event.Err.Code == api.CodeCanceled
	case job.CancelRefused:
		return event.Err.Code == api.CodeCanceled
	case job.NotSaved:
		return true
	case job.NotFound:
		return true
	}
	return false
}
