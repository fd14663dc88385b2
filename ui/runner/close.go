package runner

import (
	"context"

	"tintype/api/job"
)

// Close stops buying, and waits until purchases in flight are answered and written down, or ctx ends: then they are cut off
// and stand as unconfirmed. What was asked for and has not left is written down as stopped. Jobs under way go on at the
// provider, and are followed again at the next start.
func (s *Runner) Close(ctx context.Context) error {
	pending := s.shut()
	var failed error
	for _, w := range pending {
		if err := s.write(w, nil); err != nil && failed == nil {
			failed = err
		}
	}
	landed := make(chan struct{})
	go func() {
		s.flying.Wait()
		close(landed)
	}()
	select {
	case <-landed:
	case <-ctx.Done():
		s.cut()
		<-landed
	}
	s.cut()
	return failed
}

// shut ends all that waits, and returns the jobs that have to be written down.
func (s *Runner) shut() []*work {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = true
	var pending []*work
	for _, w := range s.works {
		if w.left {
			continue
		}
		flying := w.job.State == job.Creating && w.job.RequestSent
		if w.job.State == job.Creating && !w.job.RequestSent {
			s.applyEvent(w, job.CancelRequested{Moment: s.moment()})
		}
		if w.stop != nil && !flying {
			w.stop()
		}
		if w.unwritten() && !flying {
			pending = append(pending, w)
		}
	}
	return pending
}
