package textedit

// wrappedLine is one line as drawn: the characters from..to of the text, without its line break. width is at most the
// width of the view; blanks beyond the right edge are not drawn.
type wrappedLine struct {
	from, to, width int
	soft            bool // continues in the next line without a line break
}

// wrapText breaks text into lines of at most w columns: after blanks, before and after a wide character (Chinese has no
// blanks), and within a word only if it is longer than a line. There is at least one line, and one more if the last line
// has no room for the cursor after its last character.
func wrapText(cells []character, w int) []wrappedLine {
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

// wrapCache has the lines that were computed last, so that a long text is wrapped once for each change.
type wrapCache struct {
	chars []character
	w     int
	lines []wrappedLine
}

// wrap breaks the text at a width. The caller must not change the lines. A buffer's characters are never changed in place,
// so the same slice is the same text.
func (p *Area) wrap(w int) []wrappedLine {
	cells, last := p.text.chars, &p.wrapped
	same := len(last.lines) > 0 && last.w == w && len(cells) == len(last.chars) && (len(cells) == 0 || &cells[0] == &last.chars[0])
	if !same {
		*last = wrapCache{chars: cells, w: w, lines: wrapText(cells, w)}
	}
	return last.lines
}

// wrapLine breaks the characters between two line breaks.
func wrapLine(cells []character, from, to, w int) []wrappedLine {
	var lines []wrappedLine
	line := wrappedLine{from: from, to: from}
	next := func(at int) {
		line.soft = true
		lines = append(lines, line)
		line = wrappedLine{from: at, to: at}
	}
	for i := from; i < to; {
		end, width := unbreakable(cells, i, to)
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

// unbreakable returns the end and the width of the characters from i on that stay together: a blank, a wide character, or
// a run of narrow ones.
func unbreakable(cells []character, i, to int) (end, width int) {
	alone := func(c character) bool { return c.isSpace() || c.width > 1 }
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

// positionOf returns the column and the line of the character at; a position between two lines is the start of the second.
func positionOf(cells []character, lines []wrappedLine, at, w int) (x, y int) {
	for i, l := range lines {
		if at < l.to || (at == l.to && !l.soft) || i == len(lines)-1 {
			return min(widthOf(cells[l.from:max(at, l.from)]), max(w-1, 0)), i
		}
	}
	return 0, 0
}

// indexAt returns the character nearest to column x of a line.
func indexAt(cells []character, l wrappedLine, x int) int {
	at, sum := l.from, 0
	for at < l.to && sum+cells[at].width <= x {
		sum += cells[at].width
		at++
	}
	if l.soft && at == l.to && at > l.from {
		at-- // after the last one is the start of the next line
	}
	return at
}

func widthOf(cells []character) int {
	sum := 0
	for _, c := range cells {
		sum += c.width
	}
	return sum
}
