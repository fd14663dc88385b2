package runner

import (
	"context"
	"slices"
	"time"
)

// maxFetches is how many jobs fetch their pictures at once.
const maxFetches = 4

// slots let a few jobs fetch at once; of those that wait, the one whose pictures are deleted first goes first. Guarded by the
// Studio's mu.
type slots struct {
	free  int
	queue []*waiter
}

type waiter struct {
	until time.Time // when its pictures are deleted
	turn  chan struct{}
}

// acquire waits for a slot; false when ctx ends first.
func (l *slots) acquire(ctx context.Context, r *Runner, until time.Time) bool {
	r.mu.Lock()
	if l.free > 0 && len(l.queue) == 0 {
		l.free--
		r.mu.Unlock()
		return true
	}
	me := &waiter{until: until, turn: make(chan struct{})}
	at, _ := slices.BinarySearchFunc(l.queue, me, func(a, b *waiter) int { return a.until.Compare(b.until) })
	l.queue = slices.Insert(l.queue, at, me)
	r.mu.Unlock()
	select {
	case <-me.turn:
		return true
	case <-ctx.Done():
		return l.giveUp(r, me)
	}
}

// giveUp leaves the queue; a turn that came at the same moment goes to the next.
func (l *slots) giveUp(r *Runner, me *waiter) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if i := slices.Index(l.queue, me); i >= 0 {
		l.queue = slices.Delete(l.queue, i, i+1)
		return false
	}
	l.next()
	return false
}

// release gives the slot back.
func (l *slots) release(r *Runner) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l.next()
}

func (l *slots) next() {
	if len(l.queue) == 0 {
		l.free++
		return
	}
	first := l.queue[0]
	l.queue = l.queue[1:]
	close(first.turn)
}
