package raster

import "encoding/binary"

// span is the source samples that one target sample covers, as positions in 256ths of a sample.
type span struct{ from, to int }

// sampleSpan is the length of one sample in a span.
const sampleSpan = 256

// span returns what target sample i of count covers of n source samples. It is at least one sample long. Where it covers parts of two
// samples, their weighted mean interpolates between them; where samples are repeated, it then is the sample at its centre.
func (g grid) span(n, count, i int, repeats bool) span {
	scale := count * g.step
	offset := g.first * sampleSpan / g.step
	s := span{i*g.pixels*sampleSpan/scale + offset, (i+1)*g.pixels*sampleSpan/scale + offset}
	if g.pixels >= scale {
		return span{s.from, min(s.to, n*sampleSpan)}
	}
	centre := (2*i+1)*g.pixels*(sampleSpan/2)/scale + offset
	from := centre - sampleSpan/2
	if repeats {
		from = centre / sampleSpan * sampleSpan
	}
	from = min(max(from, 0), (n-1)*sampleSpan)
	return span{from, from + sampleSpan}
}

// weightedSample is a sample that a span covers in part, in 256ths.
type weightedSample struct{ at, weight int }

// samples returns the samples that a span of the length of one covers.
func (s span) samples() [2]weightedSample {
	at, part := s.from/sampleSpan, s.from%sampleSpan
	next := at + 1
	if part == 0 {
		next = at
	}
	return [2]weightedSample{{at, sampleSpan - part}, {next, part}}
}

// run is a span of a row, and the factor that makes a mean of its sum: 2⁴⁸ divided by the weight, which is 256 times its length.
type run struct {
	span
	reciprocal uint64
}

func newRun(s span) run { return run{s, 1 << 40 / uint64(s.to-s.from)} }

// runs returns the run of each of count target samples in a row of s.
func (s sampleSource) runs(count int) []run {
	out := make([]run, count)
	for i := range out {
		out[i] = newRun(s.across.span(s.w, count, i, s.repeats))
	}
	return out
}

// shrinker makes lines of target samples out of rows of a source: first it sums the rows that a line covers, with weights of 256
// in total, and then runs of that sum. Rows are summed in lanes: a word of 64 bits holds four samples of 16 bits, those at even
// positions of the row in one word and those at odd positions in the next.
type shrinker struct {
	from       sampleSource
	row        func(y int) []byte
	across     []run
	lanes      [][2]uint64
	prefix     []uint32 // for one channel: the sum of all samples before each
	pairPrefix []uint64 // for four channels: the same, two sums a word
}

func newShrinker(from sampleSource, across []run) *shrinker {
	words := (from.w*from.channels + 7) / 8
	s := &shrinker{from: from, row: from.open(), across: across, lanes: make([][2]uint64, words)}
	if from.channels == 1 {
		s.prefix = make([]uint32, 8*words+2)
	} else {
		s.pairPrefix = make([]uint64, 4*words+4)
	}
	return s
}

// readRows sums the rows that a line covers.
func (s *shrinker) readRows(down span) {
	clear(s.lanes)
	length, assigned := down.to-down.from, 0
	for y := down.from >> 8; y<<8 < down.to; y++ {
		upTo := ((min((y+1)<<8, down.to)-down.from)*256 + length/2) / length
		if upTo > assigned {
			addRow(s.lanes, s.row(y), uint64(upTo-assigned))
		}
		assigned = upTo
	}
	if s.from.channels == 1 {
		s.sumChannel()
	} else {
		s.sumPixels()
	}
}

// evenBytes masks the bytes of a word at even positions.
const evenBytes = 0x00ff00ff00ff00ff

func addRow(lanes [][2]uint64, row []byte, weight uint64) {
	full := lanes[:len(row)/8]
	for i := range full {
		v := binary.LittleEndian.Uint64(row[8*i : 8*i+8])
		full[i][0] += v & evenBytes * weight
		full[i][1] += v >> 8 & evenBytes * weight
	}
	if len(full) < len(lanes) {
		var last [8]byte
		copy(last[:], row[8*len(full):])
		addRow(lanes[len(full):], last[:], weight)
	}
}

