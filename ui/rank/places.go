package rank

import (
	"math"
	"sort"
)

// An Untold is a run of places whose order is not sure yet.
type Untold struct {
	From, To int // places, counted from 1
	More     int // about how many duels more would tell them apart
}

// setPlaces gives a place to each picture whose order against all others is sure at 0.9.
func (r *Ranking) setPlaces() {
	most := 0.0
	for _, i := range r.shown {
		most = max(most, r.model.deviation(i))
	}
	for from := 0; from < len(r.shown); {
		to, reach := from, r.farthest(from, from, most)
		for to < reach {
			to++
			reach = r.farthest(to, reach, most)
		}
		if from == to {
			r.Items[from].Place = from + 1
		} else {
			r.Untold = append(r.Untold, Untold{from + 1, to + 1, r.more(from, to)})
		}
		from = to + 1
	}
}

// farthest returns the last place after least that is not told apart from place at; least if there is none. From the place on where a lead is
// larger than the greatest deviation can be, all are told apart.
func (r *Ranking) farthest(at, least int, deviation float64) int {
	own := r.model.deviation(r.shown[at])
	certain := sort.Search(len(r.shown), func(to int) bool {
		return r.Items[at].Strength-r.Items[to].Strength > sureness*(own+deviation)
	})
	for to := certain - 1; to > least; to-- {
		if !r.isSure(at, to) {
			return to
		}
	}
	return least
}

// isSure reports whether it is sure at 0.9 that the picture at one place is better than that at a later one.
func (r *Ranking) isSure(at, to int) bool {
	lead := r.Items[at].Strength - r.Items[to].Strength
	return lead > 0 && lead*lead >= sureness*sureness*r.model.varDiff(r.shown[at], r.shown[to])
}

// more estimates how many duels more would tell the places apart: for each two neighbours, as many as make the median of their possible leads
// sure, if they met directly.
func (r *Ranking) more(from, to int) int {
	sum := 0.0
	for at := from; at < to; at++ {
		lead := r.Items[at].Strength - r.Items[at+1].Strength
		v := r.model.varDiff(r.shown[at], r.shown[at+1])
		if lead*lead >= sureness*sureness*v {
			continue
		}
		p := logistic(lead)
		likely := lead*lead + 0.455*v // the square of the median of |N(0,v)| is 0.455v
		needed := sureness * sureness / likely
		sum += math.Max((needed-1/v)/(p*(1-p)), 1)
	}
	return max(int(math.Ceil(sum)), 1)
}
