package raster

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// InBands cuts n rows into bands of the given height and works on them with all processors. Each worker calls start once, and then
// the function that start returned for band after band. Bands do not depend on each other, so that the outcome is the same for
// any number of processors. It stops at the next band when the context ends. A panic in the work becomes one of the caller.
func InBands(ctx context.Context, n, height int, start func() func(from, to int)) error {
	var next atomic.Int32
	var panicked atomic.Value
	worker := func() {
		defer func() {
			if p := recover(); p != nil {
				panicked.Store(fmt.Sprint(p))
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
	if p := panicked.Load(); p != nil {
		panic(p)
	}
	return ctx.Err()
}
