package rank

import "math"

// Precisions of what is believed before any duel: 1/sd².
const (
	priorAlone    = 1 // of a picture's strength, where pictures have no features
	priorOwn      = 4 // of a picture's own part, beside its features (sd 0.5)
	priorFeature  = 1
	priorSide     = 1
	mostSteps     = 50
	enoughWon     = 1e-9 // a step that wins less is the last one
	smallestShare = 1.0 / 1024
)

// A model is what the strengths are fit to: r, the pictures' own unknowns, and g, those that pictures share, which are features and the left side.
type model struct {
	features [][]int // of each picture, indexes in g
	side     int     // index in g of the left side; -1 if it has none
	prior    float64 // precision of r
	met      []meeting
	bad      []float64 // how often each picture was called bad

	r, g []float64

	own    *laplacian  // the part of the Hessian that belongs to r
	cross  [][]float64 // for each of g, the elements beside r
	z      [][]float64 // for each of g, own⁻¹ · cross
	schur  cholesky    // of the Hessian of g after r is eliminated
	shared [][]float64 // for each picture, what makes its covariance that comes from g
	vars   []float64   // diagonal of own⁻¹
}

// A meeting is all duels of two pictures with the same one at the left.
type meeting struct {
	a, b int
	edge int     // in own
	left float64 // 1: a was at the left; -1: b was; 0: neither, or it does not matter
	n    float64
	won  float64 // by a; a tie is a half
	g    []coefficient
}

