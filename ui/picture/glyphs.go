package picture

import "math/bits"

// glyphSet is a set of block glyphs that cut a cell into cols×rows parts. Part i, counted in reading order, is bit i of a mask. A
// mask has a glyph if its rune is not 0.
type glyphSet struct {
	cols, rows int
	runes      []rune // by mask; 0 where fonts cannot be trusted with the glyph
}

func (g glyphSet) parts() int { return g.cols * g.rows }

// complement returns the mask of all other parts.
func (g glyphSet) complement(mask int) int { return (1<<g.parts() - 1) &^ mask }

// masks returns those with part 0 that have a glyph, as has their complement.
func (g glyphSet) masks() (out []mask) {
	for m := 1; m < 1<<g.parts()-1; m += 2 {
		if g.runes[m] != 0 && g.runes[g.complement(m)] != 0 {
			n := float32(samplesPerCell*bits.OnesCount(uint(m))) / float32(g.parts())
			out = append(out, mask{m, n, samplesPerCell / (n * (samplesPerCell - n))})
		}
	}
	return out
}

// finestGlyphs returns the finest set that the terminal is known to draw well.
func (c Capabilities) finestGlyphs() glyphSet {
	switch {
	case c.Octants:
		return octantGlyphs()
	case c.Sextants:
		return sextantGlyphs()
	}
	return quadrants
}

var quadrants = glyphSet{2, 2, []rune(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")}

// sextantGlyphs returns the glyphs of 2×3 parts: from U+1FB00 on (Unicode 13), in the order of their masks. Halves and the full
// block have older code points.
func sextantGlyphs() glyphSet {
	g := glyphSet{2, 3, make([]rune, 64)}
	numberRunes(g.runes, 0x1fb00, map[int]rune{0: ' ', 0b010101: '▌', 0b101010: '▐', 0b111111: '█'})
	return g
}

// octantGlyphs returns the glyphs of 2×4 parts: from U+1CD00 on (Unicode 16), in the order of their masks. Some have older code
// points, and six are left out because kitty 0.41 draws them as boxes.
func octantGlyphs() glyphSet {
	g := glyphSet{2, 4, make([]rune, 256)}
	elsewhere := map[int]rune{0b11: '🮂', 0b111111: '🮅', 0b11000000: '▂', 0b11111100: '▆'}
	for quad, r := range quadrants.runes {
		elsewhere[octantMask(quad)] = r
	}
	for _, boxed := range []int{1, 2, 64, 128, 20, 40} {
		elsewhere[boxed] = 0
	}
	numberRunes(g.runes, 0x1cd00, elsewhere)
	return g
}

// numberRunes fills in code points from first on, in the order of the masks, and skips those that are elsewhere.
func numberRunes(runes []rune, first rune, elsewhere map[int]rune) {
	next := first
	for mask := range runes {
		if r, ok := elsewhere[mask]; ok {
			runes[mask] = r
			continue
		}
		runes[mask] = next
		next++
	}
}

// octantMask returns a quadrant's mask in octants, where each part is two parts high.
func octantMask(quad int) int {
	top, bottom := quad&3, quad>>2
	return top | top<<2 | bottom<<4 | bottom<<6
}
