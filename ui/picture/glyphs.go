package picture

// glyphSet is a set of block glyphs that cut a cell into cols×rows parts. Part i, counted in reading order, is bit i of a
// mask; a glyph exists for a mask if runes has one.
type glyphSet struct {
	cols, rows int
	runes      []rune // by mask; 0 where a font cannot be trusted with it
}

func (g glyphSet) parts() int { return g.cols * g.rows }

// finestGlyphs is the finest set that the terminal is known to draw well.
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

// sextantGlyphs are 2×3 parts: U+1FB00 and on (Unicode 13), in the order of their masks; halves and the full block are older.
func sextantGlyphs() glyphSet {
	g := glyphSet{2, 3, make([]rune, 64)}
	older := map[int]rune{0: ' ', 0b010101: '▌', 0b101010: '▐', 0b111111: '█'}
	numberRunes(g.runes, 0x1fb00, older)
	return g
}

// octantGlyphs are 2×4 parts: U+1CD00 and on (Unicode 16), in the order of their masks, except those that existed before, and
// six that kitty 0.41 was seen to draw as boxes.
func octantGlyphs() glyphSet {
	g := glyphSet{2, 4, make([]rune, 256)}
	older := map[int]rune{0b11: '🮂', 0b111111: '🮅', 0b11000000: '▂', 0b11111100: '▆'}
	for quad, r := range quadrants.runes {
		older[octantMask(quad)] = r
	}
	for _, boxed := range []int{1, 2, 64, 128, 20, 40} {
		older[boxed] = 0
	}
	numberRunes(g.runes, 0x1cd00, older)
	return g
}

// numberRunes fills in runes from first on, in the order of the masks, around those that stand elsewhere.
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

// octantMask is a quadrant's mask in octants: each part is two parts high.
func octantMask(quad int) int {
	top, bottom := quad&3, quad>>2
	return top | top<<2 | bottom<<4 | bottom<<6
}
