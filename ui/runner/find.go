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
	findAsks   = 50              // predictions that a look asks after one by one, where the list does not say enough
)

// find looks for an unconfirmed purchase in the provider's list: same model, same input, made within two minutes of the
// attempt, and not known as another job's. However long, endless or strange a list is, a look reads a few pages of it.
func (s *Runner) find(ctx context.Context, w *work, step job.Step) job.Event {
	s.mu.Lock()
	entry := w.entry
	s.mu.Unlock()
	l := s.look(entry)
	cursor := ""
	for range findPages {
		if !s.turn(ctx) {
			return nil
		}
		page, err := s.client.List(ctx, cursor)
		s.heard(s.home(), err)
		if err != nil {
			return job.NotFound{Failure: s.mishap(step, err)}
		}
		l.sent = l.began.Add(s.ahead(page))
		if p, ok := s.among(ctx, page.Predictions, l); ok {
			return job.Found{Answer: s.at(step), Prediction: p}
		}
		if page.Next == "" || l.seen[page.Next] || older(page.Predictions, l.sent.Add(-findWithin)) {
			break
		}
		cursor = page.Next
		l.seen[cursor] = true
	}
	if ctx.Err() != nil {
		return nil
	}
	return job.NotFound{Failure: s.mishap(step, nil)}
}

// look is one search of the list: what an unconfirmed purchase is known by, and what was seen.
type look struct {
	key, model, version, input string
	began                      time.Time       // when it was sent, by our clock
	sent                       time.Time       // the same by the provider's
	seen                       map[string]bool // ids and cursors
	asks                       int             // left
}

func (s *Runner) look(e history.Entry) *look {
	input, _, err := wireInput(e, s.client.Provider())
	if err != nil {
		input = e.Input
	}
	l := &look{
		key: e.Key, model: e.Model, version: hash(e.Version), input: canonical(input), began: began(e), seen: map[string]bool{}, asks: findAsks,
	}
	if at := unclear(e); at >= 0 { // later ones were not accepted
		l.began = e.Attempts[at].Time
	}
	return l
}

// ahead is how far the provider's clock is ahead of ours.
func (s *Runner) ahead(page api.Page) time.Duration {
	for _, p := range page.Predictions {
		if !p.ServerTime.IsZero() {
			return p.ServerTime.Sub(s.now())
		}
	}
	return 0
}

// among finds the purchase among a page's predictions. One about which nothing can be learned is passed over.
func (s *Runner) among(ctx context.Context, page []api.Prediction, l *look) (api.Prediction, bool) {
	for _, p := range page {
		if l.seen[p.ID] || !l.near(p) || s.known(p.ID) {
			continue
		}
		l.seen[p.ID] = true
		if p.Input == nil || p.Model == "" { // lists may leave them out (contract §2)
			whole, ok := s.whole(ctx, p, l)
			if !ok {
				continue
			}
			p = whole
		}
		if l.is(p) && s.reserve(p.ID, l.key) {
			return p, true
		}
	}
	return api.Prediction{}, false
}

// whole asks after a prediction of which the list does not say enough.
func (s *Runner) whole(ctx context.Context, p api.Prediction, l *look) (api.Prediction, bool) {
	if l.asks == 0 || !s.turn(ctx) {
		return api.Prediction{}, false
	}
	l.asks--
	whole, err := s.client.Get(ctx, p.ID)
	s.heard(s.home(), err)
	return whole, err == nil
}

// near reports whether a prediction may be the purchase, by what the list says of it.
func (l *look) near(p api.Prediction) bool {
	if p.Model != "" && p.Model != l.model || p.CreatedAt.IsZero() {
		return false
	}
	return p.CreatedAt.Sub(l.sent).Abs() <= findWithin
}

// is reports whether a prediction is what was bought.
func (l *look) is(p api.Prediction) bool {
	made := hash(p.Version)
	if l.version != "" && made != "" && made != "hidden" && made != l.version { // hidden: Replicate's word for an official model's
		return false
	}
	return p.Model == l.model && l.near(p) && p.Input != nil && canonical(p.Input) == l.input
}

// hash is the hash in a version, which may name its model before it; "" where it has none.
func hash(version string) string {
	if h := version[strings.LastIndexByte(version, ':')+1:]; !strings.Contains(h, "/") {
		return h
	}
	return ""
}

// known reports whether a prediction is in the history already.
func (s *Runner) known(id string) bool {
	_, err := s.history.Get(id)
	return !errors.Is(err, history.ErrNotFound)
}

// claimed says why an entry cannot have a prediction from the list: it is another's, or may yet be, that of a purchase of the very
// same, here or in another program, which is out and has its answer still to come.
func (s *Runner) claimed(id string, by history.Entry) error {
	if s.known(id) {
		return errKnown
	}
	open, err := s.history.Active()
	if err != nil {
		return errTwin // nobody can tell
	}
	for _, e := range open {
		out := e.State == history.Creating && len(e.Attempts) > 0 && unclear(e) == len(e.Attempts)-1
		if out && e.Key != by.Key && e.Model == by.Model && canonical(e.Input) == canonical(by.Input) && s.history.DriverAlive(e.Driver) {
			return errTwin
		}
	}
	return nil
}

// missed is what a finding that cannot be had comes to. Where it may yet be had, that is no answer: it is looked for again.
func (s *Runner) missed(found job.Found, why error) job.NotFound {
	no := job.NotFound{Failure: job.Failure{Answer: found.Answer, Jitter: s.dice()}}
	if why == errTwin {
		no.Err = errTwin
	}
	return no
}

// reserve keeps two unconfirmed jobs from taking the same prediction.
func (s *Runner) reserve(id, key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if by, ok := s.taken[id]; ok && by != key {
		return false
	}
	for _, w := range s.works {
		if w.job.ID == id {
			return false
		}
	}
	s.taken[id] = key
	return true
}

// older reports whether a page, newest first, goes back beyond a moment.
func older(page []api.Prediction, than time.Time) bool {
	n := len(page)
	return n == 0 || !page[n-1].CreatedAt.IsZero() && page[n-1].CreatedAt.Before(than)
}

// canonical is an input as comparable text: keys in order, numbers as JSON has them.
func canonical(input map[string]any) string {
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
