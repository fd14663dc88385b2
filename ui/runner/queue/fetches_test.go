package queue

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// TestI11ExpiryRaceOrder: the waiting download whose pictures are deleted first goes first.
func TestI11ExpiryRaceOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := NewFetches()
		ctx := context.Background()
		for range maxFetches {
			if !f.Acquire(ctx, time.Time{}) {
				t.Fatal("no free slot")
			}
		}
		var order []int
		for _, hour := range []int{3, 1, 2} {
			go func() {
				if f.Acquire(ctx, time.Unix(int64(hour)*3600, 0)) {
					order = append(order, hour)
				}
			}()
			synctest.Wait()
		}
		left, leave := context.WithCancel(ctx)
		go f.Acquire(left, time.Time{}) // the most urgent, and it goes away
		synctest.Wait()
		leave()
		for range 3 {
			synctest.Wait()
			f.Release()
		}
		synctest.Wait()
		if !slices.Equal(order, []int{1, 2, 3}) {
			t.Errorf("went in the order %v", order)
		}
		for range maxFetches {
			f.Release()
		}
		if f.free != maxFetches || len(f.line) != 0 {
			t.Errorf("%d free, %d waiting", f.free, len(f.line))
		}
	})
}
