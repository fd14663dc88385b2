package history

import (
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// TestProbeConcurrently: several goroutines may call Refresh while nothing can be recorded, and afterwards; for the race
// detector.
func TestProbeConcurrently(t *testing.T) {
	t.Parallel()
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
		t.Error("WriteError was cleared although the disk is still full")
	}
	d.failAt = 0
	refresh()
	if err := h.WriteError(); err != nil {
		t.Errorf("the disk works again, and WriteError is still %v", err)
	}
}
