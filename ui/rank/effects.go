package rank

import (
	"cmp"
	"math"
	"slices"

	"tintype/history/duels"
)

// An Effect is how good a value of an axis is, beside the average value of that axis.
type Effect struct {
	Feature
	Strength, Low, High float64 // with the interval of 95 %
	Duels               int     // in which only one of the two pictures had it
}

// Wins returns the share of duels that a picture with the value wins against one with the average value, and its interval of 95 %.
func (e Effect) Wins() (share, low, high float64) {
	return logistic(e.Strength), logistic(e.Low), logistic(e.High)
}

// Effects returns the effects of all values, the axes in the order in which they were found, and in each the best value first. There are none
// without features.
func (r *Ranking) Effects() []Effect {
	var axes []string
	byAxis := map[string][]int{}
	for at, f := range r.values {
		if byAxis[f.Axis] == nil {
			axes = append(axes, f.Axis)
		}
		byAxis[f.Axis] = append(byAxis[f.Axis], at)
	}
	var effects []Effect
	for _, axis := range axes {
		begin := len(effects)
		for _, at := range byAxis[axis] {
			effects = append(effects, r.effect(at, byAxis[axis]))
		}
		slices.SortStableFunc(effects[begin:], func(a, b Effect) int { return cmp.Compare(b.Strength, a.Strength) })
	}
	return effects
}

// effect returns the effect of one value among those of its axis.
func (r *Ranking) effect(at int, among []int) Effect {
	m := r.model
	contrast := make([]float64, len(m.g))
	for _, other := range among {
		contrast[other] = -1 / float64(len(among))
	}
	contrast[at]++
	strength := dot(contrast, m.g)
	m.schur.forward(contrast)
	sd := math.Sqrt(dot(contrast, contrast))
	return Effect{r.values[at], strength, strength - interval*sd, strength + interval*sd, r.counts[at]}
}

// mostValues is how many values a fit has room for. The time that it takes grows with the third power.
const mostValues = 200

// Values returns the effects of one axis, the best value first. Where the axes have more than 200 values in all, the other axes are left out,
// and each value is fit like one picture, so that its interval leaves out how much its pictures differ.
func Values(pictures []duels.Picture, list []duels.Duel, axis string, features func(duels.Picture) []Feature) []Effect {
	values := map[Feature]bool{}
	for _, p := range pictures {
		for _, f := range features(p) {
			values[f] = true
		}
	}
	if len(values) > mostValues {
		return asPictures(pictures, list, axis, features)
	}
	return slices.DeleteFunc(Fit(pictures, list, features).Effects(), func(e Effect) bool { return e.Axis != axis })
}

// asPictures ranks the values of an axis as if each was one picture.
func asPictures(pictures []duels.Picture, list []duels.Duel, axis string, features func(duels.Picture) []Feature) []Effect {
	valueOf := func(p duels.Picture) (value duels.Picture, ok bool) {
		for _, f := range features(p) {
			if f.Axis == axis {
				return duels.Picture{Key: f.Value}, true
			}
		}
		return duels.Picture{}, false
	}
	var values []duels.Picture
	for _, p := range pictures {
		if v, ok := valueOf(p); ok {
			values = append(values, v)
		}
	}
	var between []duels.Duel
	for _, d := range list {
		a, okA := valueOf(d.A)
		b, okB := valueOf(d.B)
		if okA && okB && a != b {
			d.A, d.B = a, b
			between = append(between, d)
		}
	}
	var effects []Effect
	for _, i := range Fit(values, between, nil).Items {
		effects = append(effects, Effect{Feature{axis, i.Picture.Key}, i.Strength, i.Low, i.High, i.Duels})
	}
	return effects
}

// IsBalanced reports whether each two values of two axes occur together equally often in pictures, and each value of an axis as often as its
// others. Only then is an effect of a value its own, and not that of another one which it occurs with.
func IsBalanced(pictures []duels.Picture, features func(duels.Picture) []Feature) bool {
	single, together := map[Feature]int{}, map[[2]Feature]int{}
	values := map[string]int{}
	for _, p := range pictures {
		list := features(p)
		for i, f := range list {
			if single[f] == 0 {
				values[f.Axis]++
			}
			single[f]++
			for _, g := range list[i+1:] {
				together[[2]Feature{f, g}]++
			}
		}
	}
	for f, n := range single {
		if n*values[f.Axis] != len(pictures) {
			return false
		}
	}
	for pair, n := range together {
		if n*values[pair[0].Axis]*values[pair[1].Axis] != len(pictures) {
			return false
		}
	}
	return len(pictures) > 0
}
