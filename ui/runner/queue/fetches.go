package queue

import (
	"context"
	"sync"
	"time"
)

// maxFetches is how many jobs download their pictures at once.
const maxFetches = 4

// Fetches lets four jobs download at once. Among those that wait, the one whose pictures are deleted first goes first.
type Fetches struct {
	mu   sync.Mutex
	free int
	line line
}

// NewFetches returns a limit of four downloads.
func NewFetches() *Fetches { return &Fetches{free: maxFetches} }

// Acquire waits for a slot, which must be released. The zero deadline is the most urgent: the pictures may be deleted at any
// moment. It is false if ctx ends first.
func (f *Fetches) Acquire(ctx context.Context, deadline time.Time) bool {
	f.mu.Lock()
	if f.free > 0 && len(f.line) == 0 {
		f.free--
		f.mu.Unlock()
		return true
	}
	me := f.line.add(deadline, time.Time.Before)
	f.mu.Unlock()
	select {
	case <-me.turn:
		return true
	case <-ctx.Done():
		f.leave(me)
		return false
	}
}

// leave takes a waiter out; a slot that it got at the same moment goes to the next.
func (f *Fetches) leave(me *waiter) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.line.remove(me) {
		f.release()
	}
}

// Release gives a slot back.
func (f *Fetches) Release() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.release()
}

func (f *Fetches) release() {
	if len(f.line) == 0 {
		f.free++
		return
	}
	f.line.next()
}
