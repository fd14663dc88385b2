package history

import (
	"math/bits"
	"slices"
	"strings"
)

// A ShortKeys makes keys short enough to be typed: their last letters, as many as tell all keys of a history apart. The last letters of a
// key are random, while the first ones are the time, which predictions of the same minute share. The zero value keeps keys as they are.
type ShortKeys struct{ letters int }

// ShortKeys returns what shortens the keys that are in the history now. Get accepts the short keys; one that has become ambiguous since then
// is an error, and never names another prediction.
func (h *History) ShortKeys() (ShortKeys, error) {
	if err := h.BuildIndex(background); err != nil {
		return ShortKeys{}, err
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	return ShortKeys{h.index.lettersThatDiffer()}, nil
}

// Of returns a key's last letters; all of a key that is not a ULID.
func (s ShortKeys) Of(key string) string {
	if _, ok := parseKey(key); !ok || s.letters == 0 {
		return key
	}
	return key[keyLength-s.letters:]
}

// lettersThatDiffer returns how many of their last letters tell all keys apart, at least partLength. They also differ from the beginnings of
// other keys, which Get accepts too.
func (x *index) lettersThatDiffer() int {
	if x == nil {
		return partLength
	}
	n := partLength
	ends := make([]uint64, 0, x.keys.len())
	for i := range x.keys.len() {
		if key := x.keys.at(i); key.hi != 0 {
			ends = append(ends, bits.Reverse64(key.lo))
		}
	}
	slices.Sort(ends)
	for i := 1; i < len(ends); i++ {
		same := bits.LeadingZeros64(ends[i] ^ ends[i-1])
		if same == 64 { // only the clock tells them apart
			return keyLength
		}
		n = max(n, same/5+1)
	}
	for n < keyLength && x.hasEndThatBegins(n) {
		n++
	}
	return n
}

// hasEndThatBegins reports whether the last n letters of a key are also the beginning of another key, or a part of one that is not a ULID.
func (x *index) hasEndThatBegins(n int) bool {
	for i := range x.keys.len() {
		key := x.keys.at(i)
		if key.hi == 0 {
			continue
		}
		end := key.String()[keyLength-n:]
		if begin, after := x.withPrefix(end); after-begin > 1 || after-begin == 1 && begin != i {
			return true
		}
		if slices.ContainsFunc(x.odd, func(odd string) bool { return strings.HasSuffix(odd, end) }) {
			return true
		}
	}
	return false
}

// keysWithPart returns up to limit keys that begin or end with a text, newest first.
func (x *index) keysWithPart(part string, limit int) (keys []string) {
	if x == nil {
		return nil
	}
	begin, after := x.withPrefix(part)
	isEnd := x.endMatcher(part)
	for i := len(x.rows) - 1; i >= 0 && len(keys) < limit; i-- {
		if i >= begin && i < after || isEnd(x.keys.at(i)) {
			keys = append(keys, x.key(i))
		}
	}
	return keys
}

// endMatcher returns a function that reports whether a key ends with a text.
func (x *index) endMatcher(end string) func(ulid) bool {
	want, isULID := ulid{}, false
	if len(end) <= keyLength {
		want, isULID = parseKey(strings.Repeat("0", keyLength-len(end)) + end)
	}
	var mask ulid
	switch n := 5 * len(end); {
	case n >= 128:
		mask = ulid{^uint64(0), ^uint64(0)}
	case n >= 64:
		mask = ulid{1<<(n-64) - 1, ^uint64(0)}
	default:
		mask = ulid{0, 1<<n - 1}
	}
	return func(key ulid) bool {
		if key.hi == 0 {
			return strings.HasSuffix(x.odd[key.lo], end)
		}
		return isULID && key.hi&mask.hi == want.hi && key.lo&mask.lo == want.lo
	}
}
