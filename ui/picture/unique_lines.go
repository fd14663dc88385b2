package picture

import (
	"strings"
	"unicode/utf8"
)

// hasRowBit says how the cell at column x of row y must be written, so that no two rows of a picture have the same text:
// in the first eight columns the bits of the row's number decide whether the part at the top left has the first colour or
// the second. Both look the same.
//
// Bubble Tea's renderer compares lines by their text and not their colours: rows of equal text are "the same row, moved",
// and a list that scrolls beside a picture would scroll the picture, to be repainted whole (54 KB a step; 0.7 KB so).
func hasRowBit(x, y int) (turn bool) { return x < rowBits && (y+1)>>x&1 == 1 }

const rowBits = 8

// allowedGlyphs are the glyphs that a cell may have beside those that can be turned: in the guard's columns, low ones (whose top
// left has the second colour) only where the bit is set, left ones only where it is not.
func allowedGlyphs(x, y int) glyphRules {
	turn := hasRowBit(x, y)
	return glyphRules{low: x >= rowBits || turn, left: x >= rowBits || !turn}
}

// fillerLines are blank lines of the same kind, for a picture that is drawn over the text from row y on: no-break spaces, and en
// spaces where a bit is set. Plain blanks would be erased to the end of the line, and the picture with them.
func fillerLines(size Cells, y int) []string {
	lines := make([]string, size.H)
	rest := strings.Repeat("\u00a0", max(0, size.W-rowBits))
	for i := range lines {
		var line strings.Builder
		for x := range min(size.W, rowBits) {
			if hasRowBit(x, y+i) {
				line.WriteRune('\u2002')
			} else {
				line.WriteRune('\u00a0')
			}
		}
		line.WriteString(rest)
		lines[i] = line.String()
	}
	return lines
}

// LinesAt are the frame's lines when they stand from row y of the screen on, counted from 0. The rows of an overlay are the
// screen's, not the picture's: one that moved, or another one higher up, is written anew, where the renderer would scroll rows
// that it knows. xterm scrolls text away from under a picture, which stays.
func (f Frame) LinesAt(y int) []string {
	if !f.Overlay || y == 0 || len(f.Lines) == 0 {
		return f.Lines
	}
	return fillerLines(Cells{utf8.RuneCountInString(f.Lines[0]), len(f.Lines)}, y)
}
