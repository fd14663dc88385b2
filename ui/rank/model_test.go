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
	size := len(r.pictures) + len(r.model.g)
	events := plainEvents(r, list)
	theta := make([]float64, size)
	var inverse []float64
	for range 40 {
		grad, h := plainDerivatives(r, events, theta)
		c := factor(h, size)
		c.solve(grad)
		for i, d := range grad {
			theta[i] += d
		}
		inverse = c.inverse()
	}
	for i := range r.pictures {
		u = append(u, dot(plainRow(r, i), theta))
		half := make([]float64, size)
		for at := range half {
			half[at] = dot(inverse[at*size:(at+1)*size], plainRow(r, i))
		}
		var with []float64
		for j := range r.pictures {
			with = append(with, dot(half, plainRow(r, j)))
		}
		cov = append(cov, with)
	}
	return u, cov
}

// plainRow returns which unknowns a picture's strength is the sum of.
func plainRow(r *Ranking, picture int) []float64 {
	x := make([]float64, len(r.pictures)+len(r.model.g))
	x[picture] = 1
	for _, f := range r.model.features[picture] {
		x[len(r.pictures)+f] = 1
	}
	return x
}

// A plainEvent is a duel: what of the unknowns it is about, and how much of it was won.
type plainEvent struct {
	x   []float64
	won float64
}

// plainEvents returns the duels; two for each in which both were bad.
func plainEvents(r *Ranking, list []duels.Duel) (events []plainEvent) {
	for _, d := range list {
		a, b := plainRow(r, r.index[d.A]), plainRow(r, r.index[d.B])
		if d.Won == duels.Bad {
			events = append(events, plainEvent{a, 0}, plainEvent{b, 0})
			continue
		}
		for i := range a {
			a[i] -= b[i]
		}
		if r.model.side >= 0 {
			a[len(r.pictures)+r.model.side] = 1
		}
		events = append(events, plainEvent{a, share(d.Won)})
	}
	return events
}

// plainDerivatives returns the gradient and the Hessian of the posterior.
func plainDerivatives(r *Ranking, events []plainEvent, theta []float64) (grad, h []float64) {
	size := len(theta)
	grad, h = make([]float64, size), make([]float64, size*size)
	for i := range theta {
		prior := float64(r.model.prior)
		if i >= len(r.pictures) {
			prior = 1
		}
		grad[i], h[i*size+i] = -prior*theta[i], prior
	}
	for _, e := range events {
		p := logistic(dot(e.x, theta))
		for i, v := range e.x {
			grad[i] += v * (e.won - p)
			for j, w := range e.x {
				h[i*size+j] += v * w * p * (1 - p)
			}
		}
	}
	return grad, h
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
