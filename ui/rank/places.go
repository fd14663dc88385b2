package rank

import (
	"sort"
)

// An Untold is a run of places whose order is not sure yet.
type Untold struct {
	From, To int // places, counted from 1
	More     int // about how many duels more would tell the best of them from the others
}

// setPlaces gives a place to each picture whose order against all others is sure at 0.9. One picture alone has none.
func (r *Ranking) setPlaces() {
	if len(r.shown) < 2 {
		return
	}
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
