package runner

import (
	"context"
	"time"

	"tintype/api/job"
)

const (
	sleepDrift         = 5 * time.Second // more that the wall's clock is ahead of the timers: the machine slept (reliability.md §2.5)
	sleepCheckInterval = time.Second     // between two looks at that
)

// clocks remember how two clocks stood when they were compared last: the one that timers follow, which stands still while the
// machine sleeps on most systems, and the one on the wall. Guarded by the Studio's mu.
type clocks struct{ steady, wall time.Time }

// drift is how far the wall's clock has run ahead of the timers since.
func (c clocks) drift(steady, wall time.Time) time.Duration {
	return wall.Round(0).Sub(c.wall.Round(0)) - steady.Sub(c.steady)
}

// PollNow makes waiting polls and fetches go at once, as far as the provider's pace allows: after a suspend, a focus-in. What
// the provider asked to wait keeps waiting, and of what a host in trouble keeps waiting one goes as a probe. Connections that
// lie idle are dropped: after a suspend they are dead without saying so. If the machine slept, what is left of the pictures'
// hour is reckoned anew.
func (r *Runner) PollNow() {
	go r.client.CloseIdle() // closing is I/O
	now, wall := r.now(), r.wall()
	r.mu.Lock()
	defer r.mu.Unlock()
	slept := r.clocks.drift(now, wall)
	r.clocks = clocks{steady: now, wall: wall}
	for _, t := range r.jobs {
		if slept > sleepDrift && t.hasCommand() {
			r.apply(t, job.ClockJumped{Moment: job.Moment{At: now}, For: slept})
		}
		if t.hasCommand() && t.job.Waiting != job.ProviderAsked && t.job.Pending != job.Create {
			t.wake()
		}
	}
	for _, b := range r.budgets {
		b.hasten(now)
	}
}

func (t *trackedJob) wake() {
	select {
	case t.wakeup <- struct{}{}:
	default:
	}
}

// watchForSleep wakes the jobs when the machine has slept, until ctx ends.
func (r *Runner) watchForSleep(ctx context.Context) {
	for r.sleepUntil(ctx, r.now().Add(sleepCheckInterval)) {
		now, wall := r.now(), r.wall()
		r.mu.Lock()
		slept := r.clocks.drift(now, wall)
		r.mu.Unlock()
		if slept > sleepDrift {
			r.PollNow()
		}
	}
}
