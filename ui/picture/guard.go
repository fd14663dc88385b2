package picture

// guarded says how the cell at column x of row y must be written, so that no two rows of a picture have the same text:
// in the first eight columns the bits of the row's number decide whether the part at the top left has the first colour or
// the second. Both look the same.
//
// Bubble Tea's renderer compares lines by their text and not their colours: rows of equal text are "the same row, moved",
// and a list that scrolls beside a picture would scroll the picture, to be repainted whole (54 KB a step; 0.7 KB so).
func guarded(x, y int) (turn bool) { return x < guardWidth && (y+1)>>x&1 == 1 }

const guardWidth = 8

// permitted are the glyphs that a cell may have beside those that can be turned: in the guard's columns, low ones (whose top
// left has the second colour) only where the bit is set, left ones only where it is not.
func permitted(x, y int) allowed {
	turn := guarded(x, y)
	return allowed{low: x >= guardWidth || turn, left: x >= guardWidth || !turn}
}

// guardLines are blank lines of the same kind, for a picture that is drawn over the text: no-break spaces, and en spaces where
// a bit is set. Plain blanks would be erased to the end of the line, and the picture with them.
func guardLines(size Cells) []string {
	lines := make([]string, size.H)
	for y := range lines {
		line := make([]rune, size.W)
		for x := range line {
			line[x] = '\u00a0'
			if guarded(x, y) {
				line[x] = '\u2002'
			}
		}
		lines[y] = string(line)
	}
	return lines
}
