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
func (r *Runner) turn(ctx context.Context) bool {
	r.mu.Lock()
	at := r.pacer.reserve(r.now())
	r.mu.Unlock()
	return r.sleepUntil(ctx, at)
}

// getPrediction gets a prediction as it stands: in its turn, and no sooner after the last time than the provider's pace allows.
func (r *Runner) getPrediction(ctx context.Context, t *trackedJob) (api.Prediction, error) {
	r.mu.Lock()
	id, soonest := t.job.ID, t.lastGet.Add(r.client.Provider().MinPollInterval)
	r.mu.Unlock()
	if !r.sleepUntil(ctx, soonest) || !r.turn(ctx) {
		return api.Prediction{}, ctx.Err()
	}
	r.mu.Lock()
	t.lastGet = r.now()
	r.mu.Unlock()
	p, err := r.client.Get(ctx, id)
	r.heard(r.home(), err)
	return p, err
}

// poll asks how a prediction stands.
func (r *Runner) poll(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	r.loadPace(t)
	p, err := r.getPrediction(ctx, t)
	if err != nil {
		return job.NotPolled{Failure: r.failure(step, err)}
	}
	return job.Polled{Answer: r.answerTo(step), Prediction: p}
}

// sleepUntil waits until at; false when ctx ends first.
func (r *Runner) sleepUntil(ctx context.Context, at time.Time) bool {
	d := at.Sub(r.now())
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
func (r *Runner) cancel(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	r.mu.Lock()
	id := t.job.ID
	r.mu.Unlock()
	p, err := r.client.Cancel(ctx, id)
	r.heard(r.home(), err)
	if err != nil {
		return job.CancelRefused{Failure: r.failure(step, err)}
	}
	return job.CancelAccepted{Answer: r.answerTo(step), Prediction: p}
}

// forgetPace lets the model's pace be learned anew from a job that is done, and on disk.
func (r *Runner) forgetPace(t *trackedJob) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t.job.State == job.Done {
		delete(r.paces, t.entry.Model)
	}
}
