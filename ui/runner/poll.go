package runner

import (
	"context"

	"tintype/api"
	"tintype/api/job"
)

// poll asks for a prediction's state.
func (r *Runner) poll(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	r.loadDurations(t)
	p, err := r.getPrediction(ctx, t)
	if err != nil {
		return job.NotPolled{Failure: r.failure(step, err)}
	}
	if why := logReason(p.Logs); p.Status == api.Succeeded && len(p.Output) == 0 && p.Error == "" && filterWords().MatchString(why) {
		p.Error = why // so that it is not waited for pictures as if they were late
	}
	return job.Polled{Answer: r.answerTo(step), Prediction: p}
}

// getPrediction gets a job's prediction: in its turn, and no sooner after the last time than the provider's pace allows.
func (r *Runner) getPrediction(ctx context.Context, t *trackedJob) (api.Prediction, error) {
	r.mu.Lock()
	id, soonest := t.job.ID, t.lastGet.Add(r.client.Provider().MinPollInterval)
	r.mu.Unlock()
	if !r.sleepUntil(ctx, soonest) || !r.gets.Acquire(ctx) {
		return api.Prediction{}, ctx.Err()
	}
	r.mu.Lock()
	t.lastGet = r.now()
	r.mu.Unlock()
	p, err := r.client.Get(ctx, id)
	r.retries.Record(r.apiHost(), err)
	return p, err
}

// cancel asks the provider to end a prediction.
func (r *Runner) cancel(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	r.mu.Lock()
	id := t.job.ID
	r.mu.Unlock()
	p, err := r.client.Cancel(ctx, id)
	r.retries.Record(r.apiHost(), err)
	if err != nil {
		return job.CancelRefused{Failure: r.failure(step, err)}
	}
	return job.CancelAccepted{Answer: r.answerTo(step), Prediction: p}
}
