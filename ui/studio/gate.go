package studio

import (
	"context"
	"time"

	"tintype/api"
	"tintype/api/job"
)

// gate makes purchases wait together: once the provider has asked one of them to wait, none leaves before that time, and
// then one after the other, until the line is empty. Its fields are guarded by the Studio's mu.
type gate struct {
	until  time.Time
	narrow bool          // one at a time
	inside int           // purchases under way
	queued int           // purchases that wait to enter
	turned chan struct{} // closed when something has changed; nil when nobody looks
}

// closed reports whether a purchase would have to wait.
func (g *gate) closed(now time.Time) bool {
	return g.until.After(now) || g.narrow && g.inside > 0
}

// enter waits until a purchase may leave; false when ctx ends first.
func (g *gate) enter(ctx context.Context, s *Studio) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	g.queued++
	defer func() { g.queued-- }()
	for g.closed(s.now()) {
		if !g.sleep(ctx, s) {
			return false
		}
	}
	if ctx.Err() != nil {
		return false
	}
	g.inside++
	return true
}

// sleep waits for a change or the opening; mu is let go meanwhile.
func (g *gate) sleep(ctx context.Context, s *Studio) bool {
	if g.turned == nil {
		g.turned = make(chan struct{})
	}
	turned, opens := g.turned, (<-chan time.Time)(nil)
	if d := g.until.Sub(s.now()); d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		opens = timer.C
	}
	s.mu.Unlock()
	defer s.mu.Lock()
	select {
	case <-ctx.Done():
		return false
	case <-turned:
	case <-opens:
	}
	return true
}

// leave counts a purchase out, and learns from its answer.
func (g *gate) leave(s *Studio, e job.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g.inside--
	if wait, asked := askedToWait(e); asked {
		g.narrow = true
		if until := s.now().Add(wait); until.After(g.until) {
			g.until = until
		}
	} else if g.queued == 0 {
		g.narrow = false
	}
	if g.turned != nil {
		close(g.turned)
		g.turned = nil
	}
}

// askedToWait is the wait that a provider asked of a purchase.
func askedToWait(e job.Event) (time.Duration, bool) {
	no, ok := e.(job.NotCreated)
	if !ok || no.Err == nil || no.Err.Verdict != api.AskedToWait {
		return 0, false
	}
	return no.Err.RetryAfter, true
}
