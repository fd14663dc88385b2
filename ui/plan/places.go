package plan

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"

	"tintype/ui/format"
)

// places returns the places of the cells that are made, in the order of the axes.
func (b *builder) places() ([][]int, error) {
	sizes := make([]int, len(b.plan.Axes))
	for i, a := range b.plan.Axes {
		sizes[i] = len(a.Values)
	}
	total := b.total()
	switch how := b.spec.How; how {
	case "", All:
		if total.Cmp(big.NewInt(Limit)) > 0 {
			return nil, TooManyError(fmt.Sprintf("This makes %s cells, and a plan has at most %s. Take each value once, each pair once, or a number of them at random.", bigCount(total), format.Count(Limit)))
		}
		return allPlaces(sizes), nil
	case EachValue:
		return sorted(eachValue(sizes)), nil
	case EachPair:
		if pairs := largestPair(sizes); pairs > Limit {
			return nil, fmt.Errorf("Each pair once makes at least %s cells, and a plan has at most %s. Take each value once, or a number of them at random.", format.Count(pairs), format.Count(Limit))
		}
		return sorted(eachPair(sizes)), nil
	default:
		count, err := strconv.Atoi(string(how))
		if err != nil || count < 1 {
			return nil, fmt.Errorf("%q is no way of choosing cells. Take all, each-value, each-pair, or a number of them at random.", string(how))
		}
		if count > Limit {
			return nil, fmt.Errorf("A plan has at most %s cells; %s are too many.", format.Count(Limit), format.Count(count))
		}
		return sorted(b.random(sizes, total, count)), nil
	}
}

// bigCount writes a large number with a comma after every three digits.
func bigCount(n *big.Int) string {
	if n.IsInt64() {
		return format.Count(int(n.Int64()))
	}
	return "about 10^" + strconv.Itoa(len(n.String())-1)
}

// allPlaces returns every place. The last axis turns fastest.
func allPlaces(sizes []int) [][]int {
	total := 1
	for _, n := range sizes {
		total *= n
	}
	memory := make([]int, total*len(sizes))
	places := make([][]int, total)
	for i := range places {
		places[i], memory = memory[:len(sizes):len(sizes)], memory[len(sizes):]
		rest := i
		for axis := len(sizes) - 1; axis >= 0; axis-- {
			places[i][axis] = rest % sizes[axis]
			rest /= sizes[axis]
		}
	}
	return places
}

// eachValue returns places in which every value of every axis occurs: as many as the longest axis has values.
func eachValue(sizes []int) [][]int {
	most := 1
	for _, n := range sizes {
		most = max(most, n)
	}
	places := make([][]int, most)
	for i := range places {
		places[i] = make([]int, len(sizes))
		for axis, n := range sizes {
			places[i][axis] = (i + i/n*axis) % n // a shorter axis begins elsewhere each time
		}
	}
	return places
}

// mostShuffled is the most places that are shuffled to draw some. It is far more than Limit, so that those of a larger table, which are drawn
// one by one, are seldom drawn twice.
const mostShuffled = 10 * Limit

// random returns count different places, drawn from the lab seed; all of them if there are no more. A larger count has those of a smaller one.
func (b *builder) random(sizes []int, total *big.Int, count int) [][]int {
	rng := rand.New(rand.NewPCG(b.labSeed, 0x7461626c65)) //nolint:gosec // draws must repeat
	if total.Cmp(big.NewInt(mostShuffled)) <= 0 {
		places := allPlaces(sizes)
		rng.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
		return places[:min(count, len(places))]
	}
	seen := make(map[string]bool, count)
	places := make([][]int, 0, count)
	for len(places) < count {
		at := make([]int, len(sizes))
		for axis, n := range sizes {
			at[axis] = rng.IntN(n)
		}
		if name := fmt.Sprint(at); !seen[name] {
			seen[name] = true
			places = append(places, at)
		}
	}
	return places
}

// sorted sorts places in the order of the axes.
func sorted(places [][]int) [][]int {
	slices.SortFunc(places, slices.Compare[[]int])
	return slices.CompactFunc(places, slices.Equal[[]int])
}
