package vp8enc

import "math/bits"

// boolWriter is VP8's arithmetic encoder (RFC 6386, 7).
type boolWriter struct {
	out     []byte
	low     uint64 // the bottom of the interval: eight bits at its width, and pending bits above them
	width   uint32 // of the interval, from 128 to 255
	pending int
}

func newBoolWriter() boolWriter { return boolWriter{width: 255} }

// even is the probability of a bit that is 0 as often as 1.
const even = 128

// put writes a bit that is 0 with a probability of zero in 256.
func (w *boolWriter) put(bit bool, zero byte) {
	split := 1 + (w.width-1)*uint32(zero)>>8
	if bit {
		w.low += uint64(split)
		w.width -= split
	} else {
		w.width = split
	}
	shift := bits.LeadingZeros8(uint8(w.width))
	w.width <<= shift
	w.low <<= shift
	if w.pending += shift; w.pending >= 8 {
		w.writeByte()
	}
}

// writeByte writes the highest eight bits. A bit above them is carried into the bytes before.
func (w *boolWriter) writeByte() {
	top := w.low >> w.pending
	if top > 0xff {
		i := len(w.out) - 1
		for w.out[i] == 0xff {
			w.out[i] = 0
			i--
		}
		w.out[i]++
	}
	w.out = append(w.out, byte(top))
	w.low &= 1<<w.pending - 1
	w.pending -= 8
}

// putBits writes the lowest n bits of v, each with the probability even.
func (w *boolWriter) putBits(v, n int) {
	for n--; n >= 0; n-- {
		w.put(v>>n&1 != 0, even)
	}
}

// finish returns everything that was written.
func (w *boolWriter) finish() []byte {
	w.putBits(0, 32)
	return w.out
}
