package rank

import (
	"math"

	"tintype/history/duels"
)

// A Side is how often the picture at the left wins.
type Side struct {
	Left     int  // duels that the left picture won
	Decided  int  // duels that one of the two won, with a known left
	TakenOut bool // chance does not explain it, so it is taken out of the strengths

	Advantage, Low, High float64 // of the left, as the logarithm of its odds, with the interval of 95 %; 0 unless it was taken out
}

// A side wins too often if that has a chance of less than 1 in 100 among at least so many duels.
const (
	fewestForSide = 20
	tooOften      = 2.5758 // standard deviations
)

// findSide counts wins by sides.
func findSide(list []duels.Duel) (s Side) {
	for _, d := range list {
		if d.Left == "" || d.Won != duels.A && d.Won != duels.B {
			continue
		}
		s.Decided++
		if string(d.Won) == d.Left {
			s.Left++
		}
	}
	n := float64(s.Decided)
	s.TakenOut = s.Decided >= fewestForSide && math.Abs(2*float64(s.Left)-n) > tooOften*math.Sqrt(n)
	return s
}

// setSide sets the advantage of the left side that was found.
func (r *Ranking) setSide() {
	m := r.model
	if m.side < 0 {
		return
	}
	unit := make([]float64, len(m.g))
	unit[m.side] = 1
	m.schur.forward(unit)
	sd := math.Sqrt(dot(unit, unit))
	s := &r.Side
	s.Advantage = m.g[m.side]
	s.Low, s.High = s.Advantage-interval*sd, s.Advantage+interval*sd
}

// An Agreement is how often a pair that came again, with its sides swapped, was judged as before. A tie beside a win counts for neither.
type Agreement struct{ Agreed, Times int }

// agreement compares each duel with the one before it of the same pair. repeated are the pairs that came again.
func agreement(r *Ranking) (a Agreement, repeated map[[2]int]bool) {
	type choice struct {
		won  duels.Outcome
		left string
	}
	last := map[[2]int]choice{}
	repeated = map[[2]int]bool{}
	for _, d := range r.list {
		pair, flipped := r.pair(d.A, d.B)
		now := choice{d.Won, d.Left}
		if flipped {
			now.won, now.left = d.Won.Other(), string(duels.Outcome(d.Left).Other())
		}
		before, met := last[pair]
		last[pair] = now
		if !met || before.left == "" || now.left == "" || before.left == now.left {
			continue
		}
		repeated[pair] = true
		if before.won != now.won && (before.won == duels.Tie || now.won == duels.Tie) {
			continue
		}
		a.Times++
		if before.won == now.won {
			a.Agreed++
		}
	}
	return a, repeated
}

// pair returns two pictures by their numbers, the smaller one first.
func (r *Ranking) pair(a, b duels.Picture) (pair [2]int, flipped bool) {
	i, j := r.index[a], r.index[b]
	if i > j {
		return [2]int{j, i}, true
	}
	return [2]int{i, j}, false
}
