package queue

import (
	"context"
	"sync"
	"time"
)

// getInterval is the least time between two GETs to the API: ten a second. Replicate allows fifty.
const getInterval = 100 * time.Millisecond

// Gets spaces the GETs of all jobs.
type Gets struct {
	now  func() time.Time
	mu   sync.Mutex
	next time.Time // when the next may leave
}

// NewGets returns a limit of ten GETs a second.
func NewGets(now func() time.Time) *Gets { return &Gets{now: now} }

// Acquire waits until the next GET may leave. It is false if ctx ends first.
func (g *Gets) Acquire(ctx context.Context) bool {
	now := g.now()
	g.mu.Lock()
	at := now
	if g.next.After(now) {
		at = g.next
	}
	g.next = at.Add(getInterval)
	g.mu.Unlock()
	return Sleep(ctx, at.Sub(now))
}
