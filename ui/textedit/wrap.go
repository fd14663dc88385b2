package textedit

// wrappedLine is one line as drawn: the characters from..to of the text, without its line break. width is what is drawn
// of it; blanks that hang over the right edge are not.
type wrappedLine struct {
	from, to, width int
	soft            bool // goes on in the next line without a line break
}

// wrapCells breaks text into lines of at most w columns: after blanks, before and after a wide character (Chinese has
// no blanks), else, in a word longer than a line, where it must. There is always one line, and one more where the
// cursor behind the last character finds no room.
func wrapCells(cells []textCell, w int) []wrappedLine {
	w = max(w, 1)
	var lines []wrappedLine
	from := 0
	for i := 0; i <= len(cells); i++ {
		if i == len(cells) || cells[i].isBreak() {
			lines = append(lines, wrapLine(cells, from, i, w)...)
			from = i + 1
		}
	}
	if last := &lines[len(lines)-1]; last.width >= w {
		last.soft = true
		lines = append(lines, wrappedLine{from: len(cells), to: len(cells)})
	}
	return lines
}

// wrapping is what was broken last: a long text is broken once for each change, not for each look at it.
type wrapping struct {
	cells []textCell
	w     int
	lines []wrappedLine
}

// wrap breaks the text at a width. The lines are not to be changed. A text's cells are never changed in place, so the same ones
// are the same text.
func (p *Area) wrap(w int) []wrappedLine {
	cells, last := p.text.cells, &p.wrapped
	same := len(last.lines) > 0 && last.w == w && len(cells) == len(last.cells) && (len(cells) == 0 || &cells[0] == &last.cells[0])
	if !same {
		*last = wrapping{cells: cells, w: w, lines: wrapCells(cells, w)}
	}
	return last.lines
}

// wrapLine breaks one line (as broken by hand).
func wrapLine(cells []textCell, from, to, w int) []wrappedLine {
	var lines []wrappedLine
	line := wrappedLine{from: from, to: from}
	next := func(at int) {
		line.soft = true
		lines = append(lines, line)
		line = wrappedLine{from: at, to: at}
	}
	for i := from; i < to; {
		end, width := wordAt(cells, i, to)
		if line.width+width > w && line.to > line.from && !cells[i].isSpace() {
			next(i)
		}
		for ; i < end; i++ {
			if cells[i].isSpace() {
				line.width = min(line.width+cells[i].width, w)
			} else {
				if line.width+cells[i].width > w && line.to > line.from {
					next(i)
				}
				line.width += cells[i].width
			}
			line.to = i + 1
		}
	}
	return append(lines, line)
}

// wordAt is the end and the width of what may not be parted at i: a blank, a wide character, or a run of narrow ones.
func wordAt(cells []textCell, i, to int) (end, width int) {
	alone := func(c textCell) bool { return c.isSpace() || c.width > 1 }
	end, width = i+1, cells[i].width
	if alone(cells[i]) {
		return end, width
	}
	for end < to && !alone(cells[end]) {
		width += cells[end].width
		end++
	}
	return end, width
}

// placeOf is the line and the column of the character at; a place between two lines is the start of the second.
func placeOf(cells []textCell, lines []wrappedLine, at, w int) (x, y int) {
	for i, l := range lines {
		if at < l.to || (at == l.to && !l.soft) || i == len(lines)-1 {
			return min(cellsWidth(cells[l.from:max(at, l.from)]), max(w-1, 0)), i
		}
	}
	return 0, 0
}

// indexAt is the character nearest to column x of a line.
func indexAt(cells []textCell, l wrappedLine, x int) int {
	at, sum := l.from, 0
	for at < l.to && sum+cells[at].width <= x {
		sum += cells[at].width
		at++
	}
	if l.soft && at == l.to && at > l.from {
		at-- // behind the last one is the next line's start
	}
	return at
}

func cellsWidth(cells []textCell) int {
	sum := 0
	for _, c := range cells {
		sum += c.width
	}
	return sum
}
