package rank

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"tintype/history/duels"
)

// TestBestIsFound: in simulated worlds the best picture is found as often as it must be, and more often than with pairs at random.
func TestBestIsFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n, duels int
		bar      float64
	}{{6, 6, 0.56}, {12, 12, 0.43}} {
		got, random := found(400, c.n, c.duels, false), found(400, c.n, c.duels, true)
		t.Logf("best of %d after %d duels: %.2f, at random %.2f", c.n, c.duels, got, random)
		if got < c.bar || got < random+0.1 {
			t.Errorf("best of %d after %d duels: %.2f, want %.2f; at random %.2f", c.n, c.duels, got, c.bar, random)
		}
	}
}

// TestFactorsAreFound: 20 duels of a 3×3×3 table tell what its 27 pictures are worth, if they are fit by their values.
func TestFactorsAreFound(t *testing.T) {
	t.Parallel()
	got, random, without := correlated(150, 20, false, true), correlated(150, 20, true, true), correlated(150, 20, false, false)
	t.Logf("correlation %.2f, at random %.2f, without factors %.2f", got, random, without)
	if got < 0.70 || got < random || got < without+0.1 {
		t.Errorf("correlation %.2f, want 0.70; at random %.2f, without factors %.2f", got, random, without)
	}
}

// TestIntervalsHoldTheTruth: intervals of 95 % hold between 90 and 97 % of the true strengths.
func TestIntervalsHoldTheTruth(t *testing.T) {
	t.Parallel()
	for _, count := range []int{3, 12, 40, 120} {
		for _, random := range []bool{false, true} {
			if got := covered(150, 12, count, 1, random); got < 0.90 || got > 0.97 {
				t.Errorf("%d duels, at random %v: %.3f of the truth is inside", count, random, got)
			}
		}
	}
	inside, all := 0, 0
	for seed := range uint64(150) { // the effects of values, too
		w := newTable(seed, 3, 3, 1, 0.5)
		truth := map[Feature]float64{}
		for _, p := range w.pictures {
			for _, f := range w.features(p) {
				truth[f] += w.truth[p] / 9
			}
		}
		mean := map[string]float64{}
		for f, u := range truth {
			mean[f.Axis] += u / 3
		}
		for _, e := range Fit(w.pictures, w.play(40, false), w.features).Effects() {
			all++
			if u := truth[e.Feature] - mean[e.Axis]; e.Low <= u && u <= e.High {
				inside++
			}
		}
	}
	if got := float64(inside) / float64(all); got < 0.90 || got > 0.98 { // the truth has the own parts of nine pictures in it
		t.Errorf("%.3f of the effects are inside", got)
	}
}

// TestLargeGroupsAreAsSure: where a group is too large for exact intervals, they hold the truth as often.
func TestLargeGroupsAreAsSure(t *testing.T) {
	t.Parallel()
	for _, count := range []int{300, 2000} {
		if got := covered(3, 400, count, 1, true); got < 0.90 || got > 0.97 {
			t.Errorf("%d duels: %.3f of the truth is inside", count, got)
		}
	}
}

// randomHistory returns pictures and duels with all outcomes.
func randomHistory(rng *rand.Rand, withLeft bool) ([]duels.Picture, []duels.Duel) {
	w := newWorld(rng.Uint64(), 2+rng.IntN(7), 1.5)
	var list []duels.Duel
	for i := range rng.IntN(25) {
		at := w.rng.Perm(len(w.pictures))
		d := w.judge(w.pictures[at[0]], w.pictures[at[1]], i)
		switch rng.IntN(6) {
		case 0:
			d.Won = duels.Tie
		case 1:
			d.Won = duels.Bad
		}
		if !withLeft {
			d.Left = ""
		}
		list = append(list, d)
	}
	return w.pictures, list
}

func inputs(short int) int {
	if os.Getenv("TINTYPE_LONG") != "" {
		return 100_000
	}
	return short
}

// TestADuelMoreNeverLowers: one more duel that a wins lowers neither its strength, nor its lead over any other picture, nor its place.
func TestADuelMoreNeverLowers(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for range inputs(3000) {
		pictures, list := randomHistory(rng, false)
		at := rng.Perm(len(pictures))
		a, b := pictures[at[0]], pictures[at[1]]
		more := append(list[:len(list):len(list)], duels.Duel{A: a, B: b, Won: duels.A})
		if rng.IntN(2) == 0 {
			more[len(list)] = duels.Duel{A: b, B: a, Won: duels.B}
		}
		before, after := Fit(pictures, list, nil), Fit(pictures, more, nil)
		if x, y := before.model.strength(at[0]), after.model.strength(at[0]); y < x-1e-6 {
			t.Fatalf("%d duels: the strength fell from %v to %v", len(list), x, y)
		}
		for i := range pictures {
			lead := func(r *Ranking) float64 { return r.model.strength(at[0]) - r.model.strength(i) }
			if x, y := lead(before), lead(after); y < x-1e-6 {
				t.Fatalf("%d duels: the lead over another fell from %v to %v", len(list), x, y)
			}
		}
		place := func(r *Ranking) int {
			for place, i := range r.Items {
				if i.Picture == a {
					return place
				}
			}
			return -1
		}
		if x, y := place(before), place(after); y > x {
			t.Fatalf("%d duels: the place went from %d to %d", len(list), x, y)
		}
	}
}

// TestADuelMoreWithFeatures: with features and a side, the model gives the result of the new duel no smaller chance than before. In a table
// the strength of the winner does not fall either.
func TestADuelMoreWithFeatures(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		w := newTable(seed, 2, 3, 1, 0.5)
		w.left = float64(seed%2) * 2
		list := w.play(30, true)
		before := Fit(w.pictures, list, w.features)
		at := w.rng.Perm(len(w.pictures))
		a, b := w.pictures[at[0]], w.pictures[at[1]]
		after := Fit(w.pictures, append(list, duels.Duel{A: a, B: b, Won: duels.A, Left: "a"}), w.features)
		if before.Side.TakenOut != after.Side.TakenOut {
			continue // it is another model
		}
		chance := func(r *Ranking) float64 {
			x := r.model.strength(at[0]) - r.model.strength(at[1])
			if r.model.side >= 0 {
				x += r.model.g[r.model.side]
			}
			return x
		}
		if x, y := chance(before), chance(after); y < x-1e-6 {
			t.Errorf("world %d: the chance fell from %v to %v", seed, x, y)
		}
		if x, y := before.model.strength(at[0]), after.model.strength(at[0]); y < x-1e-6 {
			t.Errorf("world %d: the strength of the winner fell from %v to %v", seed, x, y)
		}
	}
}

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
