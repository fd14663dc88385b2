package history

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"sync/atomic"
	"time"

	"tintype/history/disk"
)

// readAppended indexes what was appended to the journal, records which keys that changed, and returns the journal's size.
func (h *History) readAppended() (int64, error) {
	if err := h.ensureTail(); err != nil {
		return 0, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.file == nil || h.index == nil {
		return 0, nil
	}
	info, err := h.file.Stat()
	if err != nil {
		return 0, err
	}
	size := info.Size()
	if !h.hasTail(size) { // truncated, by a writer whose disk failed or by a person
		h.resetIndex()
		h.index = newIndex(max(size-firstTail, 0))
	}
	return size, h.scanTo(size)
}

// scanTo indexes the lines between the end of the index and size. The caller holds mu.
func (h *History) scanTo(size int64) error {
	if size == h.index.to {
		return nil
	}
	if h.scratch == nil {
		h.scratch = &scratchSpace{}
	}
	w, s := &h.scratch.window, &h.scratch.segment
	if size-h.index.to > segmentSize/4 { // too much memory to keep
		w, s = new(window), new(segment)
	}
	for from := h.index.to; from < size; from += segmentSize {
		if err := w.scan(s, h.file, from, min(from+segmentSize, size), size); err != nil {
			return err
		}
		for _, key := range h.index.merge(s, false) {
			h.changed[key] = true
			if h.unbooked != nil {
				h.unbooked[key] = true
			}
			generator.observe(key, h.now())
		}
	}
	h.markTail()
	h.publishKeys()
	return nil
}

// markTail remembers the last bytes before the end of the index. The caller holds mu.
func (h *History) markTail() { h.tail = h.bytesBefore(h.index.to) }

// hasTail reports whether the file still begins with what was indexed. The caller holds mu.
func (h *History) hasTail(size int64) bool {
	return size >= h.index.to && bytes.Equal(h.tail, h.bytesBefore(h.index.to))
}

func (h *History) bytesBefore(to int64) []byte {
	b := make([]byte, min(to, 64))
	n, err := h.file.ReadAt(b, to-int64(len(b)))
	if err != nil && err != io.EOF {
		return nil
	}
	return b[:n]
}

// Refresh reads what other programs wrote since the last call and returns the entries that they changed, oldest first. When
// there is nothing new it costs two stats; calling it once a second is a good pace.
func (h *History) Refresh(ctx context.Context) (changed []Entry, err error) {
	h.probe()
	if err := h.refresh(); err != nil {
		return nil, err
	}
	h.mu.RLock()
	incomplete := h.indexAll && h.file != nil && !h.index.isComplete()
	h.mu.RUnlock()
	if incomplete {
		if err := h.BuildIndex(ctx); err != nil {
			return nil, err
		}
	}
	return h.Entries(h.takeChanged())
}

func (h *History) refresh() error {
	h.write.Lock()
	defer h.write.Unlock()
	info, err := h.journalInfo()
	if err != nil {
		return nil // missing or unreachable: what was read stays valid
	}
	h.mu.RLock()
	replaced := h.info == nil || !h.disk.Same(info, h.info)
	h.mu.RUnlock()
	if replaced {
		if err := h.reopen(); err != nil {
			if err := h.openReadOnly(err); err != nil {
				return err
			}
		}
	}
	_, err = h.readAppended()
	return err
}

func (h *History) takeChanged() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	keys := sortedKeys(h.changed)
	clear(h.changed)
	return keys
}

// Latest returns the newest n entries that are not trashed, newest first. It reads only as much of the file's end as it needs.
func (h *History) Latest(n int) ([]Entry, error) {
	for bytes := int64(firstTail); ; bytes *= 4 {
		if err := h.ensureTail(); err != nil {
			return nil, err
		}
		h.mu.RLock()
		keys, enough := h.index.newestKeys(n)
		h.mu.RUnlock()
		if enough {
			return h.Entries(keys)
		}
		if err := h.readTail(4 * bytes); err != nil {
			return nil, err
		}
	}
}

// fewEntries is how many entries one goroutine reads. For more, two goroutines share the decoding, which takes most of the
// time.
const fewEntries = 8

