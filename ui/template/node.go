package template

import (
	"hash/fnv"
	"math"
	"math/big"
	"math/bits"
)

// Limits of what a template may stand for. They keep the memory linear in the text and its lists.
const (
	maxBits    = 4096      // of the number of combinations
	maxGrowth  = 1_000_000 // bytes that a prompt may be longer than its template
	maxParts   = 2_000_000 // nodes of a template with its lists
	maxTable   = 200_000   // options × how many are taken, if options vary
	maxInStep  = 1_000_000 // combinations of a group in step
	maxOnce    = 100       // variables that are chosen once
	maxLongest = 1 << 29   // bytes; longer texts count as this, which is over every limit, and two of them fit in 32 bits
	maxWritten = 256 << 20 // bytes that are written at once, equal prompts included
	maxListing = 1_000_000 // prompts that are written at once
)

// nodeKind says how a node writes its text.
type nodeKind uint8

const (
	textNode nodeKind = iota
	sequenceNode
	pickNode
	onceNode // a variable that is chosen once
)

// A node is a part of a template in which lists and variables are resolved. Nodes are not changed once they are made, and are shared.
type node struct {
	kind       nodeKind
	start, end int // offsets in bytes of the template as written
	text       string
	name       string
	parts      []*node // of a sequence
	pick       *pick
	once       *onceVariable
	count      *big.Int // combinations, if nothing in it is drawn
	count64    uint64   // the same, at most math.MaxUint64
	longest    int      // bytes of its longest text
	draws      bool     // something in it is drawn
	dependent  bool     // its text depends on variables that are chosen once, or on groups in step
}

// A pick takes some of its options.
type pick struct {
	sampler   byte
	low, high int
	separator string
	texts     []string // the options, if all are text
	options   []*node  // else
	sums      []float64
	path      uint64     // names the group, for draws
	table     [][]uint64 // how many ways there are to take c of the options from i on; nil for texts
}

// A onceVariable is a variable that is chosen once.
type onceVariable struct {
	index int
	value *node
	used  bool
}

var one = big.NewInt(1)

// newText makes the node of a text.
func newText(text string) *node {
	return &node{text: text, count: one, count64: 1, longest: len(text)}
}

// size returns how many options there are.
func (p *pick) size() int {
	if p.texts != nil {
		return len(p.texts)
	}
	return len(p.options)
}

// weight returns the weight of an option.
func (p *pick) weight(i int) float64 {
	if i == 0 {
		return p.sums[0]
	}
	return p.sums[i] - p.sums[i-1]
}

// combinations returns the number of combinations of an option.
func (p *pick) combinations(i int) uint64 {
	if p.texts != nil {
		return 1
	}
	return p.options[i].count64
}

// ways returns how many ways there are to take c of the options from i on, at most math.MaxUint64.
func (p *pick) ways(i, c int) uint64 {
	if p.table != nil {
		return p.table[i][c]
	}
	if c == 1 && p.texts == nil { // the only one that is taken
		sum := uint64(0)
		for _, o := range p.options[i:] {
			sum = addTo(sum, o.count64)
		}
		return sum
	}
	return binomial(p.size()-i, c)
}

// addTo adds, up to math.MaxUint64.
func addTo(a, b uint64) uint64 {
	if a > math.MaxUint64-b {
		return math.MaxUint64
	}
	return a + b
}

// times multiplies, up to math.MaxUint64.
func times(a, b uint64) uint64 {
	if a != 0 && b > math.MaxUint64/a {
		return math.MaxUint64
	}
	return a * b
}

// binomial returns how many ways there are to take k of n, at most math.MaxUint64.
func binomial(n, k int) uint64 {
	if k < 0 || k > n {
		return 0
	}
	k = min(k, n-k)
	ways := uint64(1)
	for j := 1; j <= k; j++ { // ways is binomial(n-k+j, j), which grows with j
		high, low := bits.Mul64(ways, uint64(n-k+j))
		if high >= uint64(j) {
			return math.MaxUint64
		}
		ways, _ = bits.Div64(high, low, uint64(j))
	}
	return ways
}

// factorial returns k!, at most math.MaxUint64.
func factorial(k int) uint64 {
	f := uint64(1)
	for i := 2; i <= k && f < math.MaxUint64; i++ {
		f = times(f, uint64(i))
	}
	return f
}

// clamp returns a number, at most math.MaxUint64.
func clamp(n *big.Int) uint64 {
	if n.IsUint64() {
		return n.Uint64()
	}
	return math.MaxUint64
}

// hashOf names a group by its text.
func hashOf(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text))
	return h.Sum64()
}
