package runner

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"tintype/api"
	"tintype/api/job"
	"tintype/api/model"
	"tintype/history"
	"tintype/ui/runner/inputimage"
)

const (
	findWithin = 2 * time.Minute // at most this much between our attempt and the provider's created_at
	findPages  = 5               // pages that a search reads, of a hundred predictions each
	findGets   = 50              // predictions that a search asks for one by one, where the list does not say enough
)

// find searches the provider's list for an unconfirmed purchase: same model, same input, created within two minutes of the
// attempt, and not the prediction of another job. However long or malformed the list is, a search reads a few pages of it.
func (r *Runner) find(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	r.mu.Lock()
	entry := t.entry
	r.mu.Unlock()
	s := r.newSearch(ctx, entry)
	cursor := ""
	for range findPages {
		if !r.gets.Acquire(ctx) {
			return nil
		}
		page, err := r.client.List(ctx, cursor)
		r.retries.Record(r.apiHost(), err)
		if err != nil {
			return job.NotFound{Failure: r.failure(step, err)}
		}
		s.sentThere = s.sentHere.Add(r.clockOffset(page))
		if p, ok := r.match(ctx, page.Predictions, s); ok {
			return job.Found{Answer: r.answerTo(step), Prediction: p}
		}
		if page.Next == "" || s.seen[page.Next] || isOlder(page.Predictions, s.sentThere.Add(-findWithin)) {
			break
		}
		cursor = page.Next
		s.seen[cursor] = true
	}
	if ctx.Err() != nil {
		return nil
	}
	return job.NotFound{Failure: r.failure(step, nil)}
}

// search is one search of the list: how the unconfirmed purchase is recognised, and what was seen.
type search struct {
	key, model, version, input string
	sentHere                   time.Time       // when it was sent, by our clock
	sentThere                  time.Time       // the same by the provider's clock
	seen                       map[string]bool // ids and cursors
	gets                       int             // how many requests for single predictions are left
}

func (r *Runner) newSearch(ctx context.Context, e history.Entry) *search {
	input, _, err := inputimage.Encode(ctx, model.Find(e.Model), e.Input, r.client.Provider())
	if err != nil {
		input = e.Input
	}
	s := &search{
		key: e.Key, model: e.Model, version: model.CleanVersion(e.Version), input: canonicalJSON(input), sentHere: sentAt(e),
		seen: map[string]bool{}, gets: findGets,
	}
	if at := uncertainAttempt(e); at >= 0 { // attempts after it were not accepted
		s.sentHere = e.Attempts[at].Time
	}
	return s
}

// clockOffset is how far the provider's clock is ahead of ours.
func (r *Runner) clockOffset(page api.Page) time.Duration {
	for _, p := range page.Predictions {
		if !p.ServerTime.IsZero() {
			return p.ServerTime.Sub(r.now())
		}
	}
	return 0
}

// match finds the purchase among a page's predictions. One that cannot be fetched in full is skipped.
func (r *Runner) match(ctx context.Context, page []api.Prediction, s *search) (api.Prediction, bool) {
	for _, p := range page {
		if s.seen[p.ID] || !s.isNear(p) || r.isKnown(p.ID) {
			continue
		}
		s.seen[p.ID] = true
		if p.Input == nil || p.Model == "" { // a list may leave these out
			full, ok := r.fetchFull(ctx, p, s)
			if !ok {
				continue
			}
			p = full
		}
		if s.matches(p) && r.claimID(p.ID, s.key) {
			return p, true
		}
	}
	return api.Prediction{}, false
}

// fetchFull asks for a prediction of which the list does not say enough.
func (r *Runner) fetchFull(ctx context.Context, p api.Prediction, s *search) (api.Prediction, bool) {
	if s.gets == 0 || !r.gets.Acquire(ctx) {
		return api.Prediction{}, false
	}
	s.gets--
	full, err := r.client.Get(ctx, p.ID)
	r.retries.Record(r.apiHost(), err)
	return full, err == nil
}

// isNear reports whether a prediction may be the purchase, by model and time.
func (s *search) isNear(p api.Prediction) bool {
	if p.Model != "" && p.Model != s.model || p.CreatedAt.IsZero() {
		return false
	}
	return p.CreatedAt.Sub(s.sentThere).Abs() <= findWithin
}

// matches reports whether a prediction is what was bought.
func (s *search) matches(p api.Prediction) bool {
	if version := model.CleanVersion(p.Version); s.version != "" && version != "" && version != s.version {
		return false
	}
	return p.Model == s.model && s.isNear(p) && p.Input != nil && canonicalJSON(p.Input) == s.input
}

// isKnown reports whether a prediction is in the history already.
func (r *Runner) isKnown(id string) bool {
	_, err := r.history.Get(id)
	return !errors.Is(err, history.ErrNotFound)
}

// checkUnclaimed returns why an entry cannot have a prediction from the list: it belongs to another entry, or it may turn out to be
// that of an identical purchase, here or in another program, which was sent and not answered yet.
func (r *Runner) checkUnclaimed(id string, by history.Entry) error {
	if r.isKnown(id) {
		return errIDKnown
	}
	active, err := r.history.Active()
	if err != nil {
		return errTwinPending // it may exist
	}
	for _, e := range active {
		unanswered := e.State == history.Creating && len(e.Attempts) > 0 && uncertainAttempt(e) == len(e.Attempts)-1
		if unanswered && e.Key != by.Key && e.Model == by.Model && canonicalJSON(e.Input) == canonicalJSON(by.Input) && r.history.DriverAlive(e.Driver) {
			return errTwinPending
		}
	}
	return nil
}

// notFound is the answer that replaces a Found which cannot be claimed. If it can perhaps be claimed later, the search is
// repeated.
func (r *Runner) notFound(found job.Found, why error) job.NotFound {
	no := job.NotFound{Failure: job.Failure{Answer: found.Answer, Jitter: r.jitter()}}
	if why == errTwinPending {
		no.Err = errTwinPending
	}
	return no
}

// claimID keeps two unconfirmed jobs of this program from claiming the same prediction.
func (r *Runner) claimID(id, key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if by, ok := r.claimedIDs[id]; ok && by != key {
		return false
	}
	for _, t := range r.jobs {
		if t.job.ID == id {
			return false
		}
	}
	r.claimedIDs[id] = key
	return true
}

// isOlder reports whether a page, newest first, reaches back beyond a moment.
func isOlder(page []api.Prediction, than time.Time) bool {
	n := len(page)
	return n == 0 || !page[n-1].CreatedAt.IsZero() && page[n-1].CreatedAt.Before(than)
}

// canonicalJSON is an input as comparable text: sorted keys, and numbers as JSON has them.
func canonicalJSON(input map[string]any) string {
	text, err := json.Marshal(input)
	if err != nil {
		return ""
	}
	var decoded any
	if json.Unmarshal(text, &decoded) != nil {
		return ""
	}
	text, _ = json.Marshal(withSums(decoded))
	return string(text)
}

// withSums replaces the images in an input by checksums, since an answer may write them differently or have only a checksum.
func withSums(value any) any {
	switch v := value.(type) {
	case string:
		if sum, ok := api.PictureSum(v); ok {
			return "picture " + sum
		}
	case []any:
		for i := range v {
			v[i] = withSums(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = withSums(v[key])
		}
	}
	return value
}
