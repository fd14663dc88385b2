package runner

import (
	"context"
	"time"

	"tintype/api/job"
)

const (
	sleepDrift         = 5 * time.Second // if the wall clock gains this much on the timers, the machine has slept
	sleepCheckInterval = time.Second
)

// clocks are the readings of two clocks when they were last compared: the one that timers follow, which stops on most systems
// while the machine sleeps, and the wall clock. Guarded by the Runner's mu.
type clocks struct{ steady, wall time.Time }

// drift is how much the wall clock has gained on the timers since.
func (c clocks) drift(steady, wall time.Time) time.Duration {
	return wall.Round(0).Sub(c.wall.Round(0)) - steady.Sub(c.steady)
}

// PollNow sends waiting polls and downloads at once, as far as the provider's pace allows: after a suspend, or when the window gets
// the focus. What the provider asked to wait keeps waiting, and a host in trouble gets one probe. Idle connections are closed:
// after a suspend they are dead without having been reset. If the machine slept, the time until the pictures expire is computed
// again.
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
	r.retries.Hasten()
}

// watchForSleep polls when the machine has slept, until ctx ends.
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
