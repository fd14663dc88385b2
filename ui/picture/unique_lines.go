package picture

import (
	"strings"
	"unicode/utf8"
)

// Bubble Tea's renderer compares lines by their text and not by their colours: it takes rows of equal text for rows that moved,
// and scrolls the screen to move them. A list that scrolls beside a picture would scroll the picture too, and the renderer would
// then repaint all of it (54 KB a step instead of 0.7 KB).
//
// So every row of a picture carries its number in binary in its first eight columns, in a way that is not seen.

// rowBits is how many columns carry the row's number.
const rowBits = 8

// hasRowBit reports whether the cell in column x of row y carries a 1: then it has the glyph whose top left part has the second
// colour, instead of the first.
func hasRowBit(x, y int) bool { return x < rowBits && (y+1)>>x&1 == 1 }

// allowedGlyphs returns which glyphs without a swapped twin the cell may have. In the first columns these would break the row's
// number: glyphs from below (whose top left has the second colour) are allowed only for a 1, glyphs from the left only for a 0.
func allowedGlyphs(x, y int) glyphRules {
	bit := hasRowBit(x, y)
	return glyphRules{low: x >= rowBits || bit, left: x >= rowBits || !bit}
}

// The fillers are blanks for the cells under an overlay: filler, and fillerBit where a cell carries a 1. The renderer would erase
// spaces to the end of the line, and the picture with them.
const (
	filler    = "\u00a0" // no-break space
	fillerBit = "\u2002" // en space
)

// fillerLines returns the lines under an overlay whose first row is row y of the screen.
func fillerLines(size Cells, y int) []string {
	lines := make([]string, size.H)
	rest := strings.Repeat(filler, max(0, size.W-rowBits))
	for i := range lines {
		var line strings.Builder
		for x := range min(size.W, rowBits) {
			if hasRowBit(x, y+i) {
				line.WriteString(fillerBit)
			} else {
				line.WriteString(filler)
			}
		}
		line.WriteString(rest)
		lines[i] = line.String()
	}
	return lines
}

// LinesAt returns the frame's lines for when its first row is row y of the screen, counted from 0. The lines of an overlay carry
// the number of the screen's row, not of the picture's: then a picture that moved is written again, where the renderer would
// scroll rows that it knows. xterm scrolls text away from under a picture, and the picture stays.
func (f Frame) LinesAt(y int) []string {
	if !f.Overlay || y == 0 || len(f.Lines) == 0 {
		return f.Lines
	}
	return fillerLines(Cells{utf8.RuneCountInString(f.Lines[0]), len(f.Lines)}, y)
}
