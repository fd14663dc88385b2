package rank

import (
	"cmp"
	"math"
	"slices"

	"tintype/history/duels"
)

// A Feature is a value that a picture has on an axis, such as a parameter or a group of a prompt.
type Feature struct{ Axis, Value string }

// An Item is a picture in a Ranking.
type Item struct {
	Picture  duels.Picture
	Strength float64 // logarithm of its odds against the average picture of the ranking
	Low      float64 // of the interval of 95 %
	High     float64
	Duels    int // that it was in
	Place    int // counted from 1; 0 while it is not sure at 0.9
}

// Wins returns the share of duels that the picture wins against the average one, and its interval of 95 %.
func (i Item) Wins() (share, low, high float64) {
	return logistic(i.Strength), logistic(i.Low), logistic(i.High)
}

const (
	interval = 1.959964 // standard deviations to each side that hold 95 %
	sureness = 1.281552 // standard deviations between two strengths whose order is sure at 0.9
)

// A Ranking is what is known of some pictures after some duels. It does not change.
type Ranking struct {
	Items  []Item    // best first
	Untold []Untold  // places whose order is not sure yet
	Side   Side      // whether a side wins too often
	Again  Agreement // how often a person agrees with the same choice made earlier

	model    *model
	pictures []duels.Picture
	index    map[duels.Picture]int
	shown    []int // the ranked pictures, best first
	met      map[[2]int]int
	values   []Feature // what the first unknowns of model.g are
	counts   []int     // in how many duels each of them was against another value
	list     []duels.Duel
	repeated map[[2]int]bool
}

// Fit ranks pictures by duels. Duels with other pictures count too, but those are not among the Items. features returns the values of a picture's
// axes; it may be nil.
func Fit(pictures []duels.Picture, list []duels.Duel, features func(duels.Picture) []Feature) *Ranking {
	r := &Ranking{index: make(map[duels.Picture]int, len(pictures)), list: list, met: make(map[[2]int]int, len(list))}
	for _, p := range pictures {
		r.add(p)
	}
	ranked := len(r.pictures)
	for _, d := range list {
		r.add(d.A)
		r.add(d.B)
	}
	r.Side = findSide(list)
	r.model = &model{side: -1, prior: priorAlone}
	r.setFeatures(features)
	if r.Side.TakenOut {
		r.model.side = len(r.values)
	}
	duelsOf := r.setMeetings()
	r.model.fit()
	r.model.invert()
	r.setSide()
	r.setItems(ranked, duelsOf)
	r.setPlaces()
	r.Again, r.repeated = agreement(r)
	return r
}

// add adds a picture unless it is known.
func (r *Ranking) add(p duels.Picture) {
	if _, known := r.index[p]; !known {
		r.index[p] = len(r.pictures)
		r.pictures = append(r.pictures, p)
	}
}

// setFeatures numbers the values of all axes.
func (r *Ranking) setFeatures(features func(duels.Picture) []Feature) {
	r.model.features = make([][]int, len(r.pictures))
	if features == nil {
		return
	}
	numbers := map[Feature]int{}
	for i, p := range r.pictures {
		for _, f := range features(p) {
			at, known := numbers[f]
			if !known {
				at = len(r.values)
				numbers[f] = at
				r.values = append(r.values, f)
			}
			if !slices.Contains(r.model.features[i], at) {
				r.model.features[i] = append(r.model.features[i], at)
			}
		}
	}
	r.counts = make([]int, len(r.values))
	if len(r.values) > 0 {
		r.model.prior = priorOwn
	}
}

// setMeetings puts the duels into the model, and returns in how many each picture was.
func (r *Ranking) setMeetings() []int {
	m := r.model
	type sort struct {
		pair [2]int
		left int8
	}
	n := len(r.pictures)
	at := make(map[sort]int, len(r.list))
	edges := make(map[[2]int]int, len(r.list))
	var ends [][2]int
	duelsOf := make([]int, n)
	m.bad = make([]float64, n)
	for _, d := range r.list {
		a, b, won, left := r.index[d.A], r.index[d.B], d.Won, int8(0)
		if a == b {
			continue
		}
		if m.side >= 0 && d.Left != "" {
			left = 1
			if d.Left == "b" {
				left = -1
			}
		}
		if a > b {
			a, b, won, left = b, a, won.Other(), -left
		}
		pair := [2]int{a, b}
		r.met[pair]++
		duelsOf[a]++
		duelsOf[b]++
		r.countValues(a, b)
		if won == duels.Bad {
			m.bad[a]++
			m.bad[b]++
			continue
		}
		edge, known := edges[pair]
		if !known {
			edge = len(ends)
			edges[pair] = edge
			ends = append(ends, pair)
		}
		key := sort{pair, left}
		i, known := at[key]
		if !known {
			i = len(m.met)
			at[key] = i
			m.met = append(m.met, meeting{a: a, b: b, edge: edge, left: float64(left)})
		}
		m.met[i].n++
		m.met[i].won += share(won)
	}
	m.prepare(n, len(r.values), ends)
	return duelsOf
}

// countValues counts a duel for the values that only one of two pictures has.
func (r *Ranking) countValues(a, b int) {
	for _, pair := range [][2]int{{a, b}, {b, a}} {
		for _, f := range r.model.features[pair[0]] {
			if !slices.Contains(r.model.features[pair[1]], f) {
				r.counts[f]++
			}
		}
	}
}

// share returns which part of a win the first picture has.
func share(o duels.Outcome) float64 {
	switch o {
	case duels.A:
		return 1
	case duels.Tie:
		return 0.5
	}
	return 0
}

// prepare makes room for the unknowns, and gives the meetings their coefficients.
func (m *model) prepare(pictures, values int, ends [][2]int) {
	if m.side >= 0 {
		values++
	}
	m.r, m.g = make([]float64, pictures), make([]float64, values)
	m.own = newLaplacian(pictures, ends)
	m.cross, m.z = make([][]float64, values), make([][]float64, values)
	for i := range m.cross {
		m.cross[i] = make([]float64, pictures)
	}
	for i := range m.met {
		m.setCoefficients(&m.met[i])
	}
}

// setItems sets the Items of the first pictures, best first.
func (r *Ranking) setItems(ranked int, duelsOf []int) {
	m := r.model
	mean, ones := 0.0, make([]float64, len(r.pictures))
	average := make([]float64, len(m.g)) // of what the strengths share
	for i := range ranked {
		mean += m.strength(i) / float64(ranked)
		ones[i] = 1 / float64(ranked)
		for at, v := range m.shared[i] {
			average[at] += v / float64(ranked)
		}
	}
	withMean := m.own.solve(ones) // the covariance of each picture with the mean
	varMean := 0.0
	for i := range r.pictures {
		withMean[i] += dot(m.shared[i], average)
		varMean += withMean[i] * ones[i]
	}
	r.Items, r.shown = make([]Item, ranked), make([]int, ranked)
	strengths := make([]float64, ranked)
	for i := range ranked {
		r.shown[i], strengths[i] = i, m.strength(i)-mean
	}
	slices.SortStableFunc(r.shown, func(a, b int) int { return cmp.Compare(strengths[b], strengths[a]) })
	for at, i := range r.shown {
		sd := math.Sqrt(math.Max(m.cov(i, i)-2*withMean[i]+varMean, 0))
		r.Items[at] = Item{
			Picture: r.pictures[i], Strength: strengths[i], Low: strengths[i] - interval*sd, High: strengths[i] + interval*sd, Duels: duelsOf[i],
		}
	}
}
