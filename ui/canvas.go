package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// canvas puts blocks of styled lines at their places on one screen. What is put later covers what was put before.
type canvas struct {
	w, h   int
	steady bool // the terminal may add up runes: see steady
	rows   [][]span
}

// span is a run of styled text on a row.
type span struct {
	x, w int
	text string
}

// newCanvas makes an empty screen of w columns and h rows.
func newCanvas(w, h int) *canvas {
	return &canvas{w: w, h: h, rows: make([][]span, h)}
}

// put draws lines into r, each cut or left as it is to r.w columns; lines beyond r.h are left out, and rows of r that
// have no line stay as they were.
func (c *canvas) put(r rect, lines []string) {
	for i, line := range lines {
		if i >= r.h {
			return
		}
		c.putLine(r.x, r.y+i, r.w, line)
	}
}

// putPicture draws a picture's lines, each of which is known to have exactly r.w columns: measuring them anew in each frame
// would take longer than everything else.
func (c *canvas) putPicture(r rect, lines []string) {
	if r.x < 0 || r.right() > c.w || r.w <= 0 {
		c.put(r, lines)
		return
	}
	for i, line := range lines[:min(len(lines), r.h)] {
		if y := r.y + i; y >= 0 && y < c.h {
			c.rows[y] = append(cover(c.rows[y], r.x, r.right()), span{r.x, r.w, line})
		}
	}
}

// fill clears r, so that what lay below does not shine through lines shorter than r.
func (c *canvas) fill(r rect, style func(string) string) {
	blank := style(strings.Repeat(" ", max(r.w, 0)))
	for y := r.y; y < r.y+r.h; y++ {
		c.putLine(r.x, y, r.w, blank)
	}
}

// putLine draws one line at x, y within w columns.
func (c *canvas) putLine(x, y, w int, line string) {
	w = min(w, c.w-x)
	if y < 0 || y >= c.h || x < 0 || w <= 0 || line == "" {
		return
	}
	if c.steady {
		line = steady(line)
	}
	have := ansi.StringWidth(line)
	if have > w {
		line, have = ansi.Truncate(line, w, ""), w
	}
	c.rows[y] = append(cover(c.rows[y], x, x+have), span{x, have, line})
}

// cover cuts the columns from..to out of a row's spans.
func cover(row []span, from, to int) []span {
	kept := row[:0:0]
	for _, s := range row {
		if s.x+s.w <= from || s.x >= to {
			kept = append(kept, s)
			continue
		}
		if s.x < from {
			kept = append(kept, span{s.x, from - s.x, ansi.Truncate(s.text, from-s.x, "")})
		}
		if end := s.x + s.w; end > to {
			kept = append(kept, span{to, end - to, ansi.TruncateLeft(s.text, to-s.x, "")})
		}
	}
	return kept
}

// String is the screen as one string of styled lines.
func (c *canvas) String() string {
	var b strings.Builder
	b.Grow(c.bytes())
	for y, row := range c.rows {
		if y > 0 {
			b.WriteByte('\n')
		}
		writeRow(&b, row)
	}
	return b.String()
}

// bytes is at least how long String is: a picture in cells is 50 KB and more, which growing would copy over and over.
func (c *canvas) bytes() int {
	n := (c.w + 1) * c.h
	for _, row := range c.rows {
		for _, s := range row {
			n += len(s.text)
		}
	}
	return n
}

// writeRow writes a row's spans from left to right, with blanks between.
func writeRow(b *strings.Builder, row []span) {
	x := 0
	for len(row) > 0 {
		next := 0
		for i := range row {
			if row[i].x < row[next].x {
				next = i
			}
		}
		s := row[next]
		if s.x > x {
			b.WriteString(strings.Repeat(" ", s.x-x))
		}
		b.WriteString(s.text)
		x = s.x + s.w
		row = append(row[:next:next], row[next+1:]...)
	}
}
