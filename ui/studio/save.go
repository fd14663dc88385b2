package studio

import (
	"context"
	"errors"
	"slices"

	"tintype/api"
	"tintype/api/job"
	"tintype/history"
)

// save fetches the pictures that are not on disk yet. They are paid for, and the provider deletes them: nothing optional comes
// before.
func (s *Studio) save(ctx context.Context, w *work, step job.Step) job.Event {
	s.mu.Lock()
	until := w.job.SafeUntil
	s.mu.Unlock()
	if !s.slots.acquire(ctx, s, until) {
		return nil
	}
	defer s.slots.release(s)
	asked := false
	if len(s.addresses(w)) == 0 {
		if event := s.refresh(ctx, w, step); event != nil {
			return event
		}
		asked = true
	}
	err := s.fetchAll(ctx, w)
	if gone(err) && !asked {
		if event := s.refresh(ctx, w, step); event != nil {
			return event
		}
		err = s.fetchAll(ctx, w)
	}
	switch {
	case gone(err) && ctx.Err() == nil: // the provider still names it: it may yet come
		return job.NotSaved{Mishap: s.mishap(step, err), Loss: job.Spoiled}
	case err != nil:
		return job.NotSaved{Mishap: s.mishap(step, err), Loss: loss(err)}
	}
	return job.Saved{Answer: s.at(step)}
}

// addresses are the outputs as the provider named them last.
func (s *Studio) addresses(w *work) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return w.urls
}

// refresh asks once more where the pictures are. It is nil when there are some; otherwise it says what that means.
func (s *Studio) refresh(ctx context.Context, w *work, step job.Step) job.Event {
	p, err := s.ask(ctx, w)
	switch {
	case err != nil && api.AsError(err).Code == api.CodeNotFound:
		return job.NotSaved{Mishap: s.mishap(step, err), Loss: job.Deleted}
	case err != nil && api.AsError(err).Unaskable():
		return job.NotSaved{Mishap: s.mishap(step, err), Loss: job.Nowhere}
	case err != nil:
		return job.NotSaved{Mishap: s.mishap(step, err), Loss: job.Later}
	case p.DataRemoved:
		return job.NotSaved{Mishap: s.mishap(step, nil), Loss: job.Deleted}
	case len(p.Output) == 0:
		return job.NotSaved{Mishap: s.mishap(step, nil), Loss: job.Nowhere}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	w.urls = p.Output
	w.entry = withPrediction(w.entry, p)
	return nil
}

// fetchAll fetches what is missing, and returns the most hopeful error: while one may still come, the job goes on. One bad picture
// does not keep the others away.
func (s *Studio) fetchAll(ctx context.Context, w *work) error {
	var hope error
	for i, url := range s.addresses(w) {
		s.mu.Lock()
		entry := w.entry
		s.mu.Unlock()
		if i < len(entry.Outputs) && entry.Outputs[i].Path != "" {
			continue
		}
		out, err := s.fetch(ctx, entry, i, url)
		s.note(w, i, out, err)
		if err != nil && (hope == nil || loss(err) < loss(hope)) {
			hope = err
		}
	}
	return hope
}

// fetch brings one picture to the disk.
func (s *Studio) fetch(ctx context.Context, e history.Entry, i int, url string) (history.Output, error) {
	part, err := s.history.Part(e, i)
	if err != nil {
		return history.Output{}, err
	}
	defer part.Close()
	if _, err := s.client.Download(ctx, url, api.Resume{Offset: part.Offset(), ETag: part.ETag()}, part); err != nil {
		return history.Output{}, err
	}
	return part.Commit()
}

// note puts what came of a picture into the entry.
func (s *Studio) note(w *work, i int, out history.Output, err error) {
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
func loss(err error) job.Loss {
	var e *api.Error
	if !errors.As(err, &e) {
		return spoiled(err)
	}
	switch e.Code {
	case api.CodeExpired:
		return job.Deleted
	case api.CodeBlocked, api.CodeTooLarge, api.CodeRefused:
		return job.Barred
	case api.CodeGarbled:
		return job.Spoiled
	}
	return job.Later
}

// spoiled tells a download that is no picture from a disk that cannot take it.
func spoiled(err error) job.Loss {
	var bad *history.BadPicture
	if errors.As(err, &bad) {
		return job.Spoiled
	}
	return job.Later
}
