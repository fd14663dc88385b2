package picture

import (
	"math"
	"slices"
	"sync/atomic"
)

// nearestTable finds the nearest colours of a palette of at most 256. It searches once for each bin of colours, and only among the
// few that can be nearest to some colour in the block of 4×4×4 bins around it. It is safe for concurrent use, and its answers do
// not depend on the order of the questions.
type nearestTable struct {
	palette palette
	cached  *[bins]atomic.Uint32
	blocks  *[bins / 64]atomic.Pointer[[]candidate]
}

// packedColour is a colour of a palette and its number: 8 bits each of red, green, blue and number. In the cache 0 means that the
// bin was not searched; a black colour with number 0 would be searched each time.
type packedColour uint32

// newNearestTable exchanges the first two colours of p where the first is black, because of the meaning of 0 in the cache.
func newNearestTable(p palette) *nearestTable {
	if len(p) > 1 && p[0] == (rgb{}) {
		p[0], p[1] = p[1], p[0]
	}
	return &nearestTable{p, new([bins]atomic.Uint32), new([bins / 64]atomic.Pointer[[]candidate])}
}

// lookUp returns the colour nearest to the middle of a bin.
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
			break // the others are sorted behind it
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

// blockCandidates returns the colours that can be nearest in the block whose lowest corner is low.
func (n *nearestTable) blockCandidates(low rgb) []candidate {
	block := &n.blocks[low[0]>>5<<6|low[1]>>5<<3|low[2]>>5]
	if known := block.Load(); known != nil {
		return *known
	}
	out := n.palette.candidates(n.palette.allCandidates(), rgb{low[0] - 1, low[1] - 1, low[2] - 1}, 33)
	block.Store(&out)
	return out
}

// candidate is a colour that may be nearest: its number in the low 8 bits, and the square of its distance above them.
type candidate int32

func (c candidate) number() uint8   { return uint8(c) }
func (c candidate) distance() int32 { return int32(c >> 8) }

// allCandidates returns all colours of the palette.
func (p palette) allCandidates() []candidate {
	out := make([]candidate, len(p))
	for i := range out {
		out[i] = candidate(i)
	}
	return out
}

// candidates returns which of the colours in among can be nearest to a colour in the cube from low to low+side, sorted by their
// distance to the cube. A colour cannot be one of them if its distance to the cube is larger than another's distance to the cube's
// farthest corner.
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
