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

// save fetches the pictures that are not on disk yet. They are paid for, and the provider deletes them soon.
func (r *Runner) save(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	r.mu.Lock()
	deadline, doubtful := t.deletedAt(), t.job.ClockSuspect
	f := &fetchRun{Runner: r, t: t, step: step, retry: t.job.Tries > 0}
	r.mu.Unlock()
	if !r.fetches.Acquire(ctx, deadline) {
		return nil
	}
	defer r.fetches.Release()
	if len(r.outputURLs(t)) == 0 || doubtful {
		if event := f.refreshURLs(ctx); event != nil && (len(r.outputURLs(t)) == 0 || event.FetchFailure == job.Deleted) {
			return *event
		}
	}
	err := f.fetchMissing(ctx)
	if isRefused(err) && !f.refreshed && ctx.Err() == nil {
		before := r.outputURLs(t)
		if event := f.refreshURLs(ctx); event != nil && event.FetchFailure == job.Deleted {
			return *event
		}
		if !slices.Equal(before, r.outputURLs(t)) { // the provider has new addresses for them
			err = f.fetchMissing(ctx)
		}
	}
	if err != nil {
		return f.notSaved(err, fetchFailure(err))
	}
	return job.Saved{Answer: r.answerTo(step)}
}

// fetchRun is one try to download a job's pictures.
type fetchRun struct {
	*Runner
	t         *trackedJob
	step      job.Step
	retry     bool      // an earlier try failed, so each request costs a retry
	paid      bool      // the retry for the first request was taken before this try began
	refreshed bool      // the provider was asked for the URLs
	expiresAt time.Time // when it deletes the pictures, by its answer; zero if it was not asked
}

// mayRequest reports whether a host may be asked now, and takes a retry from its budget.
func (f *fetchRun) mayRequest(host string) bool {
	if !f.retry || !f.paid {
		f.paid = true
		return true
	}
	return f.retries.TryAcquire(host)
}

// errHostInTrouble means that a failing host was asked often enough for now.
var errHostInTrouble = &api.Error{Code: api.CodeUnreachable, Detail: "its server gives trouble, and is asked again later"}

func (f *fetchRun) notSaved(err error, failure job.FetchFailure) job.NotSaved {
	return job.NotSaved{Failure: f.failure(f.step, err), FetchFailure: failure, ExpiresAt: f.expiresAt}
}

// outputURLs are the outputs as the provider last named them.
func (r *Runner) outputURLs(t *trackedJob) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return t.urls
}

