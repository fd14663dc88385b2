package picture

import (
	"cmp"
	"slices"
)

// bins is how finely colours are counted: 5 bits a channel.
const bins = 1 << 15

func binOf(r, g, b int32) int { return int(r>>3<<10 | g>>3<<5 | b>>3) }

// bin is the pixels of nearly one colour: how many, and the sum of them.
type bin struct {
	count int64
	sum   [3]int64
}

// box is bins that will share one colour of the palette.
type box struct {
	bins []bin
	axis int     // along which they differ most
	mid  float64 // their mean on it, where they are cut
	err  float64 // squares that cutting may save
}

// quantise picks at most n colours for r, in the order of byGreen: it cuts the box whose pixels differ most, at their mean, until there are n.
func quantise(r raster, n int) palette {
	counted := make([]bin, bins)
	for i := 0; i+2 < len(r.pix); i += 3 {
		p := r.pix[i : i+3 : i+3]
		b := &counted[binOf(int32(p[0]), int32(p[1]), int32(p[2]))]
		b.count++
		b.sum[0] += int64(p[0])
		b.sum[1] += int64(p[1])
		b.sum[2] += int64(p[2])
	}
	counted = slices.DeleteFunc(counted, func(b bin) bool { return b.count == 0 })
	boxes := []box{measure(counted)}
	for len(boxes) < n {
		worst := 0
		for i := range boxes {
			if boxes[i].err > boxes[worst].err {
				worst = i
			}
		}
		if boxes[worst].err <= 0 {
			break
		}
		low, high := boxes[worst].cut()
		boxes[worst] = low
		boxes = append(boxes, high)
	}
	p := make(palette, len(boxes))
	for i, b := range boxes {
		p[i] = b.mean()
	}
	return p.byGreen()
}

// measure finds how the pixels of bins differ.
func measure(of []bin) box {
	b := box{bins: of}
	if len(of) < 2 {
		return b
	}
	for axis := range 3 {
		var n, sum, squares float64
		for _, bin := range of {
			count, s := float64(bin.count), float64(bin.sum[axis])
			n += count
			sum += s
			squares += s * s / count
		}
		if err := squares - sum*sum/n; err > b.err {
			b.err, b.axis, b.mid = err, axis, sum/n
		}
	}
	return b
}

// cut parts a box at its mean.
func (b box) cut() (low, high box) {
	split := 0
	for i, bin := range b.bins {
		if float64(bin.sum[b.axis]) < b.mid*float64(bin.count) {
			b.bins[i], b.bins[split] = b.bins[split], b.bins[i]
			split++
		}
	}
	return measure(b.bins[:split]), measure(b.bins[split:])
}

func (b box) mean() rgb {
	var n int64
	var sum [3]int64
	for _, bin := range b.bins {
		n += bin.count
		for c, s := range bin.sum {
			sum[c] += s
		}
	}
	var mean rgb
	for c := range mean {
		mean[c] = int32((sum[c] + n/2) / n)
	}
	return mean
}

// indexed is r in the colours of p: a number a pixel, the error handed on to the right and below (Floyd and Steinberg).
func indexed(r raster, p palette) []uint8 {
	out := make([]uint8, r.w*r.h)
	known := make([]int16, bins) // the nearest colour to a bin's middle, plus one
	owed := make([]rgb, r.w+2)   // in 16ths; pixel x is owed[x+1]
	below := make([]rgb, r.w+2)
	for y := range r.h {
		line := out[y*r.w : (y+1)*r.w]
		pix := r.pix[y*r.w*3 : (y+1)*r.w*3]
		var next rgb // what the pixel before hands on
		for x := range line {
			c, o := pix[3*x:3*x+3:3*x+3], &owed[x+1]
			want := rgb{within(c[0], o[0]+next[0]), within(c[1], o[1]+next[1]), within(c[2], o[2]+next[2])}
			n := &known[binOf(want[0], want[1], want[2])]
			if *n == 0 {
				*n = int16(p.closest(rgb{want[0]&^7 | 4, want[1]&^7 | 4, want[2]&^7 | 4})) + 1
			}
			line[x] = uint8(*n - 1)
			shown := &p[*n-1]
			e0, e1, e2 := want[0]-shown[0], want[1]-shown[1], want[2]-shown[2]
			next = rgb{7 * e0, 7 * e1, 7 * e2}
			b := below[x : x+3 : x+3]
			b[0] = rgb{b[0][0] + 3*e0, b[0][1] + 3*e1, b[0][2] + 3*e2}
			b[1] = rgb{b[1][0] + 5*e0, b[1][1] + 5*e1, b[1][2] + 5*e2}
			b[2] = rgb{b[2][0] + e0, b[2][1] + e1, b[2][2] + e2}
		}
		owed, below = below, owed
		clear(below)
	}
	return out
}

// within is a sample and what it is owed, in 16ths, within a byte.
func within(v byte, owed int32) int32 { return min(max(int32(v)+owed>>4, 0), 255) }

// closest is the number of the nearest colour of p, which byGreen has put in order: it looks outwards from the same green, until
// green alone is too far.
func (p palette) closest(c rgb) int {
	above, _ := slices.BinarySearchFunc(p, c[1], func(a rgb, green int32) int { return cmp.Compare(a[1], green) })
	below := above - 1
	at, least := 0, int32(1<<30)
	for above < len(p) || below >= 0 {
		if above < len(p) {
			if d := p[above][1] - c[1]; d*d >= least {
				above = len(p)
			} else {
				at, least = p.nearer(above, c, at, least)
				above++
			}
		}
		if below >= 0 {
			if d := p[below][1] - c[1]; d*d >= least {
				below = -1
			} else {
				at, least = p.nearer(below, c, at, least)
				below--
			}
		}
	}
	return at
}

func (p palette) nearer(i int, c rgb, at int, least int32) (int, int32) {
	r, g, b := c[0]-p[i][0], c[1]-p[i][1], c[2]-p[i][2]
	if err := r*r + g*g + b*b; err < least {
		return i, err
	}
	return at, least
}

// byGreen puts p in the order that closest needs.
func (p palette) byGreen() palette {
	slices.SortFunc(p, func(a, b rgb) int { return cmp.Compare(a[1], b[1]) })
	return p
}
