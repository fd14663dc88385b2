package queue

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"tintype/api"
	"tintype/api/job"
)

// throttled is the answer of a provider that asks to wait for a minute.
func throttled() job.Event {
	e := &api.Error{Code: api.CodeRate, Outcome: api.RateLimited, RetryAfter: time.Minute, HasRetryAfter: true}
	return job.NotCreated{Failure: job.Failure{Err: e}}
}

// TestCreatesWaitTogether: after a 429 with Retry-After no purchase leaves before that time, and then one after the other, the one
// with the fewest tries left first.
func TestCreatesWaitTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := NewCreates(time.Now)
		ctx := context.Background()
		if !c.Acquire(ctx, 0, "a") || !c.Acquire(ctx, 0, "b") || c.IsClosed() {
			t.Fatal("purchases wait, and nobody asked for it")
		}
		c.Release(throttled())
		start := time.Now()
		var order []string
		for _, key := range []string{"c", "d"} {
			go func() {
				if c.Acquire(ctx, 0, key) {
					order = append(order, key)
				}
			}()
		}
		go func() {
			if c.Acquire(ctx, 1, "z") { // it has used one of its three tries
				order = append(order, "z")
			}
		}()
		gone, cancel := context.WithCancel(ctx)
		go c.Acquire(gone, 2, "gone")
		time.Sleep(59 * time.Second)
		cancel()
		synctest.Wait()
		if len(order) > 0 || !c.IsClosed() || c.OpensAt().Sub(start) != time.Minute {
			t.Errorf("%v left early; the next may leave after %v", order, c.OpensAt().Sub(start))
		}
		c.Release(nil) // b is answered: none is running
		for n := 1; n <= 3; n++ {
			time.Sleep(time.Second)
			synctest.Wait()
			if len(order) != n {
				t.Fatalf("%v left, want %d", order, n)
			}
			c.Release(nil)
		}
		if !slices.Equal(order, []string{"z", "c", "d"}) || c.IsClosed() {
			t.Errorf("left in the order %v; closed %v", order, c.IsClosed())
		}
	})
}

// TestCreatesComeBackOneByOne: of several purchases that were asked to wait, one is back and bought before the others are in the line.
// They still leave one after the other. Later ones leave together again.
func TestCreatesComeBackOneByOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := NewCreates(time.Now)
		ctx := t.Context()
		acquire := func(tries int, keys ...string) (left *atomic.Int32) {
			left = new(atomic.Int32)
			for _, key := range keys {
				go func() {
					if c.Acquire(ctx, tries, key) {
						left.Add(1)
					}
				}()
			}
			synctest.Wait()
			return left
		}
		if n := acquire(0, "a", "b", "c", "d").Load(); n != 4 {
			t.Fatalf("%d of 4 left", n)
		}
		c.Release(throttled())
		c.Release(throttled())
		c.Release(throttled())
		c.Release(nil) // the last answer is in order, and nobody is in the line yet
		time.Sleep(time.Minute)
		if n := acquire(1, "a").Load(); n != 1 {
			t.Fatal("the first does not leave when the limit opens")
		}
		c.Release(nil)
		left := acquire(1, "b", "c")
		for n := int32(1); n <= 2; n++ {
			if left.Load() != n {
				t.Errorf("%d left, want %d", left.Load(), n)
			}
			c.Release(nil)
			synctest.Wait()
		}
		time.Sleep(time.Minute)
		if n := acquire(0, "e", "f").Load(); n != 2 {
			t.Errorf("%d of 2 left a minute later", n)
		}
	})
}

// TestGetsAreSpaced: ten GETs a second leave.
func TestGetsAreSpaced(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := NewGets(time.Now)
		start := time.Now()
		for range 11 {
			if !g.Acquire(t.Context()) {
				t.Fatal("the context has not ended")
			}
		}
		if took := time.Since(start); took != time.Second {
			t.Errorf("eleven GETs took %v", took)
		}
	})
}

// TestCreatesWaitLonger: without a time the wait grows each time that the provider asks, however many purchases had left together.
func TestCreatesWaitLonger(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := NewCreates(time.Now)
		asked := job.NotCreated{Failure: job.Failure{Err: &api.Error{Code: api.CodeRate, Outcome: api.RateLimited, HTTPStatus: 429}}}
		for range 10 {
			c.Acquire(t.Context(), 0, "a")
		}
		for range 10 {
			c.Release(asked)
		}
		for _, want := range []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second} {
			if wait := time.Until(c.OpensAt()); wait != want {
				t.Errorf("the wait is %v, want %v", wait, want)
			}
			if !c.Acquire(t.Context(), 1, "a") {
				t.Fatal("it does not open")
			}
			c.Release(asked)
		}
	})
}
