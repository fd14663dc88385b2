package vp8enc

// Kinds of blocks, by which probabilities are chosen (RFC 6386, 13.3).
const (
	lumaWithoutMean = iota
	means
	chroma
)

// bands are the bands of coefficients, in zigzag order (RFC 6386, 13.3).
var bands = [17]int{0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0}

// category is a range of levels with the same token; the bits after it say which (RFC 6386, 13.2).
type category struct {
	first int32
	bits  []byte // their probabilities
}

var categories = []category{
	{5, []byte{159}},
	{7, []byte{165, 145}},
	{11, []byte{173, 148, 140}},
	{19, []byte{176, 155, 140, 135}},
	{35, []byte{180, 157, 141, 134, 130}},
	{67, []byte{254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}},
}

// putBlock writes the levels of a block from the first one on. context is how many of its neighbours above and to the left have any.
func (w *boolWriter) putBlock(kind int, levels *block, first, context int) {
	last := 15
	for last >= first && levels[last] == 0 {
		last--
	}
	p := &defaultProbabilities[kind][bands[first]][context]
	if last < first {
		w.put(false, p[0])
		return
	}
	mayEnd := true
	for i := first; i <= last; i++ {
		if mayEnd {
			w.put(true, p[0])
		}
		level := max(levels[i], -levels[i])
		w.putLevel(level, p)
		mayEnd = level != 0
		if mayEnd {
			w.put(levels[i] < 0, even)
		}
		p = &defaultProbabilities[kind][bands[i+1]][min(level, 2)]
	}
	if last < 15 {
		w.put(false, p[0])
	}
}

// putLevel writes a level without its sign: its way down the tree of tokens (RFC 6386, 13.2).
func (w *boolWriter) putLevel(level int32, p *[11]byte) {
	w.put(level > 0, p[1])
	if level == 0 {
		return
	}
	w.put(level > 1, p[2])
	if level == 1 {
		return
	}
	w.put(level > 4, p[3])
	if level <= 4 {
		w.put(level > 2, p[4])
		if level > 2 {
			w.put(level > 3, p[5])
		}
		return
	}
	n := len(categories) - 1
	for level < categories[n].first {
		n--
	}
	w.put(n >= 2, p[6])
	if n < 2 {
		w.put(n == 1, p[7])
	} else {
		w.put(n >= 4, p[8])
		w.put(n&1 != 0, p[9+n/4])
	}
	rest, count := level-categories[n].first, len(categories[n].bits)
	for i, probability := range categories[n].bits {
		w.put(rest>>(count-1-i)&1 != 0, probability)
	}
}
