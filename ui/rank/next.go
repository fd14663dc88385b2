package rank

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"tintype/history/duels"
)

// A Pair is two pictures to compare.
type Pair struct {
	Left, Right duels.Picture
	Again       bool // it was compared before, and comes again with its sides swapped
}

const (
	repeatEach = 12   // one pair in so many comes again
	restFor    = 5    // a pair that comes again is not among so many last ones
	mostToPair = 1000 // among how many pictures the best pair is looked for
)

// Next returns the two pictures whose duel tells most, at sides that are drawn at random: pictures that are likely to be close, whose difference is
// least known, that are among the best, and that met least. One pair in twelve is one that was compared before. skip reports whether a person
// skipped a pair, in either order; it may be nil. ok is false if no pair is left. The same rng gives the same pair.
func (r *Ranking) Next(rng *rand.Rand, skip func(a, b duels.Picture) bool) (next Pair, ok bool) {
	if skip == nil {
		skip = func(_, _ duels.Picture) bool { return false }
	}
	if len(r.list)%repeatEach == repeatEach-1 {
		if again, found := r.repeat(skip); found {
			return again, true
		}
	}
	a, b, ok := r.best(rng, skip)
	if !ok {
		return Pair{}, false
	}
	if rng.IntN(2) == 0 {
		a, b = b, a
	}
	return Pair{Left: r.pictures[a], Right: r.pictures[b]}, true
}

// repeat returns the earliest pair that one picture won, that did not come again yet and is not among the last ones, with its sides swapped.
func (r *Ranking) repeat(skip func(a, b duels.Picture) bool) (Pair, bool) {
	for _, p := range r.played[:max(len(r.played)-restFor, 0)] {
		if r.repeated[p.pair] || p.left == 0 || p.won != duels.A && p.won != duels.B || p.b >= len(r.Items) {
			continue
		}
		a, b := r.pictures[p.a], r.pictures[p.b]
		if skip(a, b) {
			continue
		}
		if p.left > 0 {
			a, b = b, a
		}
		return Pair{a, b, true}, true
	}
	return Pair{}, false
}

// best returns the pair that tells most. Equal ones are drawn from.
func (r *Ranking) best(rng *rand.Rand, skip func(a, b duels.Picture) bool) (a, b int, ok bool) {
	m := r.model
	among := r.candidates()
	odds, vars := make([]float64, len(among)), make([]float64, len(among))
	value := make([]float64, len(among)) // how much it matters to know more of a picture
	for at, i := range among {
		odds[at], vars[at], value[at] = math.Exp(m.strength(i)), m.cov(i, i), math.Exp(r.pull()*m.strength(i))
	}
	top, equal := 0.0, 0
	for x, i := range among {
		for y := x + 1; y < len(among); y++ {
			j := among[y]
			sum := odds[x] + odds[y]
			tells := odds[x] * odds[y] / (sum * sum) * math.Max(value[x], value[y])
			if tells*(vars[x]+vars[y]) < top*(1-1e-9) && len(r.values) == 0 {
				continue // the covariance is not negative
			}
			tells *= math.Max(vars[x]+vars[y]-2*m.cov(i, j), 0) / float64(1+r.met(i, j))
			if tells < top*(1-1e-9) || skip(r.pictures[i], r.pictures[j]) {
				continue
			}
			if tells > top*(1+1e-9) {
				equal = 0
			}
			equal++
			if equal == 1 || rng.IntN(equal) == 0 {
				a, b, ok = i, j, true
			}
			top = max(top, tells)
		}
	}
	return a, b, ok
}

// pull returns by how much good pictures are preferred: e^u where single pictures are compared, of which the best is looked for; the cube root of
// that where they have values, which bad pictures tell of as well. There, e^u finds the values no better than pairs at random do, and
// without it the best picture is found no more often than by these (BenchmarkSimulation).
func (r *Ranking) pull() float64 {
	if len(r.values) > 0 {
		return 1.0 / 3
	}
	return 1
}

// candidates returns the pictures among which the best pair is looked for. Of very many, those whose strength may be greatest.
func (r *Ranking) candidates() []int {
	among := slices.Clone(r.shown)
	if len(among) > mostToPair {
		m := r.model
		value := func(i int) float64 { return m.strength(i) + m.cov(i, i) }
		slices.SortStableFunc(among, func(a, b int) int { return cmp.Compare(value(b), value(a)) })
		among = among[:mostToPair]
	}
	slices.Sort(among)
	return among
}
