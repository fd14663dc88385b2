package runner

import (
	"context"
	"net/url"
	"slices"
	"time"

	"tintype/api"
	"tintype/api/job"
)

const (
	budgetSize = 20               // retries that a host gets while none of its answers is in order (reliability.md §2.2)
	probeGap   = 15 * time.Second // after that: one in so long
	hastenGap  = time.Second      // a person who comes back may have one sooner, but not sooner than this after the last
)

// budget bounds how often a host that gives trouble is asked again, by all jobs together: a retry costs one token, an answer
// in order gives one back, and when none is left one probe goes out every probeGap. What is asked for the first time is free,
// and a purchase never comes here. Of those that wait, pictures go first, the one that is deleted soonest before the others.
// The zero budget is full. Guarded by the Studio's mu.
type budget struct {
	spent int       // tokens that are gone
	probe time.Time // when the next probe may go, while none is left
	queue []*waiter // until is zero for what nobody deletes
}

// retry is a place in the queue.
func (b *budget) retry(until time.Time, now time.Time) *waiter {
	me := &waiter{until: until, turn: make(chan struct{})}
	at := slices.IndexFunc(b.queue, func(t *waiter) bool { return sooner(me.until, t.until) })
	if at < 0 {
		at = len(b.queue)
	}
	b.queue = slices.Insert(b.queue, at, me)
	b.serve(now)
	return me
}

// sooner reports whether what is deleted at a is more urgent than what is deleted at b; the zero time is never.
func sooner(a, b time.Time) bool { return !a.IsZero() && (b.IsZero() || a.Before(b)) }

// serve lets go whom the budget can afford now, and pictures that will be deleted before the next probe.
func (b *budget) serve(now time.Time) {
	for len(b.queue) > 0 && (b.spend(now) || sooner(b.queue[0].until, b.probe)) {
		close(b.queue[0].turn)
		b.queue = b.queue[1:]
	}
}

// spend takes a token, or the probe that is due; false when there is neither.
func (b *budget) spend(now time.Time) bool {
	switch {
	case b.spent < budgetSize:
		b.spent++
	case b.probe.After(now):
		return false
	}
	b.probe = now.Add(probeGap)
	return true
}

// restore gives a token back.
func (b *budget) restore(now time.Time) {
	b.spent = max(b.spent-1, 0)
	b.serve(now)
}

// hasten lets the next probe go at once.
func (b *budget) hasten(now time.Time) {
	if last := b.probe.Add(-probeGap); now.Sub(last) >= hastenGap && b.probe.After(now) {
		b.probe = now
		b.serve(now)
	}
}

// opens is when the next retry may go; zero when it may go now.
func (b *budget) opens() time.Time {
	if b.spent < budgetSize {
		return time.Time{}
	}
	return b.probe
}

// afford waits until a retry may leave; what is tried for the first time goes at once. It is false when ctx ends first.
func (r *Runner) afford(ctx context.Context, t *trackedJob) bool {
	r.mu.Lock()
	host := r.hostOf(t)
	if t.job.Tries == 0 || host == "" {
		r.mu.Unlock()
		return ctx.Err() == nil
	}
	b := r.budgetOf(host)
	var until time.Time
	if t.job.Pending == job.Save {
		until = t.job.ExpiresAt
	}
	me := b.retry(until, r.now())
	r.mu.Unlock()
	for {
		r.mu.Lock()
		b.serve(r.now())
		wait := b.probe.Sub(r.now())
		r.mu.Unlock()
		timer := time.NewTimer(wait)
		select {
		case <-me.turn:
			timer.Stop()
			return true
		case <-ctx.Done():
			timer.Stop()
			r.giveUp(b, me)
			return false
		case <-timer.C:
		}
	}
}

// giveUp leaves the queue; what was granted at the same moment goes to the next.
func (r *Runner) giveUp(b *budget, me *waiter) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if i := slices.Index(b.queue, me); i >= 0 {
		b.queue = slices.Delete(b.queue, i, i+1)
		return
	}
	b.restore(r.now())
}

// spare takes a retry from a host's budget if there is one to be had at once.
func (r *Runner) spare(host string) bool {
	if host == "" {
		return true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	b := r.budgetOf(host)
	return len(b.queue) == 0 && b.spend(r.now())
}

// heard gives a token back to a host whose answer was in order.
func (r *Runner) heard(host string, err error) {
	if host == "" || err != nil && !inOrder(api.AsError(err).Code) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	b := r.budgetOf(host)
	b.restore(r.now())
	if b.spent == 0 && len(b.queue) == 0 {
		delete(r.budgets, host)
	}
}

// inOrder reports whether a host that answers with such an error is in order: it said something definite.
func inOrder(c api.Code) bool {
	switch c {
	case api.CodeUnreachable, api.CodeOffline, api.CodeTLS, api.CodeRate, api.CodeServer, api.CodeBadResponse, api.CodeBlocked,
		api.CodeCanceled, api.CodeOther:
		return false
	}
	return true
}

// budgetOf is the budget of a host. mu is held.
func (r *Runner) budgetOf(host string) *budget {
	b, ok := r.budgets[host]
	if !ok {
		b = &budget{}
		r.budgets[host] = b
	}
	return b
}

// hostOf is the host that a job's command asks first: the provider's, or that of the first picture that is missing. mu is held.
func (r *Runner) hostOf(t *trackedJob) string {
	if t.job.Pending == job.Save {
		for i, address := range t.urls {
			if i >= len(t.entry.Outputs) || t.entry.Outputs[i].Path == "" {
				return hostIn(address)
			}
		}
	}
	return r.home()
}

// home is the provider's host.
func (r *Runner) home() string { return hostIn(r.client.BaseURL()) }

// hostIn is the host of a URL; "" where there is none, as in data.
func hostIn(address string) string {
	if api.IsDataURL(address) { // it may be long
		return ""
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// opens is when the budget lets a job's retry go; zero when it does not hold it. mu is held.
func (r *Runner) opens(t *trackedJob) time.Time {
	if t.job.Tries == 0 || t.job.Pending == job.Create {
		return time.Time{}
	}
	if b, ok := r.budgets[r.hostOf(t)]; ok {
		return b.opens()
	}
	return time.Time{}
}

func laterOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
