package rank

import (
	"cmp"
	"math"
	"slices"
)

// A laplacian is the matrix of the pictures' own unknowns: a diagonal, and −w for each pair that was compared. Pictures that are not connected by
// duels do not know each other, so each connected part is a matrix of its own: small ones are factored, in large ones equations are solved by
// conjugate gradients.
type laplacian struct {
	n     int
	diag  []float64
	ends  [][2]int  // of each edge
	w     []float64 // of each edge
	start []int     // of each node's neighbours in near
	near  []neighbour
	parts []part
	of    []int // part of each node
	local []int // place of each node in its part
}

// neighbour is the other end of an edge.
type neighbour struct{ node, edge int }

// A part is a connected part.
type part struct {
	nodes   []int
	dense   bool
	factor  cholesky
	inverse []float64 // of a dense part, once invert was called
}

// denseWork is how many multiplications the factoring of all dense parts may take together; a single part may have 180 nodes.
const denseWork = 6_000_000

// newLaplacian makes the structure of a matrix. ends are different pairs.
func newLaplacian(n int, ends [][2]int) *laplacian {
	m := &laplacian{n: n, diag: make([]float64, n), ends: ends, w: make([]float64, len(ends)), start: make([]int, n+1), of: make([]int, n), local: make([]int, n)}
	for _, e := range ends {
		m.start[e[0]+1]++
		m.start[e[1]+1]++
	}
	for i := range n {
		m.start[i+1] += m.start[i]
	}
	m.near = make([]neighbour, 2*len(ends))
	next := slices.Clone(m.start)
	for k, e := range ends {
		for side, node := range e {
			m.near[next[node]] = neighbour{e[1-side], k}
			next[node]++
		}
	}
	m.findParts()
	return m
}

// findParts finds the connected parts, and makes the smallest dense.
func (m *laplacian) findParts() {
	for i := range m.of {
		m.of[i] = -1
	}
	nodes := make([]int, 0, m.n)
	for first := range m.n {
		if m.of[first] >= 0 {
			continue
		}
		begin := len(nodes)
		nodes = append(nodes, first)
		m.of[first] = len(m.parts)
		for at := begin; at < len(nodes); at++ {
			m.local[nodes[at]] = at - begin
			for _, near := range m.near[m.start[nodes[at]]:m.start[nodes[at]+1]] {
				if m.of[near.node] < 0 {
					m.of[near.node] = len(m.parts)
					nodes = append(nodes, near.node)
				}
			}
		}
		m.parts = append(m.parts, part{nodes: nodes[begin:len(nodes):len(nodes)]})
	}
	bySize := make([]int, len(m.parts))
	for i := range bySize {
		bySize[i] = i
	}
	slices.SortStableFunc(bySize, func(a, b int) int { return cmp.Compare(len(m.parts[a].nodes), len(m.parts[b].nodes)) })
	work := 0
	for _, i := range bySize {
		size := len(m.parts[i].nodes)
		if work += size * size * size; work > denseWork {
			break
		}
		m.parts[i].dense = true
	}
}

// factor prepares solve for the present numbers.
func (m *laplacian) factor() {
	for i := range m.parts {
		p := &m.parts[i]
		size := len(p.nodes)
		if !p.dense || size == 1 {
			continue
		}
		if len(p.factor.l) == 0 {
			p.factor.l = make([]float64, size*size)
		}
		a := p.factor.l
		clear(a)
		for at, node := range p.nodes {
			a[at*size+at] = m.diag[node]
			for _, near := range m.near[m.start[node]:m.start[node+1]] {
				a[at*size+m.local[near.node]] = -m.w[near.edge]
			}
		}
		p.factor = factor(a, size)
	}
}

// solve returns x with Mx = b, after factor.
func (m *laplacian) solve(b []float64) []float64 {
	x := make([]float64, m.n)
	var local []float64
	for i := range m.parts {
		p := &m.parts[i]
		switch {
		case len(p.nodes) == 1:
			x[p.nodes[0]] = b[p.nodes[0]] / m.diag[p.nodes[0]]
		case p.dense:
			local = local[:0]
			for _, node := range p.nodes {
				local = append(local, b[node])
			}
			p.factor.solve(local)
			for at, node := range p.nodes {
				x[node] = local[at]
			}
		default:
			m.descend(p, b, x)
		}
	}
	return x
}

