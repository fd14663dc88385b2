package vp8enc

// block is 4×4 coefficients, or differences, row by row.
type block [16]int32

// forward is the cosine transform whose inverse is RFC 6386, 14.3: twice the orthonormal one. Rows and columns each give four times
// that, so that less is lost by rounding.
func (b *block) forward() {
	for i := 0; i < 16; i += 4 {
		b[i], b[i+1], b[i+2], b[i+3] = forward4(b[i], b[i+1], b[i+2], b[i+3])
	}
	for i := range 4 {
		p, q, r, s := forward4(b[i], b[i+4], b[i+8], b[i+12])
		b[i], b[i+4], b[i+8], b[i+12] = (p+4)>>3, (q+4)>>3, (r+4)>>3, (s+4)>>3
	}
}

// forward4 is four times the orthonormal transform of four values. Its factors have twelve bits of fraction: √2·cos(π/8) and
// √2·sin(π/8), and it drops eleven of them.
func forward4(a, b, c, d int32) (p, q, r, s int32) {
	const cosine, sine, shift = 5352, 2217, 11
	outer, inner := a-d, b-c
	return 2 * (a + b + c + d), (outer*cosine + inner*sine) >> shift, 2 * (a - b - c + d), (outer*sine - inner*cosine) >> shift
}

// inverse adds what a decoder makes of the coefficients to a prediction (RFC 6386, 14.3).
func (b *block) inverse(pixels []byte, stride int) {
	for i := range 4 {
		b[i], b[i+4], b[i+8], b[i+12] = inverse4(b[i], b[i+4], b[i+8], b[i+12])
	}
	for y := range 4 {
		row := b[4*y : 4*y+4]
		p, q, r, s := inverse4(row[0]+4, row[1], row[2], row[3])
		to := pixels[y*stride : y*stride+4]
		for x, v := range [4]int32{p, q, r, s} {
			to[x] = clampByte(int32(to[x]) + v>>3)
		}
	}
}

// inverse4 uses the same factors as every decoder, with sixteen bits of fraction.
func inverse4(p, q, r, s int32) (a, b, c, d int32) {
	const cosine16, sine16 = 85627, 35468
	even, odd := p+r, p-r
	inner := q*sine16>>16 - s*cosine16>>16
	outer := q*cosine16>>16 + s*sine16>>16
	return even + outer, odd + inner, odd - inner, even - outer
}

func clampByte(v int32) byte { return byte(min(max(v, 0), 255)) }

// hadamard is the transform of the means of a macroblock's blocks, which is its own inverse but for a factor (RFC 6386, 14.3).
func (b *block) hadamard() {
	for i := range 4 {
		b[i], b[i+4], b[i+8], b[i+12] = hadamard4(b[i], b[i+4], b[i+8], b[i+12])
	}
	for i := 0; i < 16; i += 4 {
		b[i], b[i+1], b[i+2], b[i+3] = hadamard4(b[i], b[i+1], b[i+2], b[i+3])
	}
}

func hadamard4(a, b, c, d int32) (p, q, r, s int32) {
	return a + b + c + d, a + b - c - d, a - b - c + d, a - b + c - d
}

// forwardMeans and inverseMeans are the two ways of hadamard, with their factors.
func (b *block) forwardMeans() {
	b.hadamard()
	for i, v := range b {
		b[i] = v / 2
	}
}

func (b *block) inverseMeans() {
	b.hadamard()
	for i, v := range b {
		b[i] = (v + 3) >> 3
	}
}

// quantiser is the steps of a block's mean and of its other coefficients.
type quantiser struct{ mean, other int32 }

// quantise replaces coefficients from the first one on by their levels, which it returns in zigzag order, and then by what a decoder
// makes of the levels. Halves and a little more are rounded towards zero, which saves bits.
func (q quantiser) quantise(b *block, first int) (levels block, isZero bool) {
	isZero = true
	for i, at := range zigzag[first:] {
		step, bias := q.other, q.other*3/8
		if first+i == 0 {
			step, bias = q.mean, q.mean/2
		}
		const most = 2047 // the largest level that tokens can say is 67 + 2¹¹ - 1
		level := min((max(b[at], -b[at])+bias)/step, most)
		if b[at] < 0 {
			level = -level
		}
		levels[first+i], b[at] = level, level*step
		isZero = isZero && level == 0
	}
	return levels, isZero
}

// zigzag is the order of coefficients (RFC 6386, 13).
var zigzag = [16]int{0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15}