// refreshURLs asks the provider where the pictures are now, and until when. It is nil if there are some; otherwise it is the event
// to return.
func (f *fetchRun) refreshURLs(ctx context.Context) *job.NotSaved {
	no := func(err error, failure job.FetchFailure) *job.NotSaved {
		event := f.notSaved(err, failure)
		return &event
	}
	f.mu.Lock()
	id, known := f.t.job.ID, len(f.t.urls)
	f.mu.Unlock()
	switch {
	case id == "" && known > 0: // without an id the provider cannot be asked again
		return nil
	case id == "":
		return no(nil, job.NoOutput)
	case !f.mayRequest(f.apiHost()):
		return no(errHostInTrouble, job.Retryable)
	}
	p, err := f.getPrediction(ctx, f.t)
	switch {
	case err != nil:
		return no(err, job.Retryable)
	case p.DataRemoved:
		return f.removed(p, known)
	case len(p.Output) == 0:
		if why := providerReason(p); why != "" {
			return no(&api.Error{Code: api.CodeOther, Detail: why}, job.NoOutput)
		}
		return no(nil, job.NoOutput)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.refreshed, f.expiresAt = true, job.ExpiresAt(p, f.t.job.Since, f.t.job.EndSeen, f.now())
	f.t.setOutputs(p)
	f.t.entry = withPrediction(f.t.entry, p)
	return nil
}

// removed is the event for a provider that says it has removed the pictures. That ends the tries only if no address is known,
// or the time of the pictures is over: a known address may answer all the same.
func (f *fetchRun) removed(p api.Prediction, known int) *job.NotSaved {
	f.mu.Lock()
	defer f.mu.Unlock()
	expires := f.t.job.ExpiresAt
	if !p.CompletedAt.IsZero() {
		expires = job.ExpiresAt(p, f.t.job.Since, f.t.job.EndSeen, f.now())
		f.expiresAt = expires
	}
	event := f.notSaved(nil, job.Deleted)
	if known > 0 && f.now().Before(expires) {
		event.FetchFailure = job.Retryable
	}
	return &event
}

// fetchMissing downloads what is missing, and returns the error that is most likely to pass: as long as one picture may still
// come, the job goes on. A bad picture does not keep the others from being fetched.
func (f *fetchRun) fetchMissing(ctx context.Context) error {
	var best error
	for i, url := range f.outputURLs(f.t) {
		f.mu.Lock()
		entry := f.t.entry
		f.mu.Unlock()
		if url == "" || i < len(entry.Outputs) && entry.Outputs[i].Path != "" {
			continue
		}
		if !f.mayRequest(f.pictureHost(url)) {
			best = errHostInTrouble
			continue
		}
		out, err := f.fetch(ctx, f.t, entry, i, url)
		f.recordOutput(f.t, i, out, err)
		if err != nil && (best == nil || fetchFailure(err) < fetchFailure(best)) {
			best = err
		}
	}
	return best
}

// fetch downloads one picture to the disk.
func (r *Runner) fetch(ctx context.Context, t *trackedJob, e history.Entry, i int, url string) (history.Output, error) {
	part, err := r.history.Download(e, i)
	if err != nil {
		return history.Output{}, err
	}
	defer part.Close()
	r.mu.Lock()
	inline := t.inline
	r.mu.Unlock()
	if inline.Has(url) {
		err = r.copyInline(t, inline, url, part)
	} else {
		_, err = r.client.Download(ctx, url, api.Resume{Offset: part.Offset(), ETag: part.ETag()}, part)
		r.retries.Record(r.pictureHost(url), err)
	}
	if err != nil {
		return history.Output{}, err
	}
	return part.Commit()
}

// copyInline writes a picture that came in the answer. If it was not kept, the next try asks the provider again.
func (r *Runner) copyInline(t *trackedJob, inline *api.Inline, url string, part *history.PartialFile) error {
	if part.Offset() > 0 {
		if err := part.Restart(); err != nil {
			return err
		}
	}
	_, err := r.client.DownloadInline(inline, url, part)
	if err != nil && api.AsError(err).Code == api.CodeClient {
		r.mu.Lock()
		defer r.mu.Unlock()
		if t.job.ID != "" {
			t.setOutputs(api.Prediction{})
		}
	}
	return err
}

// recordOutput sets the outcome of a download in the entry.
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
	t.dirty = t.dirty || out != outputs[i] // the same error again needs no line
	outputs[i] = out
	t.entry.Outputs = outputs
	if err == nil && i < len(t.urls) && api.IsDataURL(t.urls[i]) {
		t.urls[i] = "" // it may be megabytes, and is on disk now
	}
}

// inlineLimit is the most memory for pictures in data: URIs, for all jobs that wait for their turn to save them, in bytes.
const inlineLimit = 48 << 20

// limitInline drops a job's pictures in data: URIs if all jobs together have too many: save asks the provider again when it is the job's
// turn. mu is held.
func (r *Runner) limitInline(t *trackedJob) {
	if t.entry.ID == "" || inlineSize(t.urls) == 0 {
		return
	}
	sum := 0
	for _, other := range r.jobs {
		sum += inlineSize(other.urls)
	}
	if sum > inlineLimit {
		t.urls = nil
	}
}

// inlineSize returns the size of the data: URIs among some URLs, in bytes.
func inlineSize(urls []string) (sum int) {
	for _, url := range urls {
		if api.IsDataURL(url) {
			sum += len(url)
		}
	}
	return sum
}

// isRefused reports whether a picture's host answers without a picture: its URL may have changed.
func isRefused(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && slices.Contains([]api.Code{api.CodeExpired, api.CodeRefused, api.CodeBadResponse}, e.Code)
}

// fetchFailure classifies a failed download. The values are ordered: the lower one is more likely to pass.
func fetchFailure(err error) job.FetchFailure {
	var e *api.Error
	if !errors.As(err, &e) {
		return diskFailure(err)
	}
	switch e.Code {
	case api.CodeBlocked, api.CodeTooLarge:
		return job.Forbidden
	case api.CodeBadResponse:
		return job.Corrupt
	}
	return job.Retryable
}

// diskFailure tells a download that is no picture from a disk that cannot take it.
func diskFailure(err error) job.FetchFailure {
	var invalid *pictures.InvalidError
	if errors.As(err, &invalid) {
		return job.Corrupt
	}
	return job.Retryable
}
