package runner

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"tintype/api"
	"tintype/api/job"
	"tintype/history"
)

const (
	findWithin = 2 * time.Minute // between our attempt and the provider's created_at (reliability.md §2.5)
	findPages  = 5               // of a hundred predictions each
	findGets   = 50              // predictions that a look asks after one by one, where the list does not say enough
)

// find looks for an unconfirmed purchase in the provider's list: same model, same input, made within two minutes of the
// attempt, and not known as another job's. However long, endless or strange a list is, a look reads a few pages of it.
func (r *Runner) find(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	r.mu.Lock()
	entry := t.entry
	r.mu.Unlock()
	l := r.newSearch(entry)
	cursor := ""
	for range findPages {
		if !r.turn(ctx) {
			return nil
		}
		page, err := r.client.List(ctx, cursor)
		r.heard(r.home(), err)
		if err != nil {
			return job.NotFound{Failure: r.failure(step, err)}
		}
		l.sent = l.began.Add(r.clockOffset(page))
		if p, ok := r.match(ctx, page.Predictions, l); ok {
			return job.Found{Answer: r.answerTo(step), Prediction: p}
		}
		if page.Next == "" || l.seen[page.Next] || isOlder(page.Predictions, l.sent.Add(-findWithin)) {
			break
		}
		cursor = page.Next
		l.seen[cursor] = true
	}
	if ctx.Err() != nil {
		return nil
	}
	return job.NotFound{Failure: r.failure(step, nil)}
}

// search is one search of the list: what an unconfirmed purchase is known by, and what was seen.
type search struct {
	key, model, version, input string
	began                      time.Time       // when it was sent, by our clock
	sent                       time.Time       // the same by the provider's
	seen                       map[string]bool // ids and cursors
	gets                       int             // left
}

func (r *Runner) newSearch(e history.Entry) *search {
	input, _, err := wireInput(e, r.client.Provider())
	if err != nil {
		input = e.Input
	}
	l := &search{
		key: e.Key, model: e.Model, version: versionHash(e.Version), input: canonicalJSON(input), began: sentAt(e), seen: map[string]bool{}, gets: findGets,
	}
	if at := uncertainAttempt(e); at >= 0 { // later ones were not accepted
		l.began = e.Attempts[at].Time
	}
	return l
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

// match finds the purchase among a page's predictions. One about which nothing can be learned is passed over.
func (r *Runner) match(ctx context.Context, page []api.Prediction, l *search) (api.Prediction, bool) {
	for _, p := range page {
		if l.seen[p.ID] || !l.isNear(p) || r.isKnown(p.ID) {
			continue
		}
		l.seen[p.ID] = true
		if p.Input == nil || p.Model == "" { // lists may leave them out (contract §2)
			whole, ok := r.fetchFull(ctx, p, l)
			if !ok {
				continue
			}
			p = whole
		}
		if l.matches(p) && r.claimID(p.ID, l.key) {
			return p, true
		}
	}
	return api.Prediction{}, false
}

// fetchFull asks after a prediction of which the list does not say enough.
func (r *Runner) fetchFull(ctx context.Context, p api.Prediction, l *search) (api.Prediction, bool) {
	if l.gets == 0 || !r.turn(ctx) {
		return api.Prediction{}, false
	}
	l.gets--
	whole, err := r.client.Get(ctx, p.ID)
	r.heard(r.home(), err)
	return whole, err == nil
}

// isNear reports whether a prediction may be the purchase, by what the list says of it.
func (l *search) isNear(p api.Prediction) bool {
	if p.Model != "" && p.Model != l.model || p.CreatedAt.IsZero() {
		return false
	}
	return p.CreatedAt.Sub(l.sent).Abs() <= findWithin
}

// matches reports whether a prediction is what was bought.
func (l *search) matches(p api.Prediction) bool {
	made := versionHash(p.Version)
	if l.version != "" && made != "" && made != "hidden" && made != l.version { // hidden: Replicate's word for an official model's
		return false
	}
	return p.Model == l.model && l.isNear(p) && p.Input != nil && canonicalJSON(p.Input) == l.input
}

// versionHash is the hash in a version, which may name its model before it; "" where it has none.
func versionHash(version string) string {
	if h := version[strings.LastIndexByte(version, ':')+1:]; !strings.Contains(h, "/") {
		return h
	}
	return ""
}

// isKnown reports whether a prediction is in the history already.
func (r *Runner) isKnown(id string) bool {
	_, err := r.history.Get(id)
	return !errors.Is(err, history.ErrNotFound)
}

// checkUnclaimed says why an entry cannot have a prediction from the list: it is another's, or may yet be, that of a purchase of the very
// same, here or in another program, which is out and has its answer still to come.
func (r *Runner) checkUnclaimed(id string, by history.Entry) error {
	if r.isKnown(id) {
		return errIDKnown
	}
	open, err := r.history.Active()
	if err != nil {
		return errTwinPending // nobody can tell
	}
	for _, e := range open {
		out := e.State == history.Creating && len(e.Attempts) > 0 && uncertainAttempt(e) == len(e.Attempts)-1
		if out && e.Key != by.Key && e.Model == by.Model && canonicalJSON(e.Input) == canonicalJSON(by.Input) && r.history.DriverAlive(e.Driver) {
			return errTwinPending
		}
	}
	return nil
}

// notFound is what a finding that cannot be had comes to. Where it may yet be had, that is no answer: it is looked for again.
func (r *Runner) notFound(found job.Found, why error) job.NotFound {
	no := job.NotFound{Failure: job.Failure{Answer: found.Answer, Jitter: r.jitter()}}
	if why == errTwinPending {
		no.Err = errTwinPending
	}
	return no
}

// claimID keeps two unconfirmed jobs from taking the same prediction.
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

// isOlder reports whether a page, newest first, goes back beyond a moment.
func isOlder(page []api.Prediction, than time.Time) bool {
	n := len(page)
	return n == 0 || !page[n-1].CreatedAt.IsZero() && page[n-1].CreatedAt.Before(than)
}

// canonicalJSON is an input as comparable text: keys in order, numbers as JSON has them.
func canonicalJSON(input map[string]any) string {
	text, err := json.Marshal(input)
	if err != nil {
		return ""
	}
	var plain any
	if json.Unmarshal(text, &plain) != nil {
		return ""
	}
	text, _ = json.Marshal(plain)
	return string(text)
}
