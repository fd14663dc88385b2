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
func (s *Runner) Perform(ctx context.Context, t Task) Result {
	switch t.do {
	case doStep:
		return s.step(ctx, t)
	case doRecord:
		return s.record(t)
	case doHandOver:
		return s.handOver(t)
	}
	return Result{Task: t}
}

// record writes down how a job stands.
func (s *Runner) record(t Task) Result {
	s.mu.Lock()
	w, ok := s.works[t.Key]
	stale := !ok || !w.unwritten()
	s.mu.Unlock()
	if stale {
		return Result{Task: t}
	}
	return Result{Task: t, told: s.failedLine(s.write(w, nil))}
}

// failedLine tells of a line that could not be written; nothing when it could.
func (s *Runner) failedLine(err error) Notice {
	if err == nil {
		return Notice{}
	}
	told := s.news(JournalFailed)
	if errors.Is(err, errTaken) {
		told.Kind = OwnedElsewhere
	}
	told.Detail = err.Error()
	return told
}

// step performs a job's command outstanding.
func (s *Runner) step(ctx context.Context, t Task) Result {
	w, step, ctx, ok := s.begin(ctx, t)
	if !ok {
		return Result{Task: t}
	}
	defer s.finish(w, t)
	var event job.Event
	switch step.Command {
	case job.Create:
		event = s.create(ctx, w, step)
	default:
		if told := s.claim(w); told.Kind == OwnedElsewhere {
			return Result{Task: t, told: told}
		}
		if s.wait(ctx, w, step) && s.afford(ctx, w) {
			event = s.answer(ctx, w, step)
		}
	}
	return Result{Task: t, told: s.take(w, event)}
}

// begin takes a task on, once; it fails when the task was superseded, or has been taken on before.
func (s *Runner) begin(ctx context.Context, t Task) (*work, job.Step, context.Context, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, ok := s.works[t.Key]
	if !ok || !w.alive() || t.Generation != w.job.Generation || w.begun >= t.Generation || s.closing {
		return nil, job.Step{}, nil, false
	}
	w.begun = t.Generation
	ctx, w.stop = context.WithCancel(ctx)
	select { // a hurry meant for an earlier wait
	case <-w.hurry:
	default:
	}
	return w, w.job.Step(), ctx, true
}

// finish lets go of what a performance held. A purchase has landed only now that its answer is on disk.
func (s *Runner) finish(w *work, t Task) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if w.flying == t.Generation {
		w.flying = 0
		s.flying.Done()
	}
	if w.begun == t.Generation && w.stop != nil {
		w.stop()
		w.stop = nil
	}
}

// claim makes sure that the journal names this program as the driver, and knows the job as it stands, before anything is done
// about it. A disk that cannot be written does not stop a paid job from being followed.
func (s *Runner) claim(w *work) Notice {
	s.mu.Lock()
	needed := w.dirty || !w.owned
	s.mu.Unlock()
	if !needed {
		return Notice{}
	}
	return s.failedLine(s.write(w, nil))
}

// wait sleeps until a step is due; a hurry shortens it to the earliest moment that the pace allows. It is false when ctx ends.
func (s *Runner) wait(ctx context.Context, w *work, step job.Step) bool {
	due := step.At
	for {
		d := due.Sub(s.now())
		if d <= 0 {
			return ctx.Err() == nil
		}
		timer := time.NewTimer(d)
		select {
		case <-ctx.Done():
			timer.Stop()
			return false
		case <-w.hurry:
			timer.Stop()
			due = step.Earliest
		case <-timer.C:
		}
	}
}

// answer performs a step that is due, other than a purchase. It is nil when the step was superseded, or ctx ended first.
func (s *Runner) answer(ctx context.Context, w *work, step job.Step) job.Event {
	s.mu.Lock()
	goes := s.depart(w, step)
	s.mu.Unlock()
	if !goes {
		return nil
	}
	var event job.Event
	switch step.Command {
	case job.Poll:
		event = s.poll(ctx, w, step)
	case job.Cancel:
		event = s.cancel(ctx, w, step)
	case job.Save:
		event = s.save(ctx, w, step)
	case job.Find:
		event = s.find(ctx, w, step)
	}
	if ctx.Err() != nil && interrupted(event) {
		return nil
	}
	return event
}

// depart tells the machine that a request is about to leave; false when the step has been superseded. mu is held.
func (s *Runner) depart(w *work, step job.Step) bool {
	if w.job.Generation != step.Generation || w.left || s.closing {
		return false
	}
	s.applyEvent(w, job.RequestSending{Answer: s.at(step)})
	return true
}

// interrupted reports whether an answer only says that our own context ended.
func interrupted(e job.Event) bool {
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

// names reports whether an answer brings a job its id.
func names(event job.Event) bool {
	switch event.(type) {
	case job.Created, job.Found:
		return true
	}
	return false
}

// take makes an answer true and writes down what must be. An id goes to disk before anything else happens with it.
func (s *Runner) take(w *work, event job.Event) Notice {
	if event == nil {
		return Notice{}
	}
	first := names(event)
	var failed error
	if first {
		failed = s.write(w, event)
	}
	if found, ok := event.(job.Found); ok && (failed == errKnown || failed == errTwin) {
		event, first, failed = s.missed(found, failed), false, nil
	}
	s.mu.Lock()
	before := w.job
	s.applyEvent(w, event)
	told := s.tell(w, before, event)
	if first && failed == nil {
		w.dirty = false
	}
	write := w.unwritten() && !first && before.Generation != w.job.Generation
	s.mu.Unlock()
	if write {
		failed = s.write(w, nil)
	}
	s.taught(w)
	if failed != nil && told.Kind == NoNotice {
		return s.failedLine(failed)
	}
	return told
}