// sumChannel fills prefix from the lanes of one channel.
func (s *shrinker) sumChannel() {
	sum := uint32(0)
	for i, l := range s.lanes {
		even, odd, prefix := l[0], l[1], s.prefix[8*i:8*i+8:8*i+8]
		for j := 0; j < 8; j += 2 {
			prefix[j] = sum
			sum += uint32(even & 0xffff)
			prefix[j+1] = sum
			sum += uint32(odd & 0xffff)
			even, odd = even>>16, odd>>16
		}
	}
	s.prefix[8*len(s.lanes)] = sum
}

// sumPixels fills pairPrefix from the lanes of four channels: red and blue share a word, as do green and alpha.
func (s *shrinker) sumPixels() {
	redBlue, greenAlpha := uint64(0), uint64(0)
	for i, l := range s.lanes {
		even, odd, pairs := l[0], l[1], s.pairPrefix[4*i:4*i+4:4*i+4]
		pairs[0], pairs[1] = redBlue, greenAlpha
		redBlue += even&0xffff | even&0xffff0000<<16
		greenAlpha += odd&0xffff | odd&0xffff0000<<16
		even, odd = even>>32, odd>>32
		pairs[2], pairs[3] = redBlue, greenAlpha
		redBlue += even&0xffff | even&0xffff0000<<16
		greenAlpha += odd&0xffff | odd&0xffff0000<<16
	}
	s.pairPrefix[4*len(s.lanes)], s.pairPrefix[4*len(s.lanes)+1] = redBlue, greenAlpha
}

// roundingHalf is half of what the means are divided by, 2⁴⁸.
const roundingHalf = 1 << 47

// writeLine writes the means of the runs, one line for each channel.
func (s *shrinker) writeLine(line [][]byte) {
	if s.from.channels == 4 {
		s.writePixels(line[0], line[1], line[2], line[3])
		return
	}
	out, at, before := line[0][:len(s.across)], 0, uint64(0)
	for i, a := range s.across {
		if a.from != at {
			before = s.sumBefore(a.from)
		}
		upTo := s.sumBefore(a.to)
		out[i] = byte(((upTo-before)*a.reciprocal + roundingHalf) >> 48)
		at, before = a.to, upTo
	}
}

// sumBefore returns the sum of one channel's samples before a position, in 256ths of a sample.
func (s *shrinker) sumBefore(position int) uint64 {
	a := s.prefix[position>>8:][:2]
	return uint64(a[0])<<8 + uint64(position&255)*uint64(a[1]-a[0])
}

func (s *shrinker) writePixels(red, green, blue, alpha []byte) {
	for i, a := range s.across {
		p, q := s.pairPrefix[a.from>>8*2:][:4], s.pairPrefix[a.to>>8*2:][:4]
		head, tail := uint64(a.from&255), uint64(a.to&255)
		red[i], blue[i] = pairMeans(q[0]-p[0], tail*(q[2]-q[0]), head*(p[2]-p[0]), a.reciprocal)
		green[i], alpha[i] = pairMeans(q[1]-p[1], tail*(q[3]-q[1]), head*(p[3]-p[1]), a.reciprocal)
	}
}

// pairMeans returns the means of the two sums in a word: those of entire samples, plus the part at the end (tail), minus the part
// at the beginning (head).
func pairMeans(sums, tail, head, reciprocal uint64) (low, high byte) {
	const lower = 1<<32 - 1
	sum := (sums&lower)<<8 + tail&lower - head&lower
	low = byte((sum*reciprocal + roundingHalf) >> 48)
	sum = sums>>32<<8 + tail>>32 - head>>32
	return low, byte((sum*reciprocal + roundingHalf) >> 48)
}
