package picture

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// inBands cuts n rows into bands of height and does them on all processors: each calls start once, and what that gives for band
// after band. A band is work of its own, so that the outcome is the same on any number of processors. It ends with its context, at
// the next band. A panic in the work is one of the caller.
func inBands(ctx context.Context, n, height int, start func() func(from, to int)) error {
	var next atomic.Int32
	var broken atomic.Value
	worker := func() {
		defer func() {
			if p := recover(); p != nil {
				broken.Store(fmt.Sprint(p))
			}
		}()
		work := start()
		for ctx.Err() == nil {
			from := int(next.Add(1)-1) * height
			if from >= n {
				return
			}
			work(from, min(from+height, n))
		}
	}
	var others sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (n+height-1)/height) - 1 {
		others.Go(worker)
	}
	worker()
	others.Wait()
	if p := broken.Load(); p != nil {
		panic(p)
	}
	return ctx.Err()
}
