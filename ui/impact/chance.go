package impact

import (
	"math/rand/v2"
	"slices"

	"tintype/ui/distance"
)

// measureByChance measures the parts for a model without a seed: how much further pictures with and without a part are from each other than those of
// the same prompt are (the energy distance). There is an effect where that is somewhat more than for nearly all other ways of dividing the same
// pictures in two, which is the noise. With few pictures nothing can be told from chance.
func (r *Result) measureByChance(p Pictures) {
	var noises []float64
	for _, without := range p.Without {
		among := newAmong(p.Entire, without)
		if fewer := min(among.first, len(among.far)-among.first); fewer < leastByChance {
			r.Parts = append(r.Parts, Impact{TooFew: fewer > 0})
			continue
		}
		own := make([]int, len(among.far))
		for i := range own {
			own[i] = i
		}
		further, noise := among.further(own), among.noise()
		noises = append(noises, noise/r.Unit)
		var moved []float64
		for i := among.first; i < len(own); i++ {
			moved = append(moved, among.further(append(slices.Clone(own[:among.first]), i)))
		}
		i := r.impact(moved)
		i.Impact = max(further, 0) / r.Unit
		i.Low, i.High = max(min(i.Low, i.Impact), 0), max(i.High, i.Impact)
		i.Seen = further >= noise
		r.Parts = append(r.Parts, i)
	}
	if len(noises) > 0 {
		r.Noise, r.Measured = median(noises), true
	}
}

// among is the distances among pictures, of which the first are of the entire prompt.
type among struct {
	first int
	far   [][]float64
}

func newAmong(entire, without []*distance.Picture) among {
	var all []*distance.Picture
	var a among
	for i, p := range slices.Concat(entire, without) {
		if p == nil {
			continue
		}
		all = append(all, p)
		if i < len(entire) {
			a.first++
		}
	}
	a.far = make([][]float64, len(all))
	for i := range all {
		a.far[i] = make([]float64, len(all))
		for j := range i {
			a.far[i][j] = distance.Between(all[i], all[j])
			a.far[j][i] = a.far[i][j]
		}
	}
	return a
}

// further returns how much further apart two groups are than the pictures in each: the first of an order, and the others.
func (a among) further(order []int) float64 {
	one, other := order[:a.first], order[a.first:]
	across := a.mean(one, other)
	inOne, inOther := a.mean(one, one), a.mean(other, other)
	switch {
	case len(one) < 2 && len(other) < 2:
		return across
	case len(one) < 2:
		inOne = inOther
	case len(other) < 2:
		inOther = inOne
	}
	return across - (inOne+inOther)/2
}

// mean returns the mean distance of pairs of different pictures.
func (a among) mean(one, other []int) float64 {
	sum, n := 0.0, 0
	for _, i := range one {
		for _, j := range other {
			if i != j {
				sum += a.far[i][j]
				n++
			}
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// leastByChance is how many pictures of each prompt are needed to see an effect: fewer are divided like this too often.
const leastByChance = 3

// The noise is somewhat more than what groups that are divided in another way stay below in this share of cases, out of this number of shuffles.
// Three and three pictures can be divided in ten ways, and without any effect one of the ten is the farthest apart, which is why it is more. In
// simulations with the demo's painter an effect is seen of 6 in 100 ignored words with three pictures of each, and of 1 in 100 with five.
const (
	shuffles     = 400
	rarely       = 0.95
	somewhatMore = 1.3
)

// noise returns how far apart two groups are by chance. It is the same each time.
func (a among) noise() float64 {
	rng := rand.New(rand.NewPCG(1, uint64(len(a.far)))) //nolint:gosec // the same pictures have the same noise
	values := make([]float64, 0, shuffles)
	for range shuffles {
		if order := rng.Perm(len(a.far)); !a.isOwn(order) {
			values = append(values, a.further(order))
		}
	}
	slices.Sort(values)
	return somewhatMore * values[int(rarely*float64(len(values)))]
}

// isOwn reports whether an order divides the pictures as they are: those of the entire prompt, and the others.
func (a among) isOwn(order []int) bool {
	ofEntire := 0
	for _, i := range order[:a.first] {
		if i < a.first {
			ofEntire++
		}
	}
	return ofEntire == a.first || ofEntire == 0 && 2*a.first == len(a.far)
}
