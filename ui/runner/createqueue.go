package runner

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tintype/api"
	"tintype/api/job"
)

// gate makes purchases wait together: once the provider has asked one of them to wait, none leaves before that time, and
// then one after the other, until the line is empty. Its fields are guarded by the Studio's mu.
type gate struct {
	until  time.Time
	told   bool          // the provider said how long
	narrow bool          // one at a time
	inside int           // purchases under way
	asked  int           // answers in a row that asked to wait
	line   []place       // the purchases that wait to enter
	turned chan struct{} // closed when something has changed; nil when nobody looks
}

// place is a purchase's place in the line.
type place struct {
	tries int
	key   string
}

// closed reports whether a purchase that comes now would have to wait.
func (g *gate) closed(now time.Time) bool {
	return g.until.After(now) || g.narrow && (g.inside > 0 || len(g.line) > 0)
}

// open reports whether a purchase in the line may leave.
func (g *gate) open(p place, now time.Time) bool {
	return !g.until.After(now) && (!g.narrow || g.inside == 0 && p == slices.MinFunc(g.line, g.order))
}

// order says who goes first, since each has three tries only. Where the provider said when it takes the next, that is the one
// with the fewest left; where it did not, the one with the most, so that asking again wears out none. Of equals it is the oldest.
func (g *gate) order(a, b place) int {
	if g.told {
		return cmp.Or(b.tries-a.tries, cmp.Compare(a.key, b.key))
	}
	return cmp.Or(a.tries-b.tries, cmp.Compare(a.key, b.key))
}

// enter waits until a purchase may leave; false when ctx ends first.
func (g *gate) enter(ctx context.Context, r *Runner, t *trackedJob) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	me := place{t.job.Tries, t.key}
	g.line = append(g.line, me)
	defer func() {
		g.line = slices.DeleteFunc(g.line, func(p place) bool { return p == me })
		g.turn()
	}()
	for !g.open(me, r.now()) {
		if !g.sleep(ctx, r) {
			return false
		}
	}
	if ctx.Err() != nil {
		return false
	}
	g.inside++
	return true
}

// turn makes those who wait look again.
func (g *gate) turn() {
	if g.turned != nil {
		close(g.turned)
		g.turned = nil
	}
}

// sleep waits for a change or the opening; mu is let go meanwhile.
func (g *gate) sleep(ctx context.Context, r *Runner) bool {
	if g.turned == nil {
		g.turned = make(chan struct{})
	}
	turned, opens := g.turned, (<-chan time.Time)(nil)
	if d := g.until.Sub(r.now()); d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		opens = timer.C
	}
	r.mu.Unlock()
	defer r.mu.Lock()
	select {
	case <-ctx.Done():
		return false
	case <-turned:
	case <-opens:
	}
	return true
}

// leave counts a purchase out, and learns from its answer.
func (g *gate) leave(r *Runner, e job.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	g.inside--
	if no, asked := askedToWait(e); asked {
		g.narrow, g.told = true, no.Err.HasRetryAfter
		g.asked++
		g.until = laterOf(g.until, r.now().Add(no.Wait(g.asked)))
	} else {
		g.asked = 0
		g.narrow = g.narrow && len(g.line) > 0
	}
	g.turn()
}

// askedToWait is the answer of a provider that asked a purchase to wait.
func askedToWait(e job.Event) (job.NotCreated, bool) {
	no, ok := e.(job.NotCreated)
	return no, ok && no.Err != nil && no.Err.Outcome == api.RateLimited
}
