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
func (s *Runner) save(ctx context.Context, w *work, step job.Step) job.Event {
	s.mu.Lock()
	until, doubted := w.job.ExpiresAt, w.job.ClockSuspect
	f := &fetching{Runner: s, w: w, step: step, retry: w.job.Tries > 0}
	s.mu.Unlock()
	if !s.slots.acquire(ctx, s, until) {
		return nil
	}
	defer s.slots.release(s)
	if len(s.addresses(w)) == 0 || doubted {
		if event := f.refresh(ctx); event != nil && (len(s.addresses(w)) == 0 || event.FetchFailure != job.Retryable) {
			return *event
		}
	}
	err := f.all(ctx)
	if gone(err) && !f.asked {
		if event := f.refresh(ctx); event != nil {
			return *event
		}
		err = f.all(ctx)
	}
	switch {
	case gone(err) && ctx.Err() == nil: // the provider still names it: it may yet come
		return f.failed(err, job.Corrupt)
	case err != nil:
		return f.failed(err, loss(err))
	}
	return job.Saved{Answer: s.at(step)}
}

// fetching is one try to bring a job's pictures to the disk.
type fetching struct {
	*Runner
	w     *work
	step  job.Step
	retry bool      // it was tried before, so each request has its price
	paid  bool      // the first request of a retry was paid for before it began
	asked bool      // the provider was asked where the pictures are
	until time.Time // when it deletes them, as it told now; zero: it did not
}

// may reports whether a host may be asked now.
func (f *fetching) may(host string) bool {
	if !f.retry || !f.paid {
		f.paid = true
		return true
	}
	return f.spare(host)
}

// errEnough says that a host which gives trouble has been asked often enough for now.
var errEnough = &api.Error{Code: api.CodeUnreachable, Detail: "its server gives trouble, and is asked again later"}

func (f *fetching) failed(err error, loss job.FetchFailure) job.NotSaved {
	return job.NotSaved{Failure: f.mishap(f.step, err), FetchFailure: loss, ExpiresAt: f.until}
}

// addresses are the outputs as the provider named them last.
func (s *Runner) addresses(w *work) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return w.urls
}

// refresh asks once more where the pictures are, and until when. It is nil when there are some; otherwise it says what that
// means.
func (f *fetching) refresh(ctx context.Context) *job.NotSaved {
	no := func(err error, loss job.FetchFailure) *job.NotSaved {
		event := f.failed(err, loss)
		return &event
	}
	if !f.may(f.home()) {
		return no(errEnough, job.Retryable)
	}
	p, err := f.ask(ctx, f.w)
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
	f.asked, f.until = true, job.ExpiresAt(p, f.now())
	f.mu.Lock()
	defer f.mu.Unlock()
	f.w.urls = p.Output
	f.w.entry = withPrediction(f.w.entry, p)
	return nil
}

// all fetches what is missing, and returns the most hopeful error: while one may still come, the job goes on. One bad picture
// does not keep the others away.
func (f *fetching) all(ctx context.Context) error {
	var hope error
	for i, url := range f.addresses(f.w) {
		f.mu.Lock()
		entry := f.w.entry
		f.mu.Unlock()
		if i < len(entry.Outputs) && entry.Outputs[i].Path != "" {
			continue
		}
		if !f.may(hostIn(url)) {
			hope = errEnough
			continue
		}
		out, err := f.fetch(ctx, entry, i, url)
		f.note(f.w, i, out, err)
		if err != nil && (hope == nil || loss(err) < loss(hope)) {
			hope = err
		}
	}
	return hope
}

// fetch brings one picture to the disk.
func (s *Runner) fetch(ctx context.Context, e history.Entry, i int, url string) (history.Output, error) {
	part, err := s.history.Download(e, i)
	if err != nil {
		return history.Output{}, err
	}
	defer part.Close()
	_, err = s.client.Download(ctx, url, api.Resume{Offset: part.Offset(), ETag: part.ETag()}, part)
	s.heard(hostIn(url), err)
	if err != nil {
		return history.Output{}, err
	}
	return part.Commit()
}

// note puts what came of a picture into the entry.
func (s *Runner) note(w *work, i int, out history.Output, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	outputs := slices.Clone(w.entry.Outputs)
	for len(outputs) <= i {
		outputs = append(outputs, history.Output{})
	}
	if err != nil {
		out = outputs[i]
		out.Error = err.Error()
	}
	out.URL, out.Star = outputs[i].URL, outputs[i].Star
	w.dirty = w.dirty || out != outputs[i] // the same trouble again is no news
	outputs[i] = out
	w.entry.Outputs = outputs
}

// gone reports whether a picture's address no longer gives it.
func gone(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && e.Code == api.CodeExpired
}

// loss says what a failed fetch means. The losses are in the order of hope.
func loss(err error) job.FetchFailure {
	var e *api.Error
	if !errors.As(err, &e) {
		return spoiled(err)
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

// spoiled tells a download that is no picture from a disk that cannot take it.
func spoiled(err error) job.FetchFailure {
	var bad *pictures.InvalidError
	if errors.As(err, &bad) {
		return job.Corrupt
	}
	return job.Retryable
}
