package runner

import (
	"context"

	"tintype/api/job"
)

// Close stops buying, and waits until purchases in flight are answered and written down. If ctx ends first they are cut off, and
// stay unconfirmed. What was requested and not sent yet is written down as stopped. Jobs under way go on at the provider, and are
// resumed at the next start.
func (r *Runner) Close(ctx context.Context) error {
	var failed error
	for _, t := range r.stopWaiting() {
		if _, err := r.writeLine(t, nil); err != nil && failed == nil {
			failed = err
		}
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
	return failed
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
