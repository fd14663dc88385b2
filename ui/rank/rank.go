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
	shown    []int     // the ranked pictures, best first
	values   []Feature // what the first unknowns of model.g are
	counts   []int     // in how many duels each of them was against another value
	list     []duels.Duel
	played   []played
	pairs    map[[2]int]int // number of a pair that met; the smaller picture first
	times    []int          // how often each pair met
	repeated []bool         // which pairs came again with their sides swapped
}

// A played duel is one of list with its pictures as numbers, the smaller one first.
type played struct {
	a, b int
	pair int
	won  duels.Outcome
	left int // 1: a was at the left; -1: b was; 0: that is not known
}

// Fit ranks pictures by duels. Duels with other pictures count too, but those are not among the Items. features returns the values of a picture's
// axes; it may be nil.
func Fit(pictures []duels.Picture, list []duels.Duel, features func(duels.Picture) []Feature) *Ranking {
	r := &Ranking{index: make(map[duels.Picture]int, len(pictures)), list: list, pairs: make(map[[2]int]int, len(list))}
	for _, p := range pictures {
		r.add(p)
	}
	ranked := len(r.pictures)
	r.played = make([]played, 0, len(list))
	for i := range list {
		r.addDuel(&list[i])
	}
	r.Side = findSide(r.played)
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
	r.findAgreement()
	return r
}

// add adds a picture unless it is known, and returns its number.
func (r *Ranking) add(p duels.Picture) int {
	i, known := r.index[p]
	if !known {
		i = len(r.pictures)
		r.index[p] = i
		r.pictures = append(r.pictures, p)
	}
	return i
}

// addDuel adds a duel and its pictures. One of a picture with itself says nothing.
func (r *Ranking) addDuel(d *duels.Duel) {
	if d.A == d.B {
		return
	}
	p := played{a: r.add(d.A), b: r.add(d.B), won: d.Won}
	switch d.Left {
	case "a":
		p.left = 1
	case "b":
		p.left = -1
	}
	if p.a > p.b {
		p.a, p.b, p.won, p.left = p.b, p.a, p.won.Other(), -p.left
	}
	pair, met := r.pairs[[2]int{p.a, p.b}]
	if !met {
		pair = len(r.times)
		r.pairs[[2]int{p.a, p.b}] = pair
		r.times = append(r.times, 0)
	}
	r.times[pair]++
	p.pair = pair
	r.played = append(r.played, p)
}

// met returns how often two pictures met.
func (r *Ranking) met(a, b int) int {
	if pair, met := r.pairs[[2]int{min(a, b), max(a, b)}]; met {
		return r.times[pair]
	}
	return 0
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
	ends, at := make([][2]int, len(r.times)), make([][3]int, len(r.times)) // number of the meeting of each pair, with each side, from 1
	duelsOf := make([]int, len(r.pictures))
	m.bad = make([]float64, len(r.pictures))
	for _, p := range r.played {
		ends[p.pair] = [2]int{p.a, p.b}
		duelsOf[p.a]++
		duelsOf[p.b]++
		r.countValues(p.a, p.b)
		if p.won == duels.Bad {
			m.bad[p.a]++
			m.bad[p.b]++
			continue
		}
		if m.side < 0 {
			p.left = 0
		}
		number := &at[p.pair][p.left+1]
		if *number == 0 {
			m.met = append(m.met, meeting{a: p.a, b: p.b, edge: p.pair, left: float64(p.left)})
			*number = len(m.met)
		}
		t := &m.met[*number-1]
		t.n++
		t.won += share(p.won)
	}
	m.prepare(len(r.pictures), len(r.values), ends)
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
