package history

// A keyList holds keys newest first, in memory that has room before them, so that a newer one moves nothing. A list that was
// given away stays as it was for whoever holds it.
type keyList struct {
	memory []string
	from   int  // where in memory the newest key is
	shared bool // newestFirst gave it away
}

func (l *keyList) len() int { return len(l.memory) - l.from }

// at returns the key that i others are older than.
func (l *keyList) at(i int) string { return l.memory[len(l.memory)-1-i] }

// newestFirst returns the keys; nobody changes them.
func (l *keyList) newestFirst() []string {
	l.shared = true
	return l.memory[l.from:len(l.memory):len(l.memory)]
}

// insert puts a key where i others are older.
func (l *keyList) insert(i int, key string) {
	newer := l.len() - i
	switch {
	case l.from == 0:
		l.reserve(l.len()/8 + 64)
	case newer > 0 && l.shared:
		l.reserve(l.from)
	}
	l.from--
	copy(l.memory[l.from:], l.memory[l.from+1:l.from+1+newer])
	l.memory[l.from+newer] = key
}

// reserve moves the keys to memory with room for so many newer ones.
func (l *keyList) reserve(room int) {
	memory := make([]string, room+l.len())
	copy(memory[room:], l.memory[l.from:])
	l.memory, l.from, l.shared = memory, room, false
}
