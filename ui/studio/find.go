package studio

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"tintype/api"
	"tintype/api/job"
	"tintype/history"
)

const (
	findWithin = 2 * time.Minute // between our attempt and the provider's created_at (reliability.md §2.5)
	findPages  = 5               // of a hundred predictions each
)

// find looks for an unconfirmed purchase in the provider's list: same model, same input, made within two minutes of the
// attempt, and not known as another job's.
func (s *Studio) find(ctx context.Context, w *work, step job.Step) job.Event {
	s.mu.Lock()
	entry := w.entry
	s.mu.Unlock()
	sent := began(entry)
	input, _, err := wireInput(entry, s.client.Provider())
	if err != nil {
		input = entry.Input
	}
	wanted := search{key: entry.Key, model: entry.Model, input: canonical(input), sent: sent}
	cursor := ""
	for range findPages {
		if !s.turn(ctx) {
			return nil
		}
		page, err := s.client.List(ctx, cursor)
		if err != nil {
			return job.NotFound{Mishap: s.mishap(step, err)}
		}
		wanted.sent = sent.Add(s.ahead(page))
		p, ok, err := s.among(ctx, page.Predictions, wanted)
		switch {
		case err != nil:
			return job.NotFound{Mishap: s.mishap(step, err)}
		case ok:
			return job.Found{Answer: s.at(step), Prediction: p}
		case page.Next == "" || older(page.Predictions, wanted.sent.Add(-findWithin)):
			return job.NotFound{Mishap: s.mishap(step, nil)}
		}
		cursor = page.Next
	}
	return job.NotFound{Mishap: s.mishap(step, nil)}
}

// search is what an unconfirmed purchase is known by.
type search struct {
	key, model, input string
	sent              time.Time // by the provider's clock
}

// ahead is how far the provider's clock is ahead of ours.
func (s *Studio) ahead(page api.Page) time.Duration {
	for _, p := range page.Predictions {
		if !p.ServerTime.IsZero() {
			return p.ServerTime.Sub(s.now())
		}
	}
	return 0
}

// among finds the purchase among a page's predictions.
func (s *Studio) among(ctx context.Context, page []api.Prediction, wanted search) (api.Prediction, bool, error) {
	for _, p := range page {
		if !near(p, wanted) || s.known(p.ID) {
			continue
		}
		if p.Input == nil { // lists may leave it out (contract §2)
			whole, err := s.client.Get(ctx, p.ID)
			if err != nil {
				return api.Prediction{}, false, err
			}
			p = whole
		}
		if canonical(p.Input) == wanted.input && s.reserve(p.ID, wanted.key) {
			return p, true, nil
		}
	}
	return api.Prediction{}, false, nil
}

func near(p api.Prediction, wanted search) bool {
	if p.Model != "" && p.Model != wanted.model || p.CreatedAt.IsZero() {
		return false
	}
	return p.CreatedAt.Sub(wanted.sent).Abs() <= findWithin
}

// known reports whether a prediction is in the history already.
func (s *Studio) known(id string) bool {
	_, err := s.history.Get(id)
	return !errors.Is(err, history.ErrNotFound)
}

// reserve keeps two unconfirmed jobs from taking the same prediction.
func (s *Studio) reserve(id, key string) bool {
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
