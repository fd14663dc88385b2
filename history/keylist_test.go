package history

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestKeyList: a list that was returned does not change, whatever is inserted later.
func TestKeyList(t *testing.T) {
	t.Parallel()
	var l keyList
	var want []ulid // oldest first
	type given struct{ list, copy []ulid }
	var gave []given
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 2000 {
		i := len(want)
		if n%7 == 0 {
			i = random.IntN(len(want) + 1)
		}
		key := ulid{1, uint64(n)}
		l.insert(i, key)
		want = slices.Insert(want, i, key)
		if n%13 == 0 {
			list := l.newestFirst()
			gave = append(gave, given{list, slices.Clone(list)})
		}
	}
	got := slices.Clone(l.newestFirst())
	slices.Reverse(got)
	if !slices.Equal(got, want) || l.len() != len(want) || l.at(3) != want[3] {
		t.Fatal("the keys are in the wrong places")
	}
	for _, g := range gave {
		if !slices.Equal(g.list, g.copy) {
			t.Fatalf("a list of %d that was returned has changed", len(g.list))
		}
	}
}
