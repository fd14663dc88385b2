package history

import (
	"slices"
	"sort"
	"strings"
)

// Keys are the keys of entries, newest first, which is the greatest string first. They are immutable, so copies share memory.
// As numbers they take a third of the memory of strings.
type Keys struct {
	list []ulid
	odd  []string // keys that are not ULIDs, as people write by hand: the number {0, i} stands for odd[i]
}

// Len returns how many keys there are.
func (k Keys) Len() int { return len(k.list) }

// At returns the key that is older than i others.
func (k Keys) At(i int) string { return k.text(k.list[i]) }

// Slice returns the keys [from, to).
func (k Keys) Slice(from, to int) []string {
	keys := make([]string, 0, to-from)
	for _, u := range k.list[from:to] {
		keys = append(keys, k.text(u))
	}
	return keys
}

// All returns all keys.
func (k Keys) All() []string { return k.Slice(0, len(k.list)) }

// Find returns the index of key, or the index at which it would be inserted.
func (k Keys) Find(key string) (i int, found bool) {
	u, _ := parseKey(key)
	return k.find(u, key)
}

// find is Find for a parsed key. text is only needed when u.hi is 0.
func (k Keys) find(u ulid, text string) (i int, found bool) {
	if len(k.list) == 0 || k.order(k.list[0], u, text) < 0 { // often it is a new one
		return 0, false
	}
	return sort.Find(len(k.list), func(i int) int { return k.order(k.list[i], u, text) })
}

// order compares one of the keys with any key, which need not be one of them.
func (k Keys) order(own, u ulid, text string) int {
	if own.hi != 0 && u.hi != 0 {
		return own.compare(u)
	}
	if u.hi != 0 {
		text = u.String()
	}
	return strings.Compare(k.text(own), text)
}

// compare orders two of the keys, the older one first.
func (k Keys) compare(a, b ulid) int {
	text := ""
	if b.hi == 0 {
		text = k.odd[b.lo]
	}
	return k.order(a, b, text)
}

func (k Keys) text(u ulid) string {
	if u.hi == 0 {
		return k.odd[u.lo]
	}
	return u.String()
}

// With returns the keys, and those of more that are not among them yet.
func (k Keys) With(more ...string) Keys {
	lacking := slices.DeleteFunc(slices.Clone(more), func(key string) bool { _, known := k.Find(key); return known })
	if len(lacking) == 0 {
		return k
	}
	slices.SortFunc(lacking, func(a, b string) int { return strings.Compare(b, a) })
	all := Keys{make([]ulid, 0, len(k.list)+len(lacking)), slices.Clip(k.odd)}
	from := 0
	for _, key := range slices.Compact(lacking) {
		to, _ := k.Find(key)
		all.list = append(append(all.list, k.list[from:to]...), all.number(key))
		from = to
	}
	all.list = append(all.list, k.list[from:]...)
	return all
}

// number returns the number of a key that is about to be added.
func (k *Keys) number(key string) ulid {
	u, _ := parseKey(key)
	if u.hi == 0 {
		u.lo = uint64(len(k.odd))
		k.odd = append(k.odd, key)
	}
	return u
}

// Without returns the keys except one.
func (k Keys) Without(key string) Keys {
	i, found := k.Find(key)
	if !found {
		return k
	}
	return Keys{slices.Concat(k.list[:i], k.list[i+1:]), k.odd}
}
