package history

import (
	"sync"
	"sync/atomic"
)

// workers are goroutines whose panics are raised again in the goroutine that waits for them. Only there can the caller restore
// the terminal; a panic in any other goroutine ends the program at once.
type workers struct {
	onPanic func() // called when one panics, to stop those who would wait for it; may be nil

	running  sync.WaitGroup
	panicked atomic.Pointer[any]
}

func (w *workers) start(work func()) {
	w.running.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				w.panicked.Store(&p)
				if w.onPanic != nil {
					w.onPanic()
				}
			}
		}()
		work()
	})
}

// wait returns when all have ended, and panics if one of them did.
func (w *workers) wait() {
	w.running.Wait()
	if p := w.panicked.Load(); p != nil {
		panic(*p)
	}
}