// precision is how small the rest of an equation gets that is solved by conjugate gradients, beside its right side.
const precision = 1e-7

// descend solves the equations of a part by conjugate gradients, with the diagonal as preconditioner.
func (m *laplacian) descend(p *part, b, x []float64) {
	size := len(p.nodes)
	memory := make([]float64, 4*size)
	r, z, d, q := memory[:size], memory[size:2*size], memory[2*size:3*size], memory[3*size:]
	var rz, norm float64
	for at, node := range p.nodes {
		r[at] = b[node]
		z[at] = r[at] / m.diag[node]
		d[at] = z[at]
		rz += r[at] * z[at]
		norm += r[at] * r[at]
	}
	limit := norm * precision * precision
	for range 4 * size {
		if norm <= limit {
			return
		}
		for at, node := range p.nodes {
			sum := m.diag[node] * d[at]
			for _, near := range m.near[m.start[node]:m.start[node+1]] {
				sum -= m.w[near.edge] * d[m.local[near.node]]
			}
			q[at] = sum
		}
		step, before := rz/dot(d, q), rz
		rz, norm = 0, 0
		for at, node := range p.nodes {
			x[node] += step * d[at]
			r[at] -= step * q[at]
			z[at] = r[at] / m.diag[node]
			rz += r[at] * z[at]
			norm += r[at] * r[at]
		}
		for at := range d {
			d[at] = z[at] + rz/before*d[at]
		}
	}
}

// invert prepares cov, after factor.
func (m *laplacian) invert() {
	for i := range m.parts {
		if p := &m.parts[i]; p.dense && len(p.nodes) > 1 {
			p.inverse = p.factor.inverse()
		}
	}
}

// cov returns an element of M⁻¹ after invert. In a large part it returns 0 beside the diagonal, where the elements are small and never negative.
func (m *laplacian) cov(i, j int) float64 {
	if m.of[i] != m.of[j] {
		return 0
	}
	p := &m.parts[m.of[i]]
	switch {
	case len(p.nodes) == 1:
		return 1 / m.diag[i]
	case p.dense:
		return p.inverse[m.local[i]*len(p.nodes)+m.local[j]]
	}
	return 0
}

// variances returns the diagonal of M⁻¹ after invert. In a large part it comes from belief propagation, which is exact where the duels form no
// circle, and otherwise leaves out the paths around circles (Malioutov, Johnson and Willsky, JMLR 2006).
func (m *laplacian) variances() []float64 {
	v := make([]float64, m.n)
	var loose []int // nodes of large parts
	for i := range m.parts {
		p := &m.parts[i]
		if !p.dense && len(p.nodes) > 1 {
			loose = append(loose, p.nodes...)
			continue
		}
		for _, node := range p.nodes {
			v[node] = m.cov(node, node)
		}
	}
	if len(loose) > 0 {
		m.propagate(loose, v)
	}
	return v
}

// propagate sets the variances of nodes. A message is what one end of an edge takes off the precision of the other.
func (m *laplacian) propagate(nodes []int, v []float64) {
	messages := make([][2]float64, len(m.ends)) // to each end of an edge
	for range 50 {
		change := 0.0
		for _, node := range nodes {
			near := m.near[m.start[node]:m.start[node+1]]
			rest := m.diag[node]
			for _, to := range near {
				rest -= messages[to.edge][m.side(to.edge, node)]
			}
			v[node] = 1 / rest
			for _, to := range near {
				side := m.side(to.edge, node)
				without := rest + messages[to.edge][side]
				next := m.w[to.edge] * m.w[to.edge] / without
				change = math.Max(change, math.Abs(next-messages[to.edge][1-side]))
				messages[to.edge][1-side] = next
			}
		}
		if change < 1e-6 {
			return
		}
	}
}

// side returns which end of an edge a node is.
func (m *laplacian) side(edge, node int) int {
	if m.ends[edge][0] == node {
		return 0
	}
	return 1
}
