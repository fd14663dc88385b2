package vp8enc

// mode is how a macroblock is predicted from its neighbours above and to the left (RFC 6386, 12.2 and 12.3).
type mode int

const (
	mean       mode = iota // the mean of both edges
	vertical               // the row above, repeated
	horizontal             // the column to the left, repeated
	gradient               // their sum without the corner
)

// edges are the neighbours of a block in one plane: n samples each, and the corner between them.
type edges struct {
	above, left []byte // nil at the picture's edge
	corner      byte
}

func (p *plane) edges(x, y, n int) edges {
	var e edges
	at := y*n*p.stride + x*n
	if y > 0 {
		e.above = p.pix[at-p.stride:][:n]
	}
	if x > 0 {
		e.left = make([]byte, n)
		for i := range e.left {
			e.left[i] = p.pix[at+i*p.stride-1]
		}
	}
	if x > 0 && y > 0 {
		e.corner = p.pix[at-p.stride-1]
	}
	return e
}

// modes returns those that need no samples beyond the picture, but for the mean, which is 128 there.
func (e edges) modes() []mode {
	switch {
	case e.above != nil && e.left != nil:
		return []mode{mean, vertical, horizontal, gradient}
	case e.above != nil:
		return []mode{mean, vertical}
	case e.left != nil:
		return []mode{mean, horizontal}
	}
	return []mode{mean}
}

// fill writes a prediction of n rows into a plane.
func (e edges) fill(m mode, pix []byte, stride, n int) {
	value := byte(0)
	if m == mean {
		value = e.mean()
	}
	for y := range n {
		row := pix[y*stride : y*stride+n]
		switch m {
		case vertical:
			copy(row, e.above)
			continue
		case horizontal:
			value = e.left[y]
		case gradient:
			for x := range row {
				row[x] = clampByte(int32(e.left[y]) + int32(e.above[x]) - int32(e.corner))
			}
			continue
		}
		for x := range row {
			row[x] = value
		}
	}
}

func (e edges) mean() byte {
	sum, count := 0, 0
	for _, side := range [][]byte{e.above, e.left} {
		for _, v := range side {
			sum += int(v)
		}
		count += len(side)
	}
	if count == 0 {
		return 128
	}
	return byte((sum + count/2) / count)
}

// difference is the sum of absolute differences between a prediction and a picture.
func difference(a, b []byte, stride, n int) (sum int) {
	for y := range n {
		p, q := a[y*stride:y*stride+n], b[y*stride:y*stride+n]
		for x := range p {
			sum += max(int(p[x])-int(q[x]), int(q[x])-int(p[x]))
		}
	}
	return sum
}

// predict chooses the nearest prediction of a macroblock in one plane, and leaves it in the decoded picture.
func (f *frame) predict(i, x, y, n int) mode {
	return f.predictPlanes([]int{i}, x, y, n)
}

// predictColours does the same for both colours, which share a mode.
func (f *frame) predictColours(x, y int) mode { return f.predictPlanes([]int{1, 2}, x, y, side/2) }

func (f *frame) predictPlanes(planes []int, x, y, n int) mode {
	best, least := mean, -1
	around := make([]edges, len(planes))
	for j, i := range planes {
		around[j] = f.decoded[i].edges(x, y, n)
	}
	choices := around[0].modes()
	for _, m := range choices {
		sum := 0
		for j, i := range planes {
			at, stride := y*n*f.decoded[i].stride+x*n, f.decoded[i].stride
			around[j].fill(m, f.decoded[i].pix[at:], stride, n)
			sum += difference(f.decoded[i].pix[at:], f.source[i].pix[at:], stride, n)
		}
		if least < 0 || sum < least {
			best, least = m, sum
		}
	}
	for j, i := range planes {
		around[j].fill(best, f.decoded[i].pix[y*n*f.decoded[i].stride+x*n:], f.decoded[i].stride, n)
	}
	return best
}

// residue returns how the picture differs from its prediction in the 4×4 samples at a place, transformed.
func (f *frame) residue(i, at int) (b block) {
	stride := f.source[i].stride
	for y := range 4 {
		for x := range 4 {
			b[4*y+x] = int32(f.source[i].pix[at+y*stride+x]) - int32(f.decoded[i].pix[at+y*stride+x])
		}
	}
	b.forward()
	return b
}

// quantiseLuma computes the levels of a macroblock's luma, and decodes them into the picture. The means of its blocks are transformed once
// more.
func (f *frame) quantiseLuma(m *macroblock, x, y int) {
	var blocks [16]block
	var second block
	place := func(i int) int { return (y*side+i/4*4)*f.source[0].stride + x*side + i%4*4 }
	for i := range blocks {
		blocks[i] = f.residue(0, place(i))
		second[i] = blocks[i][0]
	}
	second.forwardMeans()
	var isZero bool
	m.means, isZero = f.mean.quantise(&second, 0)
	m.isZero = m.isZero && isZero
	second.inverseMeans()
	for i := range blocks {
		m.luma[i], isZero = f.luma.quantise(&blocks[i], 1)
		m.isZero = m.isZero && isZero
		blocks[i][0] = second[i]
		blocks[i].inverse(f.decoded[0].pix[place(i):], f.decoded[0].stride)
	}
}

// quantiseColour does the same for a colour.
func (f *frame) quantiseColour(m *macroblock, c, x, y int) {
	p := &f.decoded[1+c]
	for i := range m.colour[c] {
		at := (y*side/2+i/2*4)*p.stride + x*side/2 + i%2*4
		b := f.residue(1+c, at)
		var isZero bool
		m.colour[c][i], isZero = f.uv.quantise(&b, 0)
		m.isZero = m.isZero && isZero
		b.inverse(p.pix[at:], p.stride)
	}
}
