package queue

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"tintype/api"
	"tintype/api/job"
)

// returnTime is how long after the limit has opened a purchase that was asked to wait may take to come back into the line.
const returnTime = 5 * time.Second

// Creates makes purchases wait together: once the provider has asked one of them to wait (429), none leaves before that time. Then
// they leave one after the other until all are back and the line is empty.
type Creates struct {
	now func() time.Time

	mu        sync.Mutex
	opensAt   time.Time
	exact     bool          // the provider said for how long
	oneByOne  bool          // after a 429, until endOneByOne
	active    int           // purchases being sent
	throttled int           // times in a row that the provider asked to wait
	line      []purchase    // those that wait
	changed   chan struct{} // closed when something has changed; nil if nobody waits for that
}

// purchase is a purchase's place in the line.
type purchase struct {
	tries int
	key   string
}

// NewCreates returns an open limit.
func NewCreates(now func() time.Time) *Creates { return &Creates{now: now} }

// OpensAt is when the next purchase may leave; a time in the past if none has to wait for it.
func (c *Creates) OpensAt() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.opensAt
}

// IsClosed reports whether a purchase that comes now would have to wait.
func (c *Creates) IsClosed() bool {
	now := c.now()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.opensAt.After(now) || c.oneByOne && (c.active > 0 || len(c.line) > 0)
}

// Acquire waits until a purchase may leave, which must be released. Tries are its tries so far. It is false if ctx ends first.
func (c *Creates) Acquire(ctx context.Context, tries int, key string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.active == 0 {
		c.endOneByOne()
	}
	me := purchase{tries, key}
	c.line = append(c.line, me)
	defer func() {
		c.line = slices.DeleteFunc(c.line, func(p purchase) bool { return p == me })
		c.notify()
	}()
	for !c.mayLeave(me) {
		if !c.wait(ctx) {
			return false
		}
	}
	if ctx.Err() != nil {
		return false
	}
	c.active++
	return true
}

// mayLeave reports whether a purchase in the line may leave now.
func (c *Creates) mayLeave(p purchase) bool {
	return !c.opensAt.After(c.now()) && (!c.oneByOne || c.active == 0 && p == slices.MinFunc(c.line, c.compare))
}

// compare orders the line, since each purchase has only three tries. If the provider said when it takes the next, the one with the
// fewest tries left goes first; if it did not, the one with the most, so that none uses up its tries. Among equals it is the
// oldest.
func (c *Creates) compare(a, b purchase) int {
	if c.exact {
		return cmp.Or(b.tries-a.tries, cmp.Compare(a.key, b.key))
	}
	return cmp.Or(a.tries-b.tries, cmp.Compare(a.key, b.key))
}

// notify makes those that wait look again.
func (c *Creates) notify() {
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
}

// wait waits for a change, or until the limit opens; mu is released meanwhile.
func (c *Creates) wait(ctx context.Context) bool {
	if c.changed == nil {
		c.changed = make(chan struct{})
	}
	changed, opens := c.changed, (<-chan time.Time)(nil)
	if d := c.opensAt.Sub(c.now()); d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		opens = timer.C
	}
	c.mu.Unlock()
	defer c.mu.Lock()
	select {
	case <-ctx.Done():
		return false
	case <-changed:
	case <-opens:
	}
	return true
}

// Release ends a purchase, and learns from its answer whether the others have to wait.
func (c *Creates) Release(answer job.Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.active--
	if no, ok := askedToWait(answer); ok {
		c.oneByOne, c.exact = true, no.Err.HasRetryAfter
		if !c.opensAt.After(c.now()) { // answers to purchases that left together count once
			c.throttled++
		}
		if at := c.now().Add(no.Wait(c.throttled)); at.After(c.opensAt) {
			c.opensAt = at
		}
	} else {
		c.throttled = 0
		c.endOneByOne()
	}
	c.notify()
}

// endOneByOne lets purchases leave together again when none is left of those that were asked to wait. They come back into the line
// on their own, so that it may be empty before they do.
func (c *Creates) endOneByOne() {
	if len(c.line) == 0 && c.now().Sub(c.opensAt) >= returnTime {
		c.oneByOne = false
	}
}

// askedToWait returns the answer of a provider that asked a purchase to wait.
func askedToWait(answer job.Event) (job.NotCreated, bool) {
	no, ok := answer.(job.NotCreated)
	return no, ok && no.Err != nil && no.Err.Outcome == api.RateLimited
}
