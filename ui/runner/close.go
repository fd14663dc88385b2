package runner

import (
	"context"

	"tintype/api/job"
)

// Close stops buying, and waits until purchases in flight are answered and written down. If ctx ends first they are cut off, and stay
// unconfirmed. What was requested and not sent yet is written down as stopped. Running jobs go on at the provider, and are resumed at the
// next start. An error means that a line is still not written; WithoutID then returns the purchases that must not get lost.
func (r *Runner) Close(ctx context.Context) error {
	for _, t := range r.stopWaiting() {
		_, _ = r.writeLine(t, nil) // tried again below
	}
	landed := make(chan struct{})
	go func() {
		r.inFlight.Wait()
		close(landed)
	}()
	select {
	case <-landed:
	case <-ctx.Done():
		r.cutOff()
		<-landed
	}
	r.cutOff()
	var failed error
	for _, t := range r.unwritten() {
		if _, err := r.writeLine(t, nil); err != nil && err != errTakenOver && failed == nil {
			failed = err
		}
	}
	return failed
}

// unwritten returns the jobs about which the journal lacks a line.
func (r *Runner) unwritten() []*trackedJob {
	r.mu.Lock()
	defer r.mu.Unlock()
	var jobs []*trackedJob
	for _, t := range r.jobs {
		if t.isUnwritten() {
			jobs = append(jobs, t)
		}
	}
	return jobs
}

// stopWaiting ends everything that waits, and returns the jobs that have to be written down.
func (r *Runner) stopWaiting() []*trackedJob {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closing = true
	var pending []*trackedJob
	for _, t := range r.jobs {
		if t.takenOver {
			continue
		}
		inFlight := t.job.State == job.Creating && t.job.RequestSent
		if t.job.State == job.Creating && !t.job.RequestSent {
			r.apply(t, job.CancelRequested{Moment: r.moment()})
		}
		if t.stop != nil && !inFlight {
			t.stop()
		}
		if t.isUnwritten() && !inFlight {
			pending = append(pending, t)
		}
	}
	return pending
}
