// Package queue makes requests wait for their turn. It has four limits, one for each thing that is scarce:
//
//   - Creates: purchases. After the provider asked one to wait, none leaves before that time, and then one after the other.
//   - Gets: requests for the state of predictions. They are spaced.
//   - Retries: a budget of retries for each host.
//   - Fetches: downloads. A few at a time.
//
// Each has the same shape: Acquire waits for a turn and is false if its context ends first; what is given back, or learned from an
// answer, comes by Release or Record. Each has its own lock, reads the clock that it was given, and never calls back, so the
// methods that do not wait may be called under any lock.
//
// They are not one scheduler with priorities, because they share nothing to schedule: they limit an order, a rate, a count of
// failures and a number of connections, and purchases and downloads must not wait for each other. Where a priority matters it is
// within one limit, and differs there: the picture that expires first goes first (Fetches, Retries), or the purchase with the
// fewest tries left (Creates). One queue for all four would need a rule for each pair that keeps one from holding up the other.
package queue

import (
	"context"
	"slices"
	"time"
)

// Sleep waits for d. It is false if ctx ends first.
func Sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// line is a queue of those that wait, the most urgent first.
type line []*waiter

type waiter struct {
	deadline time.Time     // when its pictures are deleted
	turn     chan struct{} // closed when it may go
}

// add puts a waiter behind all that are not less urgent.
func (l *line) add(deadline time.Time, isSooner func(a, b time.Time) bool) *waiter {
	w := &waiter{deadline: deadline, turn: make(chan struct{})}
	at := slices.IndexFunc(*l, func(other *waiter) bool { return isSooner(deadline, other.deadline) })
	if at < 0 {
		at = len(*l)
	}
	*l = slices.Insert(*l, at, w)
	return w
}

// next lets the first waiter go. The line must not be empty.
func (l *line) next() {
	close((*l)[0].turn)
	*l = (*l)[1:]
}

// remove takes a waiter out. It is false if its turn has come already.
func (l *line) remove(w *waiter) bool {
	at := slices.Index(*l, w)
	if at < 0 {
		return false
	}
	*l = slices.Delete(*l, at, at+1)
	return true
}
