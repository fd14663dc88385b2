package runner

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestI11ExpiryRaceOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{})
		ctx := context.Background()
		for range maxFetches {
			if !s.slots.acquire(ctx, s, time.Time{}) {
				t.Fatal("no free slot")
			}
		}
		var order []int
		for _, hour := range []int{3, 1, 2} {
			go func() {
				if s.slots.acquire(ctx, s, time.Unix(int64(hour)*3600, 0)) {
					order = append(order, hour)
				}
			}()
			synctest.Wait()
		}
		left, leave := context.WithCancel(ctx)
		go s.slots.acquire(left, s, time.Time{}) // the most urgent, and it goes away
		synctest.Wait()
		leave()
		for range 3 {
			synctest.Wait()
			s.slots.release(s)
		}
		synctest.Wait()
		if !slices.Equal(order, []int{1, 2, 3}) {
			t.Errorf("went in the order %v", order)
		}
		for range maxFetches {
			s.slots.release(s)
		}
		if s.slots.free != maxFetches || len(s.slots.queue) != 0 {
			t.Errorf("%d free, %d waiting", s.slots.free, len(s.slots.queue))
		}
	})
}
