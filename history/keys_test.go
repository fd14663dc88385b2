package history

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// foreignKeys are keys that our programs never make; ULIDs sort before, between and after them.
var foreignKeys = []string{
	"", "0", "01", "01k0000000000000000000ffff0", "01K0000000000000000000FFFF", "ILOU", "a", "boat", "лодка", "\x01",
	"00000000000000000000000000", "0000000000zzzzzzzzzzzzzzzz", "7zzzzzzzzzzzzzzzzzzzzzzzzz", "80000000000000000000000000",
	"zzzzzzzzzzzzzzzzzzzzzzzzzz",
}

// TestKeys: keys of any form are sorted as strings, and With and Without do not change the list that they are called on.
func TestKeys(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	pool := slices.Clone(foreignKeys)
	for range 200 {
		pool = append(pool, ulid{random.Uint64() >> random.IntN(64), random.Uint64()}.String())
	}
	var keys, before Keys
	var want, wantBefore []string
	for range 300 {
		before, wantBefore = keys, slices.Clone(want)
		key := pool[random.IntN(len(pool))]
		if random.IntN(3) == 0 {
			keys = keys.Without(key)
			want = slices.DeleteFunc(slices.Clone(want), func(k string) bool { return k == key })
		} else {
			more := []string{key, pool[random.IntN(len(pool))], key}
			keys, want = keys.With(more...), append(want, more...)
			slices.Sort(want)
			want = slices.Compact(want)
		}
		newestFirst := slices.Clone(want)
		slices.Reverse(newestFirst)
		if !slices.Equal(keys.All(), newestFirst) || keys.Len() != len(want) {
			t.Fatalf("%q, want %q", keys.All(), newestFirst)
		}
		for _, key := range pool {
			i, found := keys.Find(key)
			n, known := slices.BinarySearch(want, key)
			if found != known || known && keys.At(i) != key || !known && i != len(want)-n {
				t.Fatalf("%q is found at %d (%v) of %q", key, i, found, keys.All())
			}
		}
		one, two := keys.With("one only"), keys.With("two only")
		if a, b := one.Without("one only").All(), two.Without("two only").All(); !slices.Equal(a, newestFirst) || !slices.Equal(b, newestFirst) {
			t.Fatalf("%q and %q are not %q and one more each", one.All(), two.All(), newestFirst)
		}
		slices.Reverse(wantBefore)
		if !slices.Equal(before.All(), wantBefore) {
			t.Fatalf("a list became %q, was %q", before.All(), wantBefore)
		}
	}
}

// TestKeysAreImmutable: keys that were returned do not change while entries are changed and added anywhere; for the race
// detector.
func TestKeysAreImmutable(t *testing.T) {
	t.Parallel()
	h := openHistory(t, t.TempDir())
	now := time.Now()
	change := func(key string) {
		if _, err := h.Append(key, func(e Entry) Entry { e.State, e.Star = Waiting, !e.Star; return e }); err != nil {
			t.Error(err)
		}
	}
	var made []string
	for n := range 30 {
		made = append(made, NewKey(now.Add(time.Duration(n-30)*time.Minute)))
		change(made[n])
	}
	if err := h.BuildIndex(t.Context()); err != nil {
		t.Fatal(err)
	}
	for round := range 10 {
		keys := h.Keys()
		before := keys.All()
		var reading sync.WaitGroup
		var changed atomic.Bool
		reading.Go(func() {
			for !changed.Load() {
				if !slices.Equal(keys.All(), before) {
					t.Error("keys that were returned have changed")
				}
			}
		})
		change(made[round])
		change(NewKey(now.Add(time.Duration(round) * time.Second)))
		change(NewKey(now.Add(time.Duration(round-40) * time.Minute)))
		changed.Store(true)
		reading.Wait()
	}
}

// TestForeignKeys: a journal with any keys in any order is listed, searched and changed like one of ours, and an outdated line
// hides nothing of the newest.
func TestForeignKeys(t *testing.T) {
	t.Parallel()
	for name, lines := range map[string]int{"a few lines": 60, "a long journal": 6000} {
		t.Run(name, func(t *testing.T) {
			dir, newest := writeShuffled(t, lines)
			h := openHistory(t, dir)
			if err := h.BuildIndex(t.Context()); err != nil {
				t.Fatal(err)
			}
			checkAgainst(t, h, newest)
			for i, key := range []string{"boat", "01K0000000000000000000FFFF", "new by hand", NewKey(noon)} {
				newest[key] = mustAppend(t, h, key, func(e Entry) Entry {
					e.State, e.Input, e.Tags, e.Trashed = Done, map[string]any{"prompt": "a fox"}, []string{"changed"}, i == 0
					e.CreatedAt = noon
					return e
				})
			}
			checkAgainst(t, h, newest)
			again := openHistory(t, dir)
			if err := again.BuildIndex(t.Context()); err != nil {
				t.Fatal(err)
			}
			checkAgainst(t, again, newest)
		})
	}
}

// writeShuffled writes that many lines, of fewer predictions, in random order, and returns the newest line of each.
func writeShuffled(t *testing.T, lines int) (dir string, newest map[string]Entry) {
	t.Helper()
	random := rand.New(rand.NewPCG(5, uint64(lines)))
	pool := slices.DeleteFunc(slices.Clone(foreignKeys), func(key string) bool { return key == "" })
	for i := range lines / 3 {
		pool = append(pool, ulid{random.Uint64() >> 1, uint64(i)}.String(), fmt.Sprint("mine ", i))
	}
	newest = map[string]Entry{}
	var all []Entry
	for i := range lines {
		key := pool[random.IntN(len(pool))]
		e := Entry{
			V: 1, Key: key, Rev: 1 + random.IntN(4), State: Waiting, Tags: []string{fmt.Sprintf("tag%05d", i)},
			CreatedAt: time.Unix(int64(i)*1000, 0).UTC(), Input: map[string]any{"prompt": "boat " + strings.Repeat("x", i%300)},
		}
		all = append(all, e)
		if old := newest[key]; e.Rev >= old.Rev {
			newest[key] = e
		}
	}
	return writeEntries(t, all), newest
}

// checkAgainst compares everything that a history returns with the newest line of each prediction.
func checkAgainst(t *testing.T, h *History, newest map[string]Entry) {
	t.Helper()
	var want []string
	for key, e := range newest {
		if !e.Trashed {
			want = append(want, key)
		}
		found, err := h.Entries([]string{key})
		if err != nil || len(found) != 1 || found[0].Rev != e.Rev || found[0].Tags[0] != e.Tags[0] {
			t.Errorf("%q: %+v (%v), want %+v", key, found, err, e)
		}
	}
	slices.Sort(want)
	slices.Reverse(want)
	if got := h.Keys().All(); !slices.Equal(got, want) {
		t.Errorf("keys %q, want %q", got, want)
	}
	for i, key := range want {
		row, found := h.index.find(key)
		made := newest[key].CreatedAt
		if at := KeyTime(key); !at.IsZero() {
			made = at
		}
		if !found || h.index.createdAt(row) != made.Unix() {
			t.Errorf("%q was made at %d, want %v", key, h.index.createdAt(row), made)
		}
		if i%50 != 0 && len(want) > 100 {
			continue
		}
		q, err := ParseQuery("tag:"+newest[key].Tags[0], noon)
		if keys, _, _ := h.Search(t.Context(), q, 0); err != nil || !slices.Contains(keys.All(), key) {
			t.Errorf("%q is not found by its tag, but %q (%v)", key, keys.All(), err)
		}
	}
}
