package history

import (
	"fmt"
	"sync"
	"testing"
)

// TestI15TwoInstancesChangeOneEntry: two programs that change the same entry at the same time lose no change.
func TestI15TwoInstancesChangeOneEntry(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := openHistory(t, dir), openHistory(t, dir)
	key := NewKey(noon)
	const times = 60
	done := make(chan error, 2)
	for i, h := range []*History{one, two} {
		go func() {
			var err error
			for n := range times {
				_, err = h.Append(key, func(e Entry) Entry {
					e.State = Waiting
					if e.Metrics == nil {
						e.Metrics = map[string]float64{}
					}
					e.Metrics[fmt.Sprintf("writer %d", i)]++
					if n == times-1 && i == 0 {
						e.Star = true
					}
					return e
				})
				if err != nil {
					break
				}
			}
			done <- err
		}()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	e := mustAppend(t, one, key, func(e Entry) Entry { return e })
	if e.Rev != 2*times || !e.Star || e.Metrics["writer 0"] != times || e.Metrics["writer 1"] != times {
		t.Errorf("%+v", e)
	}
}

// TestEverythingConcurrently calls everything at the same time, for the race detector, and checks the result.
func TestEverythingConcurrently(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h, other := openHistory(t, dir), openHistory(t, dir)
	q, _ := ParseQuery("boat -cat is:running", noon)
	var wg sync.WaitGroup
	times := func(n int, do func(i int) error) {
		wg.Go(func() {
			for i := range n {
				if err := do(i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	times(40, func(i int) error { _, err := h.Append(NewKey(noon), withPrompt(fmt.Sprint("boat ", i))); return err })
	times(40, func(i int) error { _, err := other.Append(sharedKey, withPrompt(fmt.Sprint("cat ", i))); return err })
	times(40, func(int) error {
		_, err := h.Append(sharedKey, func(e Entry) Entry { e.State, e.Star = Waiting, !e.Star; return e })
		return err
	})
	times(3, func(int) error { _, err := other.Compact(t.Context()); return err })
	times(60, func(int) error { _, _, err := h.Search(t.Context(), q, 5); return err })
	times(60, func(int) error { _, err := h.Entries(h.Keys().All()); return err })
	times(20, func(int) error { _, err := h.Refresh(t.Context()); return err })
	times(20, func(int) error { _, err := other.Latest(10); return err })
	times(20, func(int) error { _, err := h.Active(); return err })
	times(20, func(int) error { h.Prompts("b", 3); h.Durations("x", 3); h.Len(); return h.WriteError() })
	wg.Wait()
	for _, x := range []*History{h, other, openHistory(t, dir)} {
		if _, err := x.Refresh(t.Context()); err != nil || x.BuildIndex(t.Context()) != nil || x.Len() != 41 {
			t.Errorf("%d entries, %v", x.Len(), err)
		}
	}
}
