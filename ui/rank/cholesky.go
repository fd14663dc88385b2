package rank

import "math"

// A cholesky is the factor L of a symmetric positive definite matrix A = LLᵀ.
type cholesky struct {
	n int
	l []float64 // row by row; only the lower half is used
}

// factor factors an n×n matrix in place. Its pivots are kept positive, against rounding.
func factor(a []float64, n int) cholesky {
	for j := range n {
		row := a[j*n : j*n+j+1]
		d := row[j]
		for _, v := range row[:j] {
			d -= v * v
		}
		d = math.Sqrt(math.Max(d, 1e-12))
		row[j] = d
		for i := j + 1; i < n; i++ {
			other := a[i*n : i*n+j+1]
			other[j] = (other[j] - dot(other[:j], row[:j])) / d
		}
	}
	return cholesky{n, a}
}

// forward solves Lx = b in place.
func (c cholesky) forward(b []float64) {
	for i := range c.n {
		row := c.l[i*c.n : i*c.n+i+1]
		b[i] = (b[i] - dot(row[:i], b[:i])) / row[i]
	}
}

// solve solves Ax = b in place.
func (c cholesky) solve(b []float64) {
	c.forward(b)
	for i := c.n - 1; i >= 0; i-- {
		b[i] /= c.l[i*c.n+i]
		for j, v := range c.l[i*c.n : i*c.n+i] {
			b[j] -= v * b[i]
		}
	}
}

// inverse returns A⁻¹, row by row.
func (c cholesky) inverse() []float64 {
	n := c.n
	inv := make([]float64, n*n) // first L⁻¹, transposed, so that its columns are rows
	for j := range n {
		column := inv[j*n : (j+1)*n]
		column[j] = 1 / c.l[j*n+j]
		for i := j + 1; i < n; i++ {
			row := c.l[i*n : i*n+i+1]
			column[i] = -dot(row[j:i], column[j:i]) / row[i]
		}
	}
	for i := range n { // A⁻¹ = L⁻ᵀ L⁻¹
		for j := i; j < n; j++ {
			inv[i*n+j] = dot(inv[i*n+j:(i+1)*n], inv[j*n+j:(j+1)*n])
		}
	}
	for i := range n {
		for j := range i {
			inv[i*n+j] = inv[j*n+i]
		}
	}
	return inv
}

// dot returns the scalar product. Four sums at once are three times as fast as one.
func dot(a, b []float64) float64 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float64
	i := 0
	for ; i+4 <= len(a); i += 4 {
		x, y := a[i:i+4:i+4], b[i:i+4:i+4]
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}
