package picture

import (
	"math"
	"slices"
	"sync/atomic"
)

// nearestTable finds the nearest colours of a palette of at most 256: once a bin, among the few that can be nearest to any colour in the
// block of 4×4×4 bins around it. It may be used by several goroutines, whose answers are the same.
type nearestTable struct {
	palette palette
	cached  *[bins]atomic.Uint32
	blocks  *[bins / 64]atomic.Pointer[[]candidate] // by block
}

// packedColour is a colour of a palette and its number: 8 bits each of red, green, blue and the number. 0 is none, and black if that is
// number 0: then it is found again each time.
type packedColour uint32

// newNearestTable gives number 0 to another colour, if that is black.
func newNearestTable(p palette) *nearestTable {
	if len(p) > 1 && p[0] == (rgb{}) {
		p[0], p[1] = p[1], p[0]
	}
	return &nearestTable{p, new([bins]atomic.Uint32), new([bins / 64]atomic.Pointer[[]candidate])}
}

// lookUp is the colour nearest to the middle of a bin.
func (n *nearestTable) lookUp(bin int) packedColour {
	v := n.cached[bin].Load()
	if v == 0 {
		v = n.search(bin)
	}
	return packedColour(v)
}

func (n *nearestTable) search(bin int) uint32 {
	r, g, b := int32(bin>>10<<3|4), int32(bin>>5&31<<3|4), int32(bin&31<<3|4)
	at, least := uint8(0), int32(math.MaxInt32)
	for _, try := range n.blockCandidates(rgb{r &^ 31, g &^ 31, b &^ 31}) {
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
	n.cached[bin].Store(v)
	return v
}

// blockCandidates gives the candidates for a block.
func (n *nearestTable) blockCandidates(low rgb) []candidate {
	block := &n.blocks[low[0]>>5<<6|low[1]>>5<<3|low[2]>>5]
	if known := block.Load(); known != nil {
		return *known
	}
	out := n.palette.candidates(n.palette.allCandidates(), rgb{low[0] - 1, low[1] - 1, low[2] - 1}, 33)
	block.Store(&out)
	return out
}

// candidate is a colour that may be nearest: its number, and above 8 bits the square of its distance.
type candidate int32

func (c candidate) number() uint8   { return uint8(c) }
func (c candidate) distance() int32 { return int32(c >> 8) }

// allCandidates are the colours of a palette of at most 256, all of them candidates.
func (p palette) allCandidates() []candidate {
	out := make([]candidate, len(p))
	for i := range out {
		out[i] = candidate(i)
	}
	return out
}

// candidates are those that can be nearest to a colour from low to side above it, the nearest to all of these first: they are no
// farther from the nearest corner than some colour is from its farthest.
func (p palette) candidates(among []candidate, low rgb, side int32) []candidate {
	var measured [256]candidate
	bound := int32(math.MaxInt32)
	for i, c := range among {
		closest, farthest := int32(0), int32(0)
		for axis, v := range p[c.number()] {
			below, above := low[axis]-v, v-low[axis]-side
			outside, across := max(below, above, 0), max(side+below, side+above)
			closest += outside * outside
			farthest += across * across
		}
		measured[i] = c&255 | candidate(closest)<<8
		bound = min(bound, farthest)
	}
	out := make([]candidate, 0, 16)
	for _, c := range measured[:len(among)] {
		if c.distance() <= bound {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}
