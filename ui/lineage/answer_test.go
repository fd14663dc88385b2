package lineage_test

import (
	"errors"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/lineage"
)

// openHistory opens an empty history, and returns a function that appends a prediction with a parent to it.
func openHistory(t *testing.T) (h *history.History, add func(parent string) (key string)) {
	t.Helper()
	h, err := history.Open(history.Options{Dir: t.TempDir(), App: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h, func(parent string) string {
		e, err := h.Append(history.NewKey(time.Now()), func(e history.Entry) history.Entry {
			e.State, e.Input, e.Parent = history.Creating, map[string]any{"prompt": "a boat"}, parent
			return e
		})
		if err != nil {
			t.Fatal(err)
		}
		return e.Key
	}
}

func TestParseQuery(t *testing.T) {
	t.Parallel()
	h, add := openHistory(t)
	var graphs lineage.Graphs
	keys := []string{add("")}
	keys = append(keys, add(keys[0]))
	keys = append(keys, add(keys[1]), add(""))
	for query, want := range map[string]int{"from:" + keys[0]: 2, "-from:" + keys[0]: 2, "is:root": 2, "is:leaf": 2, "is:root is:leaf": 1, "is:leaf from:" + keys[1]: 1, "boat": 4} {
		q, err := graphs.ParseQuery(t.Context(), h, query, time.Now())
		if err != nil {
			t.Error(err)
		}
		if _, total, _ := h.Search(t.Context(), q, 0); total != want {
			t.Errorf("%s: %d are found, want %d", query, total, want)
		}
	}
	q, err := graphs.ParseQuery(t.Context(), h, "from:zzzz", time.Now())
	if !errors.Is(err, history.ErrNotFound) {
		t.Errorf("%v", err)
	}
	if _, total, _ := h.Search(t.Context(), q, 0); total != 0 {
		t.Errorf("%d came from a prediction that is not known", total)
	}
}

// TestGraphsAreKept: while nothing is appended, each question is answered by the same graph; afterwards by one that has what is new.
func TestGraphsAreKept(t *testing.T) {
	t.Parallel()
	h, add := openHistory(t)
	var graphs lineage.Graphs
	of := func() *lineage.Graph {
		g, err := graphs.Of(t.Context(), h)
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	if _, known := of().Tree("a"); known {
		t.Error("an empty history has a tree")
	}
	first := add("")
	before := of()
	if of() != before {
		t.Error("the graph is made again")
	}
	for range 2 { // the answer is kept, and not longer than the graph
		child := add(first)
		for range 2 {
			q, err := graphs.ParseQuery(t.Context(), h, "from:"+first, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			if keys, _, _ := h.Search(t.Context(), q, 0); keys.At(0) != child {
				t.Errorf("found are %v", keys.All())
			}
		}
	}
	if after := of(); after == before || after.IsLeaf(first) || !before.IsLeaf(first) {
		t.Error("the graph does not have what is new")
	}
}
