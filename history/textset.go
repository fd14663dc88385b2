package history

import (
	"bytes"
	"hash/maphash"
)

// textSet are the folded prompts, each once, in one piece of memory: searching is one sweep over it.
type textSet struct {
	data  []byte   // each text ends with a zero byte
	ends  []uint32 // where in the arena each text ends, after its zero byte
	slots []uint32 // a text's number + 1, near where its hash says; at most half of them are taken
}

// hashSeed is the same for all indexes of a process, so that texts can be hashed before it is known whose they are.
var hashSeed = maphash.MakeSeed()

func (t *textSet) at(i uint32) []byte { return t.data[t.start(int(i)) : t.ends[i]-1] }

// start returns where in the arena a text begins.
func (t *textSet) start(i int) int {
	if i == 0 {
		return 0
	}
	return int(t.ends[i-1])
}

// reserve makes room for what is likely to come, given that a part of one in parts of it is there.
func (t *textSet) reserve(parts float64) {
	more := func(have int) int { return int(float64(have) * (parts - 1) * 1.04) }
	t.data = grow(t.data, more(len(t.data)))
	t.ends = grow(t.ends, more(len(t.ends)))
}

// intern returns the number of a folded text.
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

// slot is where a text stands in slots, or the free place for it.
func (t *textSet) slot(folded []byte, hash uint64) int {
	for i := int(hash) & (len(t.slots) - 1); ; i = (i + 1) & (len(t.slots) - 1) {
		if n := t.slots[i]; n == 0 || bytes.Equal(t.at(n-1), folded) {
			return i
		}
	}
}

// rehash makes room for so many slots, a power of two.
func (t *textSet) rehash(slots int) {
	t.slots = make([]uint32, slots)
	for i := range t.ends {
		text := t.at(uint32(i))
		t.slots[t.slot(text, maphash.Bytes(hashSeed, text))] = uint32(i) + 1
	}
}
