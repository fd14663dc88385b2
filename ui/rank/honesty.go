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
func findSide(list []played) (s Side) {
	for _, p := range list {
		if p.left == 0 || p.won != duels.A && p.won != duels.B {
			continue
		}
		s.Decided++
		if p.won == duels.A == (p.left > 0) {
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

// findAgreement compares each duel with the one before it of the same pair.
func (r *Ranking) findAgreement() {
	last := make([]played, len(r.times)) // by pair
	r.repeated = make([]bool, len(r.times))
	for _, now := range r.played {
		before := last[now.pair]
		last[now.pair] = now
		if before.left == 0 || now.left == 0 || before.left == now.left {
			continue
		}
		r.repeated[now.pair] = true
		if before.won != now.won && (before.won == duels.Tie || now.won == duels.Tie) {
			continue
		}
		r.Again.Times++
		if before.won == now.won {
			r.Again.Agreed++
		}
	}
}
