package plan

import "slices"

// A pairing finds places in which every pair of values of any two axes occurs at least once, by the greedy method of AETG (Cohen, Dalal,
// Fredman and Patton, 1997), with fixed draws: of several candidates, the one with the most new pairs is taken.
type pairing struct {
	sizes []int
	from  []int    // where the values of each axis begin among all values
	isNew [][]bool // by value and value: the pair was not covered yet
	open  []int    // by value: how many of its pairs were not covered yet
	left  int      // how many pairs were not covered yet
	state uint64   // of the draws
}

// candidates is how many places are tried for each one that is taken.
const candidates = 40

// eachPair returns places that cover every pair of values.
func eachPair(sizes []int) [][]int {
	switch len(sizes) {
	case 0:
		return [][]int{{}}
	case 1, 2:
		return allPlaces(sizes)
	}
	best := cover(sizes, 1)
	for seed := uint64(2); seed <= tries(best, sizes); seed++ {
		if other := cover(sizes, seed); len(other) < len(best) {
			best = other
		}
	}
	return best
}

// tries returns how many covers are worth making in all: few for large tables, where each one takes long and they differ little, and many
// for small ones with many more places than the two longest axes have pairs.
func tries(best [][]int, sizes []int) uint64 {
	switch least := largestPair(sizes); {
	case len(best) > 200 || len(best) == least:
		return 1
	case 10*len(best) > 15*least && len(best) < 40:
		return 200
	}
	return 6
}

// largestPair returns the product of the two longest axes: fewer places cannot cover every pair.
func largestPair(sizes []int) int {
	s := append([]int{1, 1}, sizes...)
	slices.Sort(s)
	return s[len(s)-1] * s[len(s)-2]
}

// cover returns places that cover every pair, from one seed of the draws.
func cover(sizes []int, seed uint64) (places [][]int) {
	p := newPairing(sizes, seed)
	few := candidates // fewer make other covers, some of which are smaller
	if seed%2 == 0 {
		few = int(seed/2)%4 + 1
	}
	for p.left > 0 {
		var best []int
		most := 0
		for range max(1, min(few, 4_000_000/(len(p.open)*len(p.open)+1))) {
			at := p.candidate()
			if n := p.gain(at); n > most {
				best, most = at, n
			}
		}
		p.take(best)
		places = append(places, best)
	}
	return places
}

func newPairing(sizes []int, seed uint64) *pairing {
	p := &pairing{sizes: sizes, from: make([]int, len(sizes)), state: seed}
	values := 0
	for i, n := range sizes {
		p.from[i] = values
		values += n
	}
	p.isNew, p.open = make([][]bool, values), make([]int, values)
	for v := range p.isNew {
		p.isNew[v] = make([]bool, values)
	}
	for i, n := range sizes {
		for j, m := range sizes {
			for v := range n {
				for w := range m {
					if i != j {
						p.isNew[p.from[i]+v][p.from[j]+w] = true
						p.open[p.from[i]+v]++
						p.left++
					}
				}
			}
		}
	}
	p.left /= 2
	return p
}

// draw returns a number below n.
func (p *pairing) draw(n int) int {
	p.state += 0x9e3779b97f4a7c15 // splitmix64
	z := p.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

// candidate makes a place: it begins with the value that has the most open pairs, and adds for one axis after the other the value
// with the most new pairs.
func (p *pairing) candidate() []int {
	at := make([]int, len(p.sizes))
	for i := range at {
		at[i] = -1
	}
	first := p.most(func(v int) int { return p.open[v] }, 0, len(p.open))
	axis := 0
	for axis+1 < len(p.from) && p.from[axis+1] <= first {
		axis++
	}
	at[axis] = first - p.from[axis]
	order := make([]int, 0, len(at))
	for i := range at {
		if i != axis {
			order = append(order, i)
		}
	}
	for i := len(order) - 1; i > 0; i-- {
		j := p.draw(i + 1)
		order[i], order[j] = order[j], order[i]
	}
	for _, i := range order {
		at[i] = p.most(func(v int) int { return p.with(v, at) }, p.from[i], p.from[i]+p.sizes[i]) - p.from[i]
	}
	return at
}

// most returns the value in [from, to) with the highest score; a drawn one of several.
func (p *pairing) most(score func(v int) int, from, to int) int {
	best, highest, ties := from, -1, 0
	for v := from; v < to; v++ {
		switch s := score(v); {
		case s > highest:
			best, highest, ties = v, s, 1
		case s == highest:
			if ties++; p.draw(ties) == 0 {
				best = v
			}
		}
	}
	return best
}

// with returns how many new pairs a value makes with those of an incomplete place.
func (p *pairing) with(v int, at []int) (n int) {
	for i, w := range at {
		if w >= 0 && p.isNew[v][p.from[i]+w] {
			n++
		}
	}
	return n
}

// gain returns how many new pairs a place has.
func (p *pairing) gain(at []int) (n int) {
	for i, v := range at {
		n += p.with(p.from[i]+v, at[:i])
	}
	return n
}

// take marks the pairs of a place as covered.
func (p *pairing) take(at []int) {
	for i, v := range at {
		for j, w := range at {
			a, b := p.from[i]+v, p.from[j]+w
			if i != j && p.isNew[a][b] {
				p.isNew[a][b] = false
				p.open[a]--
				if i < j {
					p.left--
				}
			}
		}
	}
}
