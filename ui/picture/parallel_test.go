package picture

import (
	"context"
	"errors"
	"reflect"
	"runtime"
	"sync/atomic"
	"testing"
)

// TestSameOutcomeOnAnyProcessors compares the bytes of every protocol on one processor and on four.
func TestSameOutcomeOnAnyProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	img := noise(300, 700)
	for protocol := range protocols {
		for _, colours := range []int{1 << 24, 256, 16, 0} {
			caps := Capabilities{Protocol: protocol, Colours: colours, CellWidth: 5, CellHeight: 11}
			var frames [2]Frame
			for i, processors := range []int{1, 4} {
				runtime.GOMAXPROCS(processors)
				f, err := Render(t.Context(), img, Cells{40, 70}, caps, Options{ID: 3})
				if err != nil {
					t.Fatal(err)
				}
				frames[i] = f
			}
			if !reflect.DeepEqual(frames[0], frames[1]) {
				t.Errorf("%s in %d colours differs on four processors", protocol, colours)
			}
		}
	}
}

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
	if err := inBands(t.Context(), len(rows), 10, eachRow(func(y int) { rows[y].Add(1) })); err != nil {
		t.Fatal(err)
	}
	for y := range rows {
		if n := rows[y].Load(); n != 1 {
			t.Errorf("row %d was done %d times", y, n)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	var done atomic.Int32
	err := inBands(ctx, 1000, 1, eachRow(func(int) { stop(); done.Add(1) }))
	if !errors.Is(err, context.Canceled) || done.Load() > 4 {
		t.Errorf("%d rows were done, %v", done.Load(), err)
	}
	defer func() {
		if p := recover(); p != "row 77" {
			t.Errorf("panics with %v", p)
		}
	}()
	_ = inBands(t.Context(), len(rows), 1, eachRow(func(y int) {
		if y == 77 {
			panic("row 77")
		}
	}))
}
