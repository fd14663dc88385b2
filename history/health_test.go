package history

import (
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// TestTroubleIsLookedAtByMany: several goroutines may refresh while nothing can be recorded, and after; the race detector watches.
func TestTroubleIsLookedAtByMany(t *testing.T) {
	h, d := openInMemory(t)
	var seconds atomic.Int64
	h.now = func() time.Time { return noon.Add(time.Duration(seconds.Add(1)) * time.Second) }
	d.failAt, d.always, d.count, d.err = 1, true, 0, syscall.ENOSPC
	if _, err := h.Append(NewKey(noon), withPrompt("a")); err == nil || h.WriteError() == nil {
		t.Fatalf("%v, %v", err, h.WriteError())
	}
	refresh := func() {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				for range 10 {
					_, _ = h.Refresh(t.Context())
				}
			})
		}
		wg.Wait()
	}
	refresh()
	if h.WriteError() == nil {
		t.Error("the trouble passed, and the disk is still full")
	}
	d.failAt = 0
	refresh()
	if err := h.WriteError(); err != nil {
		t.Errorf("the disk is well, and there is still %v", err)
	}
}