// A coefficient is how often an unknown of g is in the difference of two strengths.
type coefficient struct {
	at int
	by float64
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// logLogistic returns log σ(x).
func logLogistic(x float64) float64 {
	if x < 0 {
		return x - math.Log1p(math.Exp(x))
	}
	return -math.Log1p(math.Exp(-x))
}

// strength returns the strength of a picture.
func (m *model) strength(i int) float64 {
	u := m.r[i]
	for _, f := range m.features[i] {
		u += m.g[f]
	}
	return u
}

// predict returns the logarithm of the odds that a wins.
func (m *model) predict(t *meeting) float64 {
	x := m.r[t.a] - m.r[t.b]
	for _, c := range t.g {
		x += c.by * m.g[c.at]
	}
	return x
}

// setCoefficients sets what a meeting has of g: the features that only one of the two has, and the side.
func (m *model) setCoefficients(t *meeting) {
	add := func(at int, by float64) {
		for i := range t.g {
			if t.g[i].at == at {
				t.g[i].by += by
				return
			}
		}
		t.g = append(t.g, coefficient{at, by})
	}
	for _, f := range m.features[t.a] {
		add(f, 1)
	}
	for _, f := range m.features[t.b] {
		add(f, -1)
	}
	if m.side >= 0 && t.left != 0 {
		add(m.side, t.left)
	}
	kept := t.g[:0]
	for _, c := range t.g {
		if c.by != 0 {
			kept = append(kept, c)
		}
	}
	t.g = kept
}

// precisionOf returns the prior precision of an unknown of g.
func (m *model) precisionOf(at int) float64 {
	if at == m.side {
		return priorSide
	}
	return priorFeature
}

// fit finds the most probable unknowns, by Newton's method. The logarithm of the posterior is concave, so there is one top.
func (m *model) fit() {
	best := m.logPosterior()
	for range mostSteps {
		dr, dg, gain := m.step()
		if gain < enoughWon {
			break
		}
		next, share := m.move(dr, dg, 1), 1.0
		for next < best && share > smallestShare {
			next = m.move(dr, dg, -share/2)
			share /= 2
		}
		if next <= best {
			break
		}
		best = next
	}
}

// move moves the unknowns, and returns the logarithm of the posterior there.
func (m *model) move(dr, dg []float64, by float64) float64 {
	for i, d := range dr {
		m.r[i] += by * d
	}
	for i, d := range dg {
		m.g[i] += by * d
	}
	return m.logPosterior()
}

// logPosterior returns the logarithm of the posterior, but for a constant.
func (m *model) logPosterior() (sum float64) {
	for i := range m.met {
		t := &m.met[i]
		x := m.predict(t)
		sum += t.won*logLogistic(x) + (t.n-t.won)*logLogistic(-x)
	}
	for i, n := range m.bad {
		if n > 0 {
			sum += n * logLogistic(-m.strength(i))
		}
		sum -= m.prior * m.r[i] * m.r[i] / 2
	}
	for i, v := range m.g {
		sum -= m.precisionOf(i) * v * v / 2
	}
	return sum
}

// step returns Newton's step, and what it would win. It leaves the Hessian, factored.
func (m *model) step() (dr, dg []float64, gain float64) {
	gradR, gradG, d := m.derive()
	m.own.factor()
	k := len(m.g)
	dr = m.own.solve(gradR)
	for i := range k {
		m.z[i] = m.own.solve(m.cross[i])
	}
	dg = make([]float64, k)
	for i := range k {
		dg[i] = gradG[i] - dot(m.cross[i], dr)
		for j := range i + 1 {
			d[i*k+j] -= dot(m.cross[i], m.z[j])
		}
	}
	m.schur = factor(d, k)
	m.schur.solve(dg)
	for i, by := range dg {
		for n, v := range m.z[i] {
			dr[n] -= v * by
		}
	}
	return dr, dg, (dot(gradR, dr) + dot(gradG, dg)) / 2
}

// derive computes the gradient and the Hessian, of which it returns the part of g.
func (m *model) derive() (gradR, gradG, d []float64) {
	k := len(m.g)
	gradR, gradG, d = make([]float64, len(m.r)), make([]float64, k), make([]float64, k*k)
	for i, v := range m.r {
		gradR[i], m.own.diag[i] = -m.prior*v, m.prior
	}
	for i, v := range m.g {
		gradG[i], d[i*k+i] = -m.precisionOf(i)*v, m.precisionOf(i)
		clear(m.cross[i])
	}
	clear(m.own.w)
	for i := range m.met {
		t := &m.met[i]
		p := logistic(m.predict(t))
		rest, q := t.won-t.n*p, t.n*p*(1-p)
		gradR[t.a] += rest
		gradR[t.b] -= rest
		m.own.diag[t.a] += q
		m.own.diag[t.b] += q
		m.own.w[t.edge] += q
		for _, c := range t.g {
			gradG[c.at] += c.by * rest
			m.cross[c.at][t.a] += c.by * q
			m.cross[c.at][t.b] -= c.by * q
			for _, e := range t.g {
				d[c.at*k+e.at] += c.by * e.by * q
			}
		}
	}
	m.deriveBad(gradR, gradG, d)
	return gradR, gradG, d
}

// deriveBad adds the losses against the fixed opponent.
func (m *model) deriveBad(gradR, gradG, d []float64) {
	k := len(m.g)
	for i, n := range m.bad {
		if n == 0 {
			continue
		}
		p := logistic(m.strength(i))
		q := n * p * (1 - p)
		gradR[i] -= n * p
		m.own.diag[i] += q
		for _, f := range m.features[i] {
			gradG[f] -= n * p
			m.cross[f][i] += q
			for _, e := range m.features[i] {
				d[f*k+e] += q
			}
		}
	}
}

// invert prepares covariances, after fit.
func (m *model) invert() {
	m.own.invert()
	m.vars = m.own.variances()
	k := len(m.g)
	m.shared = make([][]float64, len(m.r))
	memory := make([]float64, k*len(m.r))
	for i := range m.shared {
		t := memory[i*k : (i+1)*k : (i+1)*k]
		for at := range t {
			t[at] = -m.z[at][i]
		}
		for _, f := range m.features[i] {
			t[f]++
		}
		m.schur.forward(t)
		m.shared[i] = t
	}
}

// cov returns the covariance of two strengths, after invert. Of pictures in a very large group it may be too small, so that a difference is not
// called surer than it is.
func (m *model) cov(i, j int) float64 {
	own := m.vars[i]
	if i != j {
		own = m.own.cov(i, j)
	}
	return own + dot(m.shared[i], m.shared[j])
}

// varDiff returns the variance of the difference of two strengths.
func (m *model) varDiff(i, j int) float64 {
	return math.Max(m.cov(i, i)+m.cov(j, j)-2*m.cov(i, j), 0)
}
