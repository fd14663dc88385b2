package history

import (
	"cmp"
	"crypto/rand"
	"encoding/binary"
	"sync"
	"time"
)

// A key is a ULID (github.com/ulid/spec) in lower case: 48 bits of milliseconds and 80 random bits, as 26 letters of Crockford's
// base 32. Keys therefore sort in the order in which predictions were made, which is the order of the history.
const (
	keyLength   = 26
	keyAlphabet = "0123456789abcdefghjkmnpqrstvwxyz"
)

// clockSlip is how far behind the newest known key the clock may be; further behind, new keys no longer follow that key.
const clockSlip = 48 * time.Hour

// generator makes the keys of this process. All histories share it, since a key must be unique in all of them.
var generator keyGenerator

type keyGenerator struct {
	mu   sync.Mutex
	last ulid
}

// A ulid is a key as a number, in its upper and lower 64 bits.
type ulid struct{ hi, lo uint64 }

func (u ulid) milli() int64 { return int64(u.hi >> 16) }

func (u ulid) compare(v ulid) int {
	if u.hi != v.hi {
		return cmp.Compare(u.hi, v.hi)
	}
	return cmp.Compare(u.lo, v.lo)
}

// NewKey returns a new key for a prediction made now. The keys of a process ascend strictly, also when its clock is set back a
// little, and they follow those that it has read in a history.
func NewKey(now time.Time) string {
	generator.mu.Lock()
	defer generator.mu.Unlock()
	next := randomKey(now)
	if ahead := generator.last.milli() - next.milli(); ahead >= 0 && ahead <= clockSlip.Milliseconds() {
		next = generator.last.after(uint64(uint32(next.lo)) + 1)
	}
	generator.last = next
	return next.String()
}

// observe makes later keys follow this one, unless it is too far in the future to be believed.
func (m *keyGenerator) observe(key string, now time.Time) {
	u, ok := parseKey(key)
	if !ok || u.milli() > now.Add(clockSlip).UnixMilli() {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.last.compare(u) < 0 {
		m.last = u
	}
}

func randomKey(now time.Time) ulid {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand crashes the program instead
	milli := uint64(max(now.UnixMilli(), 0)) & (1<<48 - 1)
	return ulid{milli<<16 | uint64(binary.BigEndian.Uint16(b[:])), binary.BigEndian.Uint64(b[8:])}
}

func (u ulid) after(step uint64) ulid {
	lo := u.lo + step
	if lo < u.lo {
		u.hi++
	}
	return ulid{u.hi, lo}
}

func (u ulid) String() string {
	var s [keyLength]byte
	hi, lo := u.hi, u.lo
	for i := keyLength - 1; i >= 0; i-- {
		s[i] = keyAlphabet[lo&31]
		hi, lo = hi>>5, lo>>5|hi<<59
	}
	return string(s[:])
}

var keyDigits = func() (d [256]byte) {
	for i := range d {
		d[i] = 0xff
	}
	for i := range len(keyAlphabet) {
		d[keyAlphabet[i]] = byte(i)
	}
	return d
}()

// parseKey reads a key. It returns false for anything that is not a ULID in lower case.
func parseKey[T string | []byte](s T) (ulid, bool) {
	if len(s) != keyLength || s[0] > '7' {
		return ulid{}, false
	}
	var u ulid
	for i := range keyLength {
		d := keyDigits[s[i]]
		if d == 0xff {
			return ulid{}, false
		}
		u.hi = u.hi<<5 | u.lo>>59
		u.lo = u.lo<<5 | uint64(d)
	}
	return u, true
}

// KeyTime returns when the prediction of a key was made, to the millisecond; the zero time for a key that is not a ULID.
func KeyTime(key string) time.Time {
	u, ok := parseKey(key)
	if !ok {
		return time.Time{}
	}
	return time.UnixMilli(u.milli())
}
