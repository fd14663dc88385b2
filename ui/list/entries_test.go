package list

import (
	"fmt"
	"slices"
	"testing"

	"tintype/history"
	"tintype/ui/runner"
)

// Every entry is asked for once, until reads are tried again: those of the window, a page on either side, and the cursor.
func TestMissing(t *testing.T) {
	l := newList(2, "k9", "k8", "k7", "k6", "k5", "k4", "k3")
	if got := l.Missing(); !slices.Equal(got, []string{"k9", "k8", "k7", "k6", "k5"}) {
		t.Errorf("at first: %v", got)
	}
	if got := l.Missing(); got != nil {
		t.Errorf("asked again: %v", got)
	}
	l.Choose("k3")
	l.Scroll(-9)
	if got := l.Missing(); !slices.Equal(got, []string{"k3"}) {
		t.Errorf("for the cursor: %v", got)
	}
	l.Update(history.Entry{Key: "k9", Rev: 1})
	l.RetryReads()
	if got := l.MissingOf("k9", "k8"); !slices.Equal(got, []string{"k8"}) {
		t.Errorf("of two: %v", got)
	}
}

// followed is a source of one prediction.
type followed runner.Row

func (f followed) Row(key string) (runner.Row, bool) { return runner.Row(f), key == f.Key }

// A row comes from the source where that follows it. Older revisions are ignored, and changes are shown at once.
func TestRows(t *testing.T) {
	l := newList(3, "k9", "k8", "k7")
	if _, ok := l.Row("k9"); ok {
		t.Error("an entry is known that was never read")
	}
	l.Update(history.Entry{Key: "k9", Rev: 2}, history.Entry{Key: "k8", Rev: 2})
	l.SetSource(followed{Entry: history.Entry{Key: "k8", Rev: 3}, Live: &runner.Live{}})
	l.Update(history.Entry{Key: "k9", Rev: 1})
	if row, ok := l.Row("k9"); !ok || row.Rev != 2 || row.Live != nil {
		t.Errorf("k9 has revision %d", row.Rev)
	}
	if row, ok := l.Row("k8"); !ok || row.Rev != 3 || row.Live == nil {
		t.Errorf("k8 has revision %d, live %v", row.Rev, row.Live)
	}
	star := func(e history.Entry) history.Entry { e.Star = true; return e }
	l.Change("k9", star)
	l.Change("k7", star)
	if e, _ := l.Entry("k9"); !e.Star {
		t.Error("a star is not shown at once")
	}
	if _, ok := l.Entry("k7"); ok {
		t.Error("a change made an entry that was never read")
	}
}

// Entries far from the window are dropped when there are many.
func TestEntriesAreBounded(t *testing.T) {
	var keys []string
	var entries []history.Entry
	for i := range 2*maxEntries + 1 {
		keys = append(keys, fmt.Sprintf("k%05d", i))
		entries = append(entries, history.Entry{Key: keys[i]})
	}
	l := newList(10, keys...)
	l.Choose(keys[0]) // the last in the list
	l.Scroll(-len(keys))
	l.Update(entries...)
	if n := len(l.entries); n > maxEntries || n < 10 {
		t.Errorf("%d entries are held", n)
	}
	for _, key := range append(l.Window(), l.Cursor()) {
		if _, ok := l.Entry(key); !ok {
			t.Fatalf("%s was dropped", key)
		}
	}
}
