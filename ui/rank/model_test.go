package rank

import (
	"math"
	"math/rand/v2"
	"testing"

	"tintype/history/duels"
)

// TestFitIsTheTop: strengths, intervals and covariances are those of a plain implementation with all unknowns in one matrix.
func TestFitIsTheTop(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	for seed := range uint64(60) {
		w := newTable(seed, 2, 3, 1, 0.5)
		w.left = 3 * float64(seed%2)
		list := w.play(40, true)
		for i := range list {
			switch rng.IntN(6) {
			case 0:
				list[i].Won = duels.Tie
			case 1:
				list[i].Won = duels.Bad
			}
		}
		features := w.features
		if seed%3 == 0 {
			features = nil
		}
		r := Fit(w.pictures, list, features)
		u, cov := plainFit(r, list)
		for i := range w.pictures {
			if got := r.model.strength(i); math.Abs(got-u[i]) > 1e-4 {
				t.Fatalf("world %d: strength %v, want %v", seed, got, u[i])
			}
			for j := range w.pictures {
				if got := r.model.cov(i, j); math.Abs(got-cov[i][j]) > 1e-4 {
					t.Fatalf("world %d: covariance of %d and %d %v, want %v", seed, i, j, got, cov[i][j])
				}
			}
		}
	}
}

// plainFit fits all unknowns of a ranking's model in one matrix.
func plainFit(r *Ranking, list []duels.Duel) (u []float64, cov [][]float64) {
	n, k := len(r.pictures), len(r.model.g)
	row := func(a int) []float64 {
		x := make([]float64, n+k)
		x[a] = 1
		for _, f := range r.model.features[a] {
			x[n+f] = 1
		}
		return x
	}
	type event struct {
		x      []float64
		won, n float64
	}
	var events []event
	for _, d := range list {
		a, b := row(r.index[d.A]), row(r.index[d.B])
		if d.Won == duels.Bad {
			events = append(events, event{a, 0, 1}, event{b, 0, 1})
			continue
		}
		x := make([]float64, n+k)
		for i := range x {
			x[i] = a[i] - b[i]
		}
		if r.model.side >= 0 {
			x[n+r.model.side] = 1
		}
		events = append(events, event{x, share(d.Won), 1})
	}
	theta := make([]float64, n+k)
	var inverse []float64
	for range 40 {
		grad, h := make([]float64, n+k), make([]float64, (n+k)*(n+k))
		for i := range theta {
			prior := float64(r.model.prior)
			if i >= n {
				prior = 1
			}
			grad[i], h[i*(n+k)+i] = -prior*theta[i], prior
		}
		for _, e := range events {
			p := logistic(dot(e.x, theta))
			for i, v := range e.x {
				grad[i] += v * (e.won - e.n*p)
				for j, w := range e.x {
					h[i*(n+k)+j] += v * w * e.n * p * (1 - p)
				}
			}
		}
		c := factor(h, n+k)
		c.solve(grad)
		for i, d := range grad {
			theta[i] += d
		}
		inverse = c.inverse()
	}
	u, cov = make([]float64, n), make([][]float64, n)
	for i := range n {
		u[i] = dot(row(i), theta)
		cov[i] = make([]float64, n)
		half := make([]float64, n+k)
		for at := range half {
			half[at] = dot(inverse[at*(n+k):(at+1)*(n+k)], row(i))
		}
		for j := range n {
			cov[i][j] = dot(half, row(j))
		}
	}
	return u, cov
}

// TestLargePartsAreSolved: conjugate gradients give what factoring gives, and belief propagation nearly the variances.
func TestLargePartsAreSolved(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for _, degree := range []int{1, 4, 20} {
		const n = 200
		seen := map[[2]int]bool{}
		var ends [][2]int
		for i := 1; i < n; i++ { // connected
			ends = append(ends, [2]int{rng.IntN(i), i})
			seen[ends[len(ends)-1]] = true
		}
		for range n * degree / 2 {
			a, b := rng.IntN(n), rng.IntN(n)
			if e := [2]int{min(a, b), max(a, b)}; a != b && !seen[e] {
				seen[e] = true
				ends = append(ends, e)
			}
		}
		m := newLaplacian(n, ends)
		b := make([]float64, n)
		for i := range n {
			m.diag[i], b[i] = 1, rng.NormFloat64()
		}
		for k, e := range ends {
			m.w[k] = rng.Float64() / 2
			m.diag[e[0]] += m.w[k]
			m.diag[e[1]] += m.w[k]
		}
		m.parts[0].dense = false
		x, v := m.solve(b), m.variances()
		m.parts[0].dense = true
		m.factor()
		m.invert()
		y, w := m.solve(b), m.variances()
		for i := range n {
			if math.Abs(x[i]-y[i]) > 1e-5 {
				t.Errorf("degree %d: %v, want %v", degree, x[i], y[i])
			}
			if v[i] > w[i]*1.0001 || v[i] < 0.85*w[i] {
				t.Errorf("degree %d: variance %v, want %v", degree, v[i], w[i])
			}
		}
	}
}
