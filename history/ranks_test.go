package history

import (
	"slices"
	"strings"
	"testing"

	"tintype/history/duels"
)

// TestQueriesOfRanks: rank and is:unranked ask the function that makes ranks of duels, once for each state of the file.
func TestQueriesOfRanks(t *testing.T) {
	t.Parallel()
	h, keys := newSample(t)
	asked := 0
	h.ranks = func(list []duels.Duel) map[string]float64 {
		asked++
		shares := map[string]float64{"no such key": 0.9}
		for _, d := range list {
			shares[d.A.Key], shares[d.B.Key] = 0.75, 0.25
		}
		return shares
	}
	duel := func(a, b string) {
		if _, err := h.Duels().Append(duels.Duel{A: duels.Picture{Key: keys[a], Output: 1}, B: duels.Picture{Key: keys[b], Output: 1}, Won: duels.A}); err != nil {
			t.Fatal(err)
		}
	}
	check := func(query, want string) {
		t.Helper()
		q, err := ParseQuery(query, noon)
		if err != nil {
			t.Fatal(err)
		}
		found, _, err := h.Search(t.Context(), q, 0)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, key := range found.All() {
			for name, k := range keys {
				if k == key {
					names = append(names, name)
				}
			}
		}
		if !slices.Equal(names, strings.Fields(want)) {
			t.Errorf("%s: %q, want %q", query, names, want)
		}
	}
	if err := h.BuildIndex(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("rank>0", "")
	check("is:unranked", "yesterday week march")
	duel("march", "week")
	check("rank>0.5", "march")
	check("rank>=25%", "week march")
	check("rank<0.5 lighthouse", "week")
	check("is:unranked", "yesterday")
	check("-is:unranked -rank:0.25", "unconfirmed waiting failed march")
	if asked != 3 { // twice without a file, once with it
		t.Errorf("it was asked %d times", asked)
	}
	duel("yesterday", "week")
	check("rank>0.5", "yesterday march")
	for _, query := range []string{"rank>2", "rank:good", "rank>NaN", "rank>-1"} {
		if _, err := ParseQuery(query, noon); err == nil || !strings.Contains(err.Error(), "from 0 to 1, like 0.5") {
			t.Errorf("%s: %v", query, err)
		}
	}
}
