package template

import "slices"

// maxStates and maxSteps bound the work of counting with an automaton.
const (
	maxStates = 100_000
	maxSteps  = 1_000_000
)

// maxOrders is how many orders of options an automaton may have side by side.
const maxOrders = 2000

// An automaton reads exactly the prompts of a template, byte by byte. All its edges lead to states with higher numbers. The last state is
// its end.
type automaton struct {
	states   []autoState
	full     bool // it would be too large
	renderer renderer
}

// An autoState is a state, with edges that read a byte and edges that read nothing.
type autoState struct {
	edges []edge
	free  []int32
}

type edge struct {
	reads byte
	to    int32
}

// newAutomaton returns an automaton with its first state.
func newAutomaton() *automaton { return &automaton{states: make([]autoState, 1, 256)} }

// add makes a state.
func (a *automaton) add() int32 {
	if len(a.states) >= maxStates {
		a.full = true
		return int32(len(a.states) - 1)
	}
	a.states = append(a.states, autoState{})
	return int32(len(a.states) - 1)
}

// join makes a state that all of these lead to.
func (a *automaton) join(from []int32) int32 {
	to := a.add()
	if !a.full {
		for _, f := range from {
			a.states[f].free = append(a.states[f].free, to)
		}
	}
	return to
}

// read makes the states that read a text, and returns the last.
func (a *automaton) read(text string, from int32) int32 {
	if len(a.states)+len(text) > maxStates {
		a.full = true
		return from
	}
	for i := range len(text) {
		to := a.add()
		a.states[from].edges = append(a.states[from].edges, edge{text[i], to})
		from = to
	}
	return from
}

// build makes the states that read the texts of a node, and returns the last.
func (a *automaton) build(n *node, from int32) int32 {
	if a.full {
		return from
	}
	switch n.kind {
	case onceNode:
		return a.read(a.renderer.once[n.once.index], from)
	case sequenceNode:
		for _, part := range n.parts {
			from = a.build(part, from)
		}
		return from
	case pickNode:
		return a.pick(n.pick, from)
	}
	return a.read(n.text, from)
}

// pick makes the states of a pick.
func (a *automaton) pick(p *pick, from int32) int32 {
	switch {
	case p.sampler == '@':
		return a.inStep(p, from)
	case p.low == 1 && p.high == 1 && p.texts != nil:
		return a.trie(p.texts, from)
	case p.low == 1 && p.high == 1:
		var ends []int32
		for _, o := range p.options {
			ends = append(ends, a.build(o, from))
		}
		return a.join(ends)
	case p.sampler == '!' && p.high > 1:
		return a.orders(p, from)
	}
	return a.several(p, from)
}

// option makes the states of an option.
func (a *automaton) option(p *pick, i int, from int32) int32 {
	if p.texts != nil {
		return a.read(p.texts[i], from)
	}
	return a.build(p.options[i], from)
}

// trie makes states that read one of several texts. Equal beginnings share states.
func (a *automaton) trie(texts []string, from int32) int32 {
	total := len(a.states)
	for _, t := range texts {
		if total += len(t); total > maxStates {
			a.full = true
			return from
		}
	}
	sorted := slices.Clone(texts)
	slices.Sort(sorted)
	path := []int32{from} // the states of the last text
	last := ""
	var ends []int32
	for k, t := range sorted {
		if k > 0 && t == last {
			continue
		}
		shared := 0
		for shared < len(t) && shared < len(last) && t[shared] == last[shared] {
			shared++
		}
		path = path[:shared+1]
		for i := shared; i < len(t); i++ {
			path = append(path, a.read(t[i:i+1], path[i]))
		}
		ends = append(ends, path[len(t)])
		last = t
	}
	return a.join(ends)
}

// several makes the states that read some of the options in written order.
func (a *automaton) several(p *pick, from int32) int32 {
	taken := make([]int32, p.high+1) // by how many are taken: the state after the options so far
	for c := range taken {
		taken[c] = -1
	}
	taken[0] = from
	for i := range p.size() {
		for c := min(i, p.high-1); c >= 0 && !a.full; c-- {
			if taken[c] < 0 {
				continue
			}
			begin := taken[c]
			if c > 0 {
				begin = a.read(p.separator, begin)
			}
			ends := []int32{a.option(p, i, begin)}
			if taken[c+1] >= 0 {
				ends = append(ends, taken[c+1])
			}
			taken[c+1] = a.join(ends)
		}
	}
	var ends []int32
	for c := p.low; c <= p.high; c++ {
		if taken[c] >= 0 {
			ends = append(ends, taken[c])
		}
	}
	return a.join(ends)
}

// orders makes the states that read some of the options in every order.
func (a *automaton) orders(p *pick, from int32) int32 {
	total := uint64(0)
	for c := p.low; c <= p.high; c++ {
		total = addTo(total, times(binomial(p.size(), c), factorial(c)))
	}
	if total > maxOrders {
		a.full = true
		return from
	}
	var ends []int32
	for c := p.low; c <= p.high; c++ {
		for rank := range binomial(p.size(), c) {
			for number := range factorial(c) {
				var chosen []taken
				for _, i := range combination(p.size(), c, rank) {
					chosen = append(chosen, taken{option: i})
				}
				ends = append(ends, a.chain(p, order(chosen, number), from))
			}
		}
	}
	return a.join(ends)
}

// chain makes the states that read options one after the other.
func (a *automaton) chain(p *pick, chosen []taken, from int32) int32 {
	for k, t := range chosen {
		if k > 0 {
			from = a.read(p.separator, from)
		}
		from = a.option(p, t.option, from)
	}
	return from
}

// inStep makes the states of the options whose turn it is.
func (a *automaton) inStep(p *pick, from int32) int32 {
	turn := a.renderer.step % p.cycle()
	for c := p.low; c <= p.high; c++ {
		ways := binomial(p.size(), c)
		if turn >= ways {
			turn -= ways
			continue
		}
		var chosen []taken
		for _, i := range combination(p.size(), c, turn) {
			chosen = append(chosen, taken{option: i})
		}
		return a.chain(p, chosen, from)
	}
	return from
}
