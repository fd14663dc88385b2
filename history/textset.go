package history

import (
	"bytes"
	"hash/maphash"
)

// A textSet has the folded prompts, each once, in one block of memory, so that a search reads it from front to back.
type textSet struct {
	data  []byte   // the texts, a zero byte after each
	ends  []uint32 // the offset in data after each text's zero byte
	slots []uint32 // hash table of the texts as index + 1; at most half full
}

// hashSeed is the same for all indexes, so that a text can be hashed before it is added to one.
var hashSeed = maphash.MakeSeed()

func (t *textSet) at(i uint32) []byte { return t.data[t.start(int(i)) : t.ends[i]-1] }

// start returns the offset in data of a text.
func (t *textSet) start(i int) int {
	if i == 0 {
		return 0
	}
	return int(t.ends[i-1])
}

// reserve makes room for further texts. The present texts are expected to be one of so many equal parts of all.
func (t *textSet) reserve(parts float64) {
	more := func(have int) int { return int(float64(have) * (parts - 1) * 1.04) }
	t.data = grow(t.data, more(len(t.data)))
	t.ends = grow(t.ends, more(len(t.ends)))
}

// intern returns the index of a folded text, which it adds if it is new.
func (t *textSet) intern(folded []byte, hash uint64) uint32 {
	if 2*len(t.ends) >= len(t.slots) {
		t.rehash(max(2*len(t.slots), 1<<6))
	}
	slot := t.slot(folded, hash)
	if n := t.slots[slot]; n > 0 {
		return n - 1
	}
	t.data = append(append(t.data, folded...), 0)
	t.ends = append(t.ends, uint32(len(t.data)))
	t.slots[slot] = uint32(len(t.ends))
	return uint32(len(t.ends)) - 1
}

// find returns the index of a folded text; false if it has none.
func (t *textSet) find(folded []byte, hash uint64) (uint32, bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	n := t.slots[t.slot(folded, hash)]
	return n - 1, n > 0
}

// slot returns the index in slots of a text, or of the free place for it.
func (t *textSet) slot(folded []byte, hash uint64) int {
	for i := int(hash) & (len(t.slots) - 1); ; i = (i + 1) & (len(t.slots) - 1) {
		if n := t.slots[i]; n == 0 || bytes.Equal(t.at(n-1), folded) {
			return i
		}
	}
}

// rehash makes a table of that many slots, a power of two.
func (t *textSet) rehash(slots int) {
	t.slots = make([]uint32, slots)
	for i := range t.ends {
		text := t.at(uint32(i))
		t.slots[t.slot(text, maphash.Bytes(hashSeed, text))] = uint32(i) + 1
	}
}
