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

// shrink gives w×h pixels of s.n channels, each the mean of the source's rectangle under it.
func shrink(ctx context.Context, s source, w, h int) ([]byte, error) {
	across, down := spans(s.w, w), spans(s.h, h)
	out := make([]byte, 0, w*h*s.n)
	line := make([]uint32, w*s.n) // the source row of number read, summed into w pixels
	sum := make([]uint64, w*s.n)
	over := make([]float64, w*s.n) // what a sum is multiplied by to be a mean, but for the row's weight
	for i := range over {
		over[i] = 1 / float64(across[i/s.n].weight)
	}
	read := -1
	for _, d := range down {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		clear(sum)
		for y := d.first; y <= d.last; y++ {
			if y != read {
				addAcross(line, s.row(y), s.step, s.n, across)
				read = y
			}
			addDown(sum, line, uint64(d.of(y)))
		}
		out = appendMeans(out, sum, over, 1/float64(d.weight))
	}
	return out, nil
}

func addDown(sum []uint64, line []uint32, weight uint64) {
	sum = sum[:len(line)]
	for i, v := range line {
		sum[i] += weight * uint64(v)
	}
}

func appendMeans(out []byte, sum []uint64, over []float64, overRow float64) []byte {
	over = over[:len(sum)]
	for i, v := range sum {
		out = append(out, byte(float64(int64(v))*over[i]*overRow+0.5))
	}
	return out
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

// addAcross sums one row into a weighted sum a span and channel.
func addAcross(line []uint32, row []byte, step, n int, across []span) {
	if step == 1 {
		for i, a := range across {
			line[i] = addRun(row, a)
		}
		return
	}
	for i, a := range across {
		for c := range n {
			sum := uint32(row[a.first*step+c])*a.head + uint32(row[a.last*step+c])*a.tail
			middle := uint32(0)
			for x := (a.first+1)*step + c; x < a.last*step+c; x += step {
				middle += uint32(row[x])
			}
			line[i*n+c] = sum + middle<<8
		}
	}
}

func addRun(row []byte, a span) uint32 {
	sum := uint32(row[a.first]) * a.head
	if a.last == a.first {
		return sum
	}
	middle := uint32(0)
	for _, v := range row[a.first+1 : a.last] {
		middle += uint32(v)
	}
	return sum + middle<<8 + uint32(row[a.last])*a.tail
}
