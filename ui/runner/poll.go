package runner

import (
	"context"
	"time"

	"tintype/api"
	"tintype/api/job"
)

// getSpace is the least time between two GETs to the API, of all jobs together: ten a second, of Replicate's fifty.
const getSpace = 100 * time.Millisecond

// pacer spaces the GETs of all jobs. It is guarded by the Studio's mu.
type pacer struct{ next time.Time }

// reserve takes the next free moment.
func (p *pacer) reserve(now time.Time) time.Time {
	at := now
	if p.next.After(now) {
		at = p.next
	}
	p.next = at.Add(getSpace)
	return at
}

// turn waits until the next GET may leave; false when ctx ends first.
func (s *Runner) turn(ctx context.Context) bool {
	s.mu.Lock()
	at := s.pacer.reserve(s.now())
	s.mu.Unlock()
	return s.sleep(ctx, at)
}

// ask gets a prediction as it stands: in its turn, and no sooner after the last time than the provider's pace allows.
func (s *Runner) ask(ctx context.Context, w *work) (api.Prediction, error) {
	s.mu.Lock()
	id, soonest := w.job.ID, w.asked.Add(s.client.Provider().MinPollInterval)
	s.mu.Unlock()
	if !s.sleep(ctx, soonest) || !s.turn(ctx) {
		return api.Prediction{}, ctx.Err()
	}
	s.mu.Lock()
	w.asked = s.now()
	s.mu.Unlock()
	p, err := s.client.Get(ctx, id)
	s.heard(s.home(), err)
	return p, err
}

// poll asks how a prediction stands.
func (s *Runner) poll(ctx context.Context, w *work, step job.Step) job.Event {
	s.teach(w)
	p, err := s.ask(ctx, w)
	if err != nil {
		return job.NotPolled{Failure: s.mishap(step, err)}
	}
	return job.Polled{Answer: s.at(step), Prediction: p}
}

// sleep waits until at; false when ctx ends first.
func (s *Runner) sleep(ctx context.Context, at time.Time) bool {
	d := at.Sub(s.now())
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// cancel asks the provider to end a prediction.
func (s *Runner) cancel(ctx context.Context, w *work, step job.Step) job.Event {
	s.mu.Lock()
	id := w.job.ID
	s.mu.Unlock()
	p, err := s.client.Cancel(ctx, id)
	s.heard(s.home(), err)
	if err != nil {
		return job.CancelRefused{Failure: s.mishap(step, err)}
	}
	return job.CancelAccepted{Answer: s.at(step), Prediction: p}
}

// taught lets the model's pace be learned anew from a job that is done, and on disk.
func (s *Runner) taught(w *work) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if w.job.State == job.Done {
		delete(s.paces, w.entry.Model)
	}
}
