package template

import (
	"encoding/binary"
	"math/big"
	"slices"
)

// A wordCounter counts the different texts that an automaton reads. It follows all states that a text may lead to together, so that each
// text has one way. Since edges lead to higher numbers, sets of states are done in the order of their lowest one, and each is done once.
type wordCounter struct {
	states []autoState
	single []*big.Int        // by state: how many texts lead to it alone
	sets   []map[string]*set // by the lowest state: sets of several
	steps  int
	next   [256][]int32 // where the bytes lead to, while a set is done
	seen   []int32      // which set was last put together with a state
	stamp  int32
}

// A set is several states that the same texts lead to.
type set struct {
	states []int32
	count  *big.Int
}

// count counts the different texts. ok is false if that takes too long.
func (a *automaton) count() (n *big.Int, ok bool) {
	size := len(a.states)
	w := &wordCounter{states: a.states, single: make([]*big.Int, size), sets: make([]map[string]*set, size), seen: make([]int32, size)}
	total := new(big.Int)
	w.reach([]int32{0}, one)
	for state := range int32(size) {
		if n := w.single[state]; n != nil {
			w.leave([]int32{state}, n, total)
			w.single[state] = nil
		}
		for _, s := range w.sets[state] {
			w.leave(s.states, s.count, total)
		}
		w.sets[state] = nil
		if w.steps > maxSteps {
			return nil, false
		}
	}
	return total, true
}

// leave follows all edges of a set to which count texts lead.
func (w *wordCounter) leave(states []int32, count, total *big.Int) {
	w.steps += len(states)
	end := int32(len(w.states) - 1)
	var used []byte
	for _, s := range states {
		if s == end {
			total.Add(total, count)
		}
		for _, e := range w.states[s].edges {
			w.steps++
			if len(w.next[e.reads]) == 0 {
				used = append(used, e.reads)
			}
			w.next[e.reads] = append(w.next[e.reads], e.to)
		}
	}
	slices.Sort(used)
	for _, b := range used {
		w.reach(w.next[b], count)
		w.next[b] = w.next[b][:0]
	}
}

// reach notes that count more texts lead to states, and to those that follow without reading.
func (w *wordCounter) reach(to []int32, count *big.Int) {
	if len(to) == 1 && len(w.states[to[0]].free) == 0 {
		w.single[to[0]] = sum(w.single[to[0]], count)
		return
	}
	states := w.closure(to)
	if len(states) == 1 {
		w.single[states[0]] = sum(w.single[states[0]], count)
		return
	}
	if len(states) == 0 {
		return
	}
	slices.Sort(states)
	key := make([]byte, 0, 4*len(states))
	for _, s := range states {
		key = binary.LittleEndian.AppendUint32(key, uint32(s))
	}
	sets := w.sets[states[0]]
	if sets == nil {
		sets = map[string]*set{}
		w.sets[states[0]] = sets
	}
	if known := sets[string(key)]; known != nil {
		known.count = sum(known.count, count)
		return
	}
	sets[string(key)] = &set{states: states, count: count}
}

// closure returns states and those that follow without reading, without those that read nothing themselves.
func (w *wordCounter) closure(to []int32) []int32 {
	w.stamp++
	var states []int32
	queue := slices.Clone(to)
	end := int32(len(w.states) - 1)
	for len(queue) > 0 {
		s := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if w.seen[s] == w.stamp {
			continue
		}
		w.seen[s] = w.stamp
		w.steps++
		if len(w.states[s].edges) > 0 || s == end {
			states = append(states, s)
		}
		queue = append(queue, w.states[s].free...)
	}
	return states
}

// sum adds numbers; a may be nil. It changes neither.
func sum(a, b *big.Int) *big.Int {
	if a == nil {
		return b
	}
	return new(big.Int).Add(a, b)
}
