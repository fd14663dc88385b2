package runner

import (
	"context"
	"time"

	"tintype/api/job"
)

const (
	sleepDrift = 5 * time.Second // more that the wall's clock is ahead of the timers: the machine slept (reliability.md §2.5)
	wakeLook   = time.Second     // between two looks at that
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
func (s *Runner) PollNow() {
	go s.client.CloseIdle() // closing is I/O
	now, wall := s.now(), s.wall()
	s.mu.Lock()
	defer s.mu.Unlock()
	slept := s.clocks.drift(now, wall)
	s.clocks = clocks{steady: now, wall: wall}
	for _, w := range s.works {
		if slept > sleepDrift && w.alive() {
			s.applyEvent(w, job.ClockJumped{Moment: job.Moment{At: now}, For: slept})
		}
		if w.alive() && w.job.Waiting != job.ProviderAsked && w.job.Pending != job.Create {
			w.poke()
		}
	}
	for _, b := range s.budgets {
		b.hasten(now)
	}
}

func (w *work) poke() {
	select {
	case w.hurry <- struct{}{}:
	default:
	}
}

// attend wakes the jobs when the machine has slept, until ctx ends.
func (s *Runner) attend(ctx context.Context) {
	for s.sleep(ctx, s.now().Add(wakeLook)) {
		now, wall := s.now(), s.wall()
		s.mu.Lock()
		slept := s.clocks.drift(now, wall)
		s.mu.Unlock()
		if slept > sleepDrift {
			s.PollNow()
		}
	}
}
