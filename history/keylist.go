package history

// A keyList holds the numbers of keys newest first, in memory that has room before them, so that a newer one moves nothing. A
// list that was given away stays as it was for whoever holds it.
type keyList struct {
	memory []ulid
	from   int  // where in memory the newest key is
	shared bool // newestFirst gave it away
}

func (l *keyList) len() int { return len(l.memory) - l.from }

// at returns the key that i others are older than.
func (l *keyList) at(i int) ulid { return l.memory[len(l.memory)-1-i] }

// set puts another key in the place of at(i).
func (l *keyList) set(i int, key ulid) { l.memory[len(l.memory)-1-i] = key }

// newestFirst returns the keys; nobody changes them.
func (l *keyList) newestFirst() []ulid {
	l.shared = true
	return l.memory[l.from:len(l.memory):len(l.memory)]
}

// insert puts a key where i others are older.
func (l *keyList) insert(i int, key ulid) {
	newer := l.len() - i
	l.extend(1, newer > 0)
	copy(l.memory[l.from:], l.memory[l.from+1:l.from+1+newer])
	l.set(i, key)
}

// extend makes the list n keys longer at its newest end; what stands there is to be set. Moved says that others change, too.
func (l *keyList) extend(n int, moved bool) {
	switch {
	case l.from < n:
		l.reserve(n + l.len()/8 + 64)
	case moved && l.shared:
		l.reserve(l.from)
	}
	l.from -= n
}

// reserve moves the keys to memory with room for so many newer ones.
func (l *keyList) reserve(room int) {
	memory := make([]ulid, room+l.len())
	copy(memory[room:], l.memory[l.from:])
	l.memory, l.from, l.shared = memory, room, false
}
