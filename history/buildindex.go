package history

import (
	"context"
	"io"
	"sync/atomic"

	"tintype/history/disk"
)

// firstTail is how much of the file's end is read first, in bytes: usually enough for the newest 200 entries.
const firstTail = 1 << 20

// readTail indexes the last bytes of the file.
func (h *History) readTail(bytes int64) error {
	h.buildMu.Lock()
	defer h.buildMu.Unlock()
	f, size, turn, err := h.currentFile()
	if err != nil || f == nil {
		return err
	}
	x := newIndex(max(size-bytes, 0))
	if err := x.scan(background, f, size); err != nil {
		return err
	}
	return h.install(x, f, turn)
}

// currentFile returns the journal that is open, nil when there is none, and its size.
func (h *History) currentFile() (f disk.File, size int64, turn int, err error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.file == nil {
		return nil, 0, h.generation, nil
	}
	info, err := h.file.Stat()
	if err != nil {
		return nil, 0, h.generation, err
	}
	return h.file, info.Size(), h.generation, nil
}

// install makes x the index, unless the file was replaced while it was scanned. It first scans what was appended meanwhile, so
// that x never knows less than the index before it.
func (h *History) install(x *index, f disk.File, turn int) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.generation != turn || h.index != nil && h.index.from <= x.from {
		return nil
	}
	if h.index != nil && h.index.to > x.to {
		if err := x.scan(background, f, h.index.to); err != nil {
			return err
		}
	}
	h.index = x
	h.publishKeys()
	h.markTail()
	generator.observe(x.newestKey(), h.now())
	if x.isComplete() && h.previous != nil {
		for _, key := range x.keysChangedSince(h.previous) {
			h.changed[key] = true
		}
		h.previous = nil
	}
	return nil
}

// BuildIndex indexes the entire file; run it in the background. Further calls return at once.
func (h *History) BuildIndex(ctx context.Context) error {
	h.buildMu.Lock()
	defer h.buildMu.Unlock()
	for !h.isIndexed() {
		f, size, turn, err := h.currentFile()
		if err != nil {
			return err
		}
		x := newIndex(0)
		if err := x.scan(ctx, f, size); err != nil {
			return err
		}
		if err := h.install(x, f, turn); err != nil {
			return err
		}
	}
	h.mu.Lock()
	h.indexAll = true
	h.mu.Unlock()
	return nil
}

// goroutines is how many of them scan. Reading is limited by memory bandwidth; more than two were not faster.
const goroutines = 2

// scan indexes the lines from the end of the index up to size, in order.
func (x *index) scan(ctx context.Context, f io.ReaderAt, size int64) error {
	begin := x.to
	count := (size - begin + segmentSize - 1) / segmentSize
	if count <= 2 {
		w, s := new(window), new(segment)
		for from := begin; from < size; from += segmentSize {
			if err := w.scan(s, f, from, min(from+segmentSize, size), size); err != nil {
				return err
			}
			x.merge(s, false)
		}
		return nil
	}
	return x.scanMany(ctx, f, begin, size, count)
}

// A parallelScan scans many segments with several goroutines. A goroutine takes a free segment before it takes the next number.
// Therefore the segment that merging waits for always has memory, and the numbers in progress are never as far apart as there
// are segments.
type parallelScan struct {
	f           io.ReaderAt
	begin, size int64
	count       int64 // of numbers
	next        atomic.Int64
	free        chan *segment
	done        [3 * goroutines]chan scanResult // by number modulo its length
}

type scanResult struct {
	s   *segment
	err error
}

// scanMany scans with several goroutines and merges the segments in the order of the file.
func (x *index) scanMany(ctx context.Context, f io.ReaderAt, begin, size, count int64) error {
	run := &parallelScan{f: f, begin: begin, size: size, count: count}
	run.free = make(chan *segment, len(run.done))
	for i := range run.done {
		run.free <- new(segment)
		run.done[i] = make(chan scanResult, 1)
	}
	ctx, stop := context.WithCancel(ctx)
	w := workers{onPanic: stop}
	defer w.wait()
	defer stop()
	for range goroutines {
		w.start(func() { run.run(ctx) })
	}
	for i := range count {
		select {
		case r := <-run.done[i%int64(len(run.done))]:
			if r.err != nil {
				return r.err
			}
			x.merge(r.s, true)
			if i == count/64 || i == count/8 { // early, while little memory is left behind, and again in case that was too small
				x.reserve(size)
			}
			run.free <- r.s
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	x.insertOutOfOrder()
	return nil
}

func (run *parallelScan) run(ctx context.Context) {
	w := new(window)
	for {
		var s *segment
		select {
		case s = <-run.free:
		case <-ctx.Done():
			return
		}
		i := run.next.Add(1) - 1
		if i >= run.count {
			return
		}
		from := run.begin + i*segmentSize
		err := w.scan(s, run.f, from, min(from+segmentSize, run.size), run.size)
		run.done[i%int64(len(run.done))] <- scanResult{s, err}
	}
}
