package raster

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
)

// TestInBands: each row is done once, the work stops within a band of the context's end, and a panic reaches the caller.
func TestInBands(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	var rows [103]atomic.Int32
	eachRow := func(do func(y int)) func() func(from, to int) {
		return func() func(from, to int) {
			return func(from, to int) {
				for y := from; y < to; y++ {
					do(y)
				}
			}
		}
	}
	if err := InBands(t.Context(), len(rows), 10, eachRow(func(y int) { rows[y].Add(1) })); err != nil {
		t.Fatal(err)
	}
	for y := range rows {
		if n := rows[y].Load(); n != 1 {
			t.Errorf("row %d was done %d times", y, n)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	var done atomic.Int32
	err := InBands(ctx, 1000, 1, eachRow(func(int) { stop(); done.Add(1) }))
	if !errors.Is(err, context.Canceled) || done.Load() > 4 {
		t.Errorf("%d rows were done, %v", done.Load(), err)
	}
	defer func() {
		if p := recover(); p != "row 77" {
			t.Errorf("panics with %v", p)
		}
	}()
	_ = InBands(t.Context(), len(rows), 1, eachRow(func(y int) {
		if y == 77 {
			panic("row 77")
		}
	}))
}
