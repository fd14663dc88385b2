package rank

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

const (
	drawn       = 101 // how many times the strengths of an Untold are drawn to estimate how many duels are missing
	mostDrawn   = 50  // of how many pictures; those at later places are hardly the best
	mostMissing = 1e6
)

// normals are fixed draws from N(0,1), so that the same duels always give the same estimate.
var normals = sync.OnceValue(func() (rows [drawn][mostDrawn]float64) {
	rng := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // nothing secret depends on it
	for i := range rows {
		for j := range rows[i] {
			rows[i][j] = rng.NormFloat64()
		}
	}
	return rows
})

// more estimates how many duels more would tell the best of some places from the others: the strengths are drawn as they may be, and the duels
// counted that would make each lead of the best one sure. It is the median of that. To tell all of many places apart takes thousands, since some
// pictures are nearly equal.
func (r *Ranking) more(from, to int) int {
	n := min(to-from+1, mostDrawn)
	likely, vars := make([]float64, n), make([]float64, n)
	for i := range n {
		likely[i], vars[i] = r.Items[from+i].Strength, r.ownVar(from+i, from, to)
	}
	rows, could := normals(), make([]float64, n)
	missing := make([]float64, 0, drawn)
	for row := range rows {
		best := 0
		for i := range could {
			could[i] = likely[i] + rows[row][i]*math.Sqrt(vars[i])
			if could[i] > could[best] {
				best = i
			}
		}
		missing = append(missing, missingFor(could, vars, best))
	}
	slices.Sort(missing)
	return max(int(math.Ceil(missing[drawn/2])), 1)
}

// ownVar returns the part that one place has in the variance of its differences to others of a group, which leaves out what they share.
func (r *Ranking) ownVar(at, from, to int) float64 {
	other := at + 1
	if at == to {
		other = from + max(to-from-1, 0)
	}
	return r.model.varDiff(r.shown[at], r.shown[other]) / 2
}

// missingFor returns about how many duels make sure that one of some strengths is the greatest, if they are these.
func missingFor(strengths, vars []float64, best int) (sum float64) {
	for i, u := range strengths {
		if i == best {
			continue
		}
		lead := strengths[best] - u
		if needed := sureness*sureness/(lead*lead) - 1/(vars[i]+vars[best]); needed > 0 {
			p := logistic(lead)
			sum += max(needed/(p*(1-p)), 1)
		}
	}
	return min(sum, mostMissing)
}
