package rank

import "math"

// Precisions of what is believed before any duel: 1/sd².
const (
	priorAlone    = 1 // of a picture's strength, where pictures have no features
	priorOwn      = 4 // of a picture's own part, beside its features (sd 0.5)
	priorShared   = 1 // of a feature, and of the left side
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

// logistic returns σ(x).
func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

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

// fit finds the most probable unknowns, by Newton's method. The logarithm of the posterior is concave, so there is one top. It leaves the Hessian
// there, factored.
func (m *model) fit() {
	here := m.derive()
	for range mostSteps {
		dr, dg, gain := m.step(here)
		if gain < enoughWon {
			return
		}
		m.move(dr, dg, 1)
		next := m.derive()
		for share := 1.0; next.height < here.height && share > smallestShare; share /= 2 {
			m.move(dr, dg, -share/2)
			next = m.derive()
		}
		here = next
	}
}

// move moves the unknowns.
func (m *model) move(dr, dg []float64, by float64) {
	for i, d := range dr {
		m.r[i] += by * d
	}
	for i, d := range dg {
		m.g[i] += by * d
	}
}

// step returns Newton's step, and what it would win.
func (m *model) step(here derivative) (dr, dg []float64, gain float64) {
	m.own.factor()
	k := len(m.g)
	dr = m.own.solve(here.r)
	for i := range k {
		m.z[i] = m.own.solve(m.cross[i])
	}
	dg = make([]float64, k)
	for i := range k {
		dg[i] = here.g[i] - dot(m.cross[i], dr)
		for j := range i + 1 {
			here.hessian[i*k+j] -= dot(m.cross[i], m.z[j])
		}
	}
	m.schur = factor(here.hessian, k)
	m.schur.solve(dg)
	for i, by := range dg {
		for n, v := range m.z[i] {
			dr[n] -= v * by
		}
	}
	return dr, dg, (dot(here.r, dr) + dot(here.g, dg)) / 2
}

// A derivative is the logarithm of the posterior, but for a constant, its gradient, and the part of the Hessian that belongs to g.
type derivative struct {
	height  float64
	r, g    []float64
	hessian []float64
}

// derive computes the derivatives at the present unknowns. The other parts of the Hessian are in own and cross.
func (m *model) derive() derivative {
	k := len(m.g)
	d := derivative{r: make([]float64, len(m.r)), g: make([]float64, k), hessian: make([]float64, k*k)}
	for i, v := range m.r {
		d.r[i], m.own.diag[i] = -m.prior*v, m.prior
		d.height -= m.prior * v * v / 2
	}
	for i, v := range m.g {
		d.g[i], d.hessian[i*k+i] = -priorShared*v, priorShared
		d.height -= priorShared * v * v / 2
		clear(m.cross[i])
	}
	clear(m.own.w)
	for i := range m.met {
		m.deriveMeeting(&d, &m.met[i])
	}
	for i, n := range m.bad {
		if n > 0 {
			m.deriveBad(&d, i, n)
		}
	}
	return d
}

// logLogistic returns σ(x) and its logarithm.
func logLogistic(x float64) (p, log float64) {
	e := math.Exp(-math.Abs(x))
	log = -math.Log1p(e)
	if x < 0 {
		return e / (1 + e), log + x
	}
	return 1 / (1 + e), log
}

// deriveMeeting adds the duels of two pictures.
func (m *model) deriveMeeting(d *derivative, t *meeting) {
	x := m.predict(t)
	p, log := logLogistic(x)
	d.height += t.n*log - (t.n-t.won)*x // log σ(−x) = log σ(x) − x
	rest, q := t.won-t.n*p, t.n*p*(1-p)
	d.r[t.a] += rest
	d.r[t.b] -= rest
	m.own.diag[t.a] += q
	m.own.diag[t.b] += q
	m.own.w[t.edge] += q
	for _, c := range t.g {
		d.g[c.at] += c.by * rest
		m.cross[c.at][t.a] += c.by * q
		m.cross[c.at][t.b] -= c.by * q
		for _, e := range t.g {
			d.hessian[c.at*len(m.g)+e.at] += c.by * e.by * q
		}
	}
}

// deriveBad adds the n losses of a picture against the fixed opponent.
func (m *model) deriveBad(d *derivative, i int, n float64) {
	x := m.strength(i)
	p, log := logLogistic(x)
	d.height += n * (log - x)
	q := n * p * (1 - p)
	d.r[i] -= n * p
	m.own.diag[i] += q
	for _, f := range m.features[i] {
		d.g[f] -= n * p
		m.cross[f][i] += q
		for _, e := range m.features[i] {
			d.hessian[f*len(m.g)+e] += q
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

// deviation returns the standard deviation of a strength.
func (m *model) deviation(i int) float64 { return math.Sqrt(m.cov(i, i)) }
