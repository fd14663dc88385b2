package history

// A keyList has keys newest first, in memory with free room before them, so that adding a newer one moves none. A list that was
// returned by newestFirst never changes.
type keyList struct {
	memory []ulid
	from   int  // index in memory of the newest key
	shared bool // newestFirst has returned the memory
}

func (l *keyList) len() int { return len(l.memory) - l.from }

// at returns the key that is newer than i others.
func (l *keyList) at(i int) ulid { return l.memory[len(l.memory)-1-i] }

// set replaces the key at(i).
func (l *keyList) set(i int, key ulid) { l.memory[len(l.memory)-1-i] = key }

// newestFirst returns the keys. They must not be changed.
func (l *keyList) newestFirst() []ulid {
	l.shared = true
	return l.memory[l.from:len(l.memory):len(l.memory)]
}

// insert adds a key that is newer than i others.
func (l *keyList) insert(i int, key ulid) {
	newer := l.len() - i
	l.extend(1, newer > 0)
	copy(l.memory[l.from:], l.memory[l.from+1:l.from+1+newer])
	l.set(i, key)
}

// extend makes room for n keys at the newest end, to be filled with set. moved says that other keys will be changed, too.
func (l *keyList) extend(n int, moved bool) {
	switch {
	case l.from < n:
		l.reserve(n + l.len()/8 + 64)
	case moved && l.shared:
		l.reserve(l.from)
	}
	l.from -= n
}

// reserve moves the keys to new memory with room for newer ones.
func (l *keyList) reserve(room int) {
	memory := make([]ulid, room+l.len())
	copy(memory[room:], l.memory[l.from:])
	l.memory, l.from, l.shared = memory, room, false
}
