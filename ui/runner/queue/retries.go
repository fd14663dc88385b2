package queue

import (
	"context"
	"sync"
	"time"

	"tintype/api"
)

const (
	budgetSize    = 20               // retries that a host gets while it gives no good answer
	probeInterval = 15 * time.Second // after that, one retry in this time
	hastenAfter   = time.Second      // Hasten lets a probe go early, but not sooner than this after the last
)

// Retries bounds how often a host in trouble is asked again, by all jobs together, so that an outage does not become a flood of
// requests. A retry costs one token, a good answer gives one back, and when no token is left, one probe leaves every 15 s. A first
// try is free, and a purchase never comes here. Among those that wait, pictures go first, and the one that is deleted soonest goes
// before the others.
type Retries struct {
	now     func() time.Time
	mu      sync.Mutex
	budgets map[string]*budget // by host: those in trouble
}

// NewRetries returns full budgets for all hosts.
func NewRetries(now func() time.Time) *Retries {
	return &Retries{now: now, budgets: map[string]*budget{}}
}

// Acquire waits until a retry may be sent to a host. The deadline is when its pictures are deleted; zero for a request without one.
// It is false if ctx ends first.
func (r *Retries) Acquire(ctx context.Context, host string, deadline time.Time) bool {
	r.mu.Lock()
	b := r.budgetOf(host)
	me := b.add(deadline, r.now())
	r.mu.Unlock()
	for {
		r.mu.Lock()
		b.serve(r.now())
		wait := b.nextProbe.Sub(r.now())
		r.mu.Unlock()
		timer := time.NewTimer(wait)
		select {
		case <-me.turn:
			timer.Stop()
			return true
		case <-ctx.Done():
			timer.Stop()
			r.leave(b, me)
			return false
		case <-timer.C:
		}
	}
}

// leave takes a waiter out; a retry that it got at the same moment goes to the next.
func (r *Retries) leave(b *budget, me *waiter) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !b.line.remove(me) {
		b.restore(r.now())
	}
}

// TryAcquire takes a retry from a host's budget if it can be had at once. There is no limit for the host "".
func (r *Retries) TryAcquire(host string) bool {
	if host == "" {
		return true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	b := r.budgetOf(host)
	return len(b.line) == 0 && b.spend(r.now())
}

// Record takes the outcome of a request; nil is a success. A good answer gives a retry back to the host.
func (r *Retries) Record(host string, err error) {
	if host == "" || err != nil && !isInOrder(api.AsError(err).Code) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	b := r.budgetOf(host)
	b.restore(r.now())
	if b.spent == 0 && len(b.line) == 0 {
		delete(r.budgets, host)
	}
}

// isInOrder reports whether a host that answers with such an error works, because the answer is definite.
func isInOrder(c api.Code) bool {
	switch c {
	case api.CodeUnreachable, api.CodeOffline, api.CodeTLS, api.CodeRate, api.CodeServer, api.CodeBadResponse, api.CodeBlocked,
		api.CodeCanceled, api.CodeOther:
		return false
	}
	return true
}

// Hasten lets the next probe of each host go at once, because the user came back.
func (r *Retries) Hasten() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, b := range r.budgets {
		b.hasten(r.now())
	}
}

// OpensAt is when the next retry may be sent to a host; zero if that is now.
func (r *Retries) OpensAt(host string) time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	if b, ok := r.budgets[host]; ok {
		return b.opensAt()
	}
	return time.Time{}
}

func (r *Retries) budgetOf(host string) *budget {
	b, ok := r.budgets[host]
	if !ok {
		b = &budget{}
		r.budgets[host] = b
	}
	return b
}

// budget is what one host has left. The zero budget is full.
type budget struct {
	spent     int       // tokens that are gone
	nextProbe time.Time // when the next probe may leave, while no token is left
	line      line      // the zero deadline is of a request without one
}

// add puts a retry into the line.
func (b *budget) add(deadline, now time.Time) *waiter {
	me := b.line.add(deadline, isSooner)
	b.serve(now)
	return me
}

// isSooner reports whether deadline a is more urgent than b. The zero time is never.
func isSooner(a, b time.Time) bool { return !a.IsZero() && (b.IsZero() || a.Before(b)) }

// serve lets those go that the budget can afford now, and pictures that will be deleted before the next probe.
func (b *budget) serve(now time.Time) {
	for len(b.line) > 0 && (b.spend(now) || isSooner(b.line[0].deadline, b.nextProbe)) {
		b.line.next()
	}
}

// spend takes a token, or the probe that is due. It is false if there is neither.
func (b *budget) spend(now time.Time) bool {
	switch {
	case b.spent < budgetSize:
		b.spent++
	case b.nextProbe.After(now):
		return false
	}
	b.nextProbe = now.Add(probeInterval)
	return true
}

// restore gives a token back.
func (b *budget) restore(now time.Time) {
	b.spent = max(b.spent-1, 0)
	b.serve(now)
}

// hasten lets the next probe leave at once.
func (b *budget) hasten(now time.Time) {
	if last := b.nextProbe.Add(-probeInterval); now.Sub(last) >= hastenAfter && b.nextProbe.After(now) {
		b.nextProbe = now
		b.serve(now)
	}
}

// opensAt is when the next retry may leave; zero if that is now.
func (b *budget) opensAt() time.Time {
	if b.spent < budgetSize {
		return time.Time{}
	}
	return b.nextProbe
}