// Entries returns the entries of the keys, in their order. Unknown keys are left out.
func (h *History) Entries(keys []string) ([]Entry, error) {
	type answer struct {
		entry Entry
		found bool
		err   error
	}
	answers := make([]answer, len(keys))
	var next atomic.Int64
	work := func() {
		for i := next.Add(1) - 1; i < int64(len(keys)); i = next.Add(1) - 1 {
			a := &answers[i]
			a.entry, a.found, a.err = h.Entry(keys[i])
		}
	}
	var w workers
	if len(keys) > fewEntries {
		w.start(work)
	}
	work()
	w.wait()
	found := make([]Entry, 0, len(keys))
	for _, a := range answers {
		if a.err != nil {
			return found, a.err
		}
		if a.found {
			found = append(found, a.entry)
		}
	}
	return found, nil
}

// EntriesByKey returns the entries of the keys, by their keys. Unknown keys are left out. With an error it has those that were read before.
func (h *History) EntriesByKey(keys []string) (map[string]Entry, error) {
	found, err := h.Entries(keys)
	byKey := make(map[string]Entry, len(found))
	for _, e := range found {
		byKey[e.Key] = e
	}
	return byKey, err
}

// Entry returns the newest entry of a key; found is false if there is none. It reads the entire file only if the key may be older than what is
// indexed.
func (h *History) Entry(key string) (e Entry, found bool, err error) {
	if err := h.ensureTail(); err != nil {
		return Entry{}, false, err
	}
	at, found, sure := h.locate(key)
	if !found && !sure {
		if err := h.BuildIndex(background); err != nil {
			return Entry{}, false, err
		}
		at, found, _ = h.locate(key)
	}
	if !found {
		return Entry{}, false, nil
	}
	e, err = h.readLine(at, key)
	if errors.Is(err, ErrNotFound) {
		return Entry{}, false, nil
	}
	return e, err == nil, err
}

// A location is where a line is in a file.
type location struct {
	file       disk.File
	generation int
	off        int64
	size       int
}

// locate returns where the newest line of a key is. sure is false when it may be in a part of the file that is not indexed.
func (h *History) locate(key string) (at location, found, sure bool) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	line, found, sure := h.index.locate(key)
	return location{h.file, h.generation, line.off(), line.size()}, found, sure
}

// cacheLimit is how many decoded entries are cached: the active ones and a screen of rows.
const cacheLimit = 64

func (h *History) readLine(at location, key string) (Entry, error) {
	h.mu.RLock()
	e, cached := h.cache[at.off]
	cached = cached && h.generation == at.generation && e.Key == key
	h.mu.RUnlock()
	if cached {
		return e.clone(), nil
	}
	line := make([]byte, at.size)
	if _, err := at.file.ReadAt(line, at.off); err != nil && err != io.EOF {
		return Entry{}, err
	}
	e, err := decode(line)
	if err != nil || e.Key != key {
		return h.recoverEntry(at, key)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.cache) >= cacheLimit {
		clear(h.cache)
	}
	if h.generation == at.generation {
		h.cache[at.off] = e.clone()
	}
	return e, nil
}

// Active returns the entries that have not ended, oldest first: those that a program should follow, unconfirmed ones, and lost
// ones whose pictures may still be downloaded.
func (h *History) Active() ([]Entry, error) {
	if err := h.BuildIndex(background); err != nil {
		return nil, err
	}
	h.mu.RLock()
	keys := h.index.activeKeys()
	h.mu.RUnlock()
	found, err := h.Entries(keys)
	return slices.DeleteFunc(found, func(e Entry) bool { return e.State == Lost && !h.mayBeFetched(e) }), err
}

// retention is how long a provider keeps pictures after a prediction ended
// (replicate.com/docs/topics/predictions/data-retention).
const retention = time.Hour

func (h *History) mayBeFetched(e Entry) bool {
	ended := e.CompletedAt
	if e.EndSeenAt.After(ended) {
		ended = e.EndSeenAt
	}
	return !ended.IsZero() && h.now().Sub(ended) < retention
}
