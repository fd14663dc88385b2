package picture

import (
	"math"
	"slices"
	"sync/atomic"
)

// nearest finds the nearest colours of a palette of at most 256: once a bin, among the few that can be nearest to any colour in the
// block of 4×4×4 bins around it. It may be used by several goroutines, whose answers are the same.
type nearest struct {
	palette palette
	known   *[bins]atomic.Uint32
	around  *[bins / 64]atomic.Pointer[[]candidate] // by block
}

// found is a colour of a palette and its number: 8 bits each of red, green, blue and the number. 0 is none, and black if that is
// number 0: then it is found again each time.
type found uint32

// newNearest gives number 0 to another colour, if that is black.
func newNearest(p palette) *nearest {
	if len(p) > 1 && p[0] == (rgb{}) {
		p[0], p[1] = p[1], p[0]
	}
	return &nearest{p, new([bins]atomic.Uint32), new([bins / 64]atomic.Pointer[[]candidate])}
}

// to is the colour nearest to the middle of a bin.
func (n *nearest) to(bin int) found {
	v := n.known[bin].Load()
	if v == 0 {
		v = n.search(bin)
	}
	return found(v)
}

func (n *nearest) search(bin int) uint32 {
	r, g, b := int32(bin>>10<<3|4), int32(bin>>5&31<<3|4), int32(bin&31<<3|4)
	at, least := uint8(0), int32(math.MaxInt32)
	for _, try := range n.candidates(rgb{r &^ 31, g &^ 31, b &^ 31}) {
		if try.distance() >= least {
			break // and so are all that follow
		}
		c := &n.palette[try.number()]
		dr, dg, db := c[0]-r, c[1]-g, c[2]-b
		if err := dr*dr + dg*dg + db*db; err < least {
			at, least = try.number(), err
		}
	}
	c := &n.palette[at]
	v := uint32(c[0])<<24 | uint32(c[1])<<16 | uint32(c[2])<<8 | uint32(at)
	n.known[bin].Store(v)
	return v
}

// candidate is a colour that may be nearest: its number, and above 8 bits the square of its distance to the block.
type candidate int32

func (c candidate) number() uint8   { return uint8(c) }
func (c candidate) distance() int32 { return int32(c >> 8) }

// candidates are the colours that can be nearest to one of the block from low to 31 above it, the nearest to it first: those no
// farther from its nearest corner than some colour is from its farthest.
func (n *nearest) candidates(low rgb) []candidate {
	block := &n.around[low[0]>>5<<6|low[1]>>5<<3|low[2]>>5]
	if known := block.Load(); known != nil {
		return *known
	}
	var all [256]candidate
	bound := int32(math.MaxInt32)
	for i, c := range n.palette {
		closest, farthest := int32(0), int32(0)
		for axis, v := range c {
			below, above := low[axis]-v, v-low[axis]-31
			outside, across := max(below, above, 0), max(31+below, 31+above)
			closest += outside * outside
			farthest += across * across
		}
		all[i] = candidate(closest<<8 | int32(i))
		bound = min(bound, farthest)
	}
	var out []candidate
	for _, c := range all[:len(n.palette)] {
		if c.distance() <= bound {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	block.Store(&out)
	return out
}
