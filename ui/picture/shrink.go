package picture

import "context"

// span is the run of source pixels that one target pixel covers; the ones at its ends count in part.
type span struct {
	first, last int    // inclusive
	head, tail  uint32 // weights of first and last, in 256ths; tail is 0 where first == last
	weight      uint32 // of all together
}

// spans cuts n source pixels into count runs of equal length.
func spans(n, count int) []span {
	out := make([]span, count)
	for i := range out {
		from, to := i*n*256/count, (i+1)*n*256/count
		s := span{first: from >> 8, last: (to - 1) >> 8, weight: uint32(to - from)}
		if s.first == s.last {
			s.head = s.weight
		} else {
			s.head = 256 - uint32(from&255)
			s.tail = uint32((to-1)&255) + 1
		}
		out[i] = s
	}
	return out
}

// shrink gives w×h pixels of s.n channels, each the mean of the source's rectangle under it: first the rows of a target row
// are summed, which is a plain loop over bytes, then runs of that sum.
func shrink(ctx context.Context, s source, w, h int) ([]byte, error) {
	across, down := spans(s.w, w), spans(s.h, h)
	out := make([]byte, w*h*s.n)
	sum := make([]uint32, s.w*s.step)
	for y, d := range down {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		clear(sum)
		addRow(sum, s.row(d.first), d.head)
		for i := d.first + 1; i < d.last; i++ {
			addRow(sum, s.row(i), 256)
		}
		if d.last > d.first {
			addRow(sum, s.row(d.last), d.tail)
		}
		line := out[y*w*s.n : (y+1)*w*s.n]
		if s.step == 1 {
			meansOfPlane(line, sum, across, 1/float64(d.weight))
		} else {
			meansOfPixels(line, sum, s, across, 1/float64(d.weight))
		}
	}
	return out, nil
}

func addRow(sum []uint32, row []byte, weight uint32) {
	sum = sum[:len(row)]
	for i, v := range row {
		sum[i] += weight * uint32(v)
	}
}

// meansOfPlane reduces a summed row of one channel; over is what a row's weight divides by.
func meansOfPlane(line []byte, sum []uint32, across []span, over float64) {
	for i, a := range across {
		total := uint64(sum[a.first])*uint64(a.head) + uint64(sum[a.last])*uint64(a.tail)
		if a.last > a.first+1 {
			middle := uint64(0)
			for _, v := range sum[a.first+1 : a.last] {
				middle += uint64(v)
			}
			total += middle << 8
		}
		line[i] = byte(float64(int64(total))*over/float64(a.weight) + 0.5)
	}
}

// meansOfPixels reduces a summed row of pixels of s.step samples, of which the first three or four count.
func meansOfPixels(line []byte, sum []uint32, s source, across []span, over float64) {
	for i, a := range across {
		var total [4]uint64
		for x := a.first; x <= a.last; x++ {
			weight := uint64(a.of(x))
			p := sum[x*4 : x*4+4 : x*4+4]
			total[0] += weight * uint64(p[0])
			total[1] += weight * uint64(p[1])
			total[2] += weight * uint64(p[2])
			total[3] += weight * uint64(p[3])
		}
		scale := over / float64(a.weight)
		for c := range s.n {
			line[i*s.n+c] = byte(float64(int64(total[c]))*scale + 0.5)
		}
	}
}

// of is the weight of source pixel i, which lies in the span.
func (s span) of(i int) uint32 {
	switch i {
	case s.first:
		return s.head
	case s.last:
		return s.tail
	}
	return 256
}
