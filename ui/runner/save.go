package runner

import (
	"context"
	"errors"
	"slices"
	"time"

	"tintype/api"
	"tintype/api/job"
	"tintype/history"
	"tintype/history/pictures"
)

// save fetches the pictures that are not on disk yet. They are paid for, and the provider deletes them: nothing optional comes
// before.
func (r *Runner) save(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	r.mu.Lock()
	until, doubted := t.job.ExpiresAt, t.job.ClockSuspect
	f := &fetchRun{Runner: r, w: t, step: step, retry: t.job.Tries > 0}
	r.mu.Unlock()
	if !r.slots.acquire(ctx, r, until) {
		return nil
	}
	defer r.slots.release(r)
	if len(r.outputURLs(t)) == 0 || doubted {
		if event := f.refreshURLs(ctx); event != nil && (len(r.outputURLs(t)) == 0 || event.FetchFailure != job.Retryable) {
			return *event
		}
	}
	err := f.fetchMissing(ctx)
	if isExpired(err) && !f.refreshed {
		if event := f.refreshURLs(ctx); event != nil {
			return *event
		}
		err = f.fetchMissing(ctx)
	}
	switch {
	case isExpired(err) && ctx.Err() == nil: // the provider still names it: it may yet come
		return f.notSaved(err, job.Corrupt)
	case err != nil:
		return f.notSaved(err, fetchFailure(err))
	}
	return job.Saved{Answer: r.answerTo(step)}
}

// fetchRun is one try to bring a job's pictures to the disk.
type fetchRun struct {
	*Runner
	w         *trackedJob
	step      job.Step
	retry     bool      // it was tried before, so each request has its price
	paid      bool      // the first request of a retry was paid for before it began
	refreshed bool      // the provider was asked where the pictures are
	until     time.Time // when it deletes them, as it told now; zero: it did not
}

// mayRequest reports whether a host may be asked now.
func (f *fetchRun) mayRequest(host string) bool {
	if !f.retry || !f.paid {
		f.paid = true
		return true
	}
	return f.spare(host)
}

// errHostInTrouble says that a host which gives trouble has been asked often enough for now.
var errHostInTrouble = &api.Error{Code: api.CodeUnreachable, Detail: "its server gives trouble, and is asked again later"}

func (f *fetchRun) notSaved(err error, loss job.FetchFailure) job.NotSaved {
	return job.NotSaved{Failure: f.failure(f.step, err), FetchFailure: loss, ExpiresAt: f.until}
}

// outputURLs are the outputs as the provider named them last.
func (r *Runner) outputURLs(t *trackedJob) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return t.urls
}

// refreshURLs asks once more where the pictures are, and until when. It is nil when there are some; otherwise it says what that
// means.
func (f *fetchRun) refreshURLs(ctx context.Context) *job.NotSaved {
	no := func(err error, loss job.FetchFailure) *job.NotSaved {
		event := f.notSaved(err, loss)
		return &event
	}
	if !f.mayRequest(f.home()) {
		return no(errHostInTrouble, job.Retryable)
	}
	p, err := f.getPrediction(ctx, f.w)
	switch {
	case err != nil && api.AsError(err).Code == api.CodeNotFound:
		return no(err, job.Deleted)
	case err != nil && api.AsError(err).BadID():
		return no(err, job.NoOutput)
	case err != nil:
		return no(err, job.Retryable)
	case p.DataRemoved:
		return no(nil, job.Deleted)
	case len(p.Output) == 0:
		return no(nil, job.NoOutput)
	}
	f.refreshed, f.until = true, job.ExpiresAt(p, f.now())
	f.mu.Lock()
	defer f.mu.Unlock()
	f.w.urls = p.Output
	f.w.entry = withPrediction(f.w.entry, p)
	return nil
}

// fetchMissing fetches what is missing, and returns the most hopeful error: while one may still come, the job goes on. One bad picture
// does not keep the others away.
func (f *fetchRun) fetchMissing(ctx context.Context) error {
	var hope error
	for i, url := range f.outputURLs(f.w) {
		f.mu.Lock()
		entry := f.w.entry
		f.mu.Unlock()
		if i < len(entry.Outputs) && entry.Outputs[i].Path != "" {
			continue
		}
		if !f.mayRequest(hostIn(url)) {
			hope = errHostInTrouble
			continue
		}
		out, err := f.fetch(ctx, entry, i, url)
		f.recordOutput(f.w, i, out, err)
		if err != nil && (hope == nil || fetchFailure(err) < fetchFailure(hope)) {
			hope = err
		}
	}
	return hope
}

// fetch brings one picture to the disk.
func (r *Runner) fetch(ctx context.Context, e history.Entry, i int, url string) (history.Output, error) {
	part, err := r.history.Download(e, i)
	if err != nil {
		return history.Output{}, err
	}
	defer part.Close()
	_, err = r.client.Download(ctx, url, api.Resume{Offset: part.Offset(), ETag: part.ETag()}, part)
	r.heard(hostIn(url), err)
	if err != nil {
		return history.Output{}, err
	}
	return part.Commit()
}

// recordOutput puts what came of a picture into the entry.
func (r *Runner) recordOutput(t *trackedJob, i int, out history.Output, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	outputs := slices.Clone(t.entry.Outputs)
	for len(outputs) <= i {
		outputs = append(outputs, history.Output{})
	}
	if err != nil {
		out = outputs[i]
		out.Error = err.Error()
	}
	out.URL, out.Star = outputs[i].URL, outputs[i].Star
	t.dirty = t.dirty || out != outputs[i] // the same trouble again is no news
	outputs[i] = out
	t.entry.Outputs = outputs
}

// isExpired reports whether a picture's address no longer gives it.
func isExpired(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && e.Code == api.CodeExpired
}

// fetchFailure says what a failed fetch means. The losses are in the order of hope.
func fetchFailure(err error) job.FetchFailure {
	var e *api.Error
	if !errors.As(err, &e) {
		return diskFailure(err)
	}
	switch e.Code {
	case api.CodeExpired:
		return job.Deleted
	case api.CodeBlocked, api.CodeTooLarge, api.CodeRefused:
		return job.Forbidden
	case api.CodeBadResponse:
		return job.Corrupt
	}
	return job.Retryable
}

// diskFailure tells a download that is no picture from a disk that cannot take it.
func diskFailure(err error) job.FetchFailure {
	var bad *pictures.InvalidError
	if errors.As(err, &bad) {
		return job.Corrupt
	}
	return job.Retryable
}
