package cell

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Canvas puts blocks of styled lines at their places on one screen. What is put later covers what was put before.
type Canvas struct {
	w, h   int
	Steady bool // the terminal may add up runes: see steady
	rows   [][]span
}

// span is a run of styled text on a row.
type span struct {
	x, w int
	text string
}

// NewCanvas makes an empty screen of w columns and h rows.
func NewCanvas(w, h int) *Canvas {
	return &Canvas{w: w, h: h, rows: make([][]span, h)}
}

// Put draws lines into r, each cut or left as it is to r.w columns; lines beyond r.h are left out, and rows of r that
// have no line stay as they were.
func (c *Canvas) Put(r Rect, lines []string) {
	for i, line := range lines {
		if i >= r.H {
			return
		}
		c.PutLine(r.X, r.Y+i, r.W, line)
	}
}

// PutPicture draws a picture's lines, each of which is known to have exactly r.w columns: measuring them anew in each frame
// would take longer than everything else.
func (c *Canvas) PutPicture(r Rect, lines []string) {
	if r.X < 0 || r.Right() > c.w || r.W <= 0 {
		c.Put(r, lines)
		return
	}
	for i, line := range lines[:min(len(lines), r.H)] {
		if y := r.Y + i; y >= 0 && y < c.h {
			c.rows[y] = append(cover(c.rows[y], r.X, r.Right()), span{r.X, r.W, line})
		}
	}
}

// Fill clears r, so that what lay below does not shine through lines shorter than r.
func (c *Canvas) Fill(r Rect, style func(string) string) {
	blank := style(strings.Repeat(" ", max(r.W, 0)))
	for y := r.Y; y < r.Y+r.H; y++ {
		c.PutLine(r.X, y, r.W, blank)
	}
}

// PutLine draws one line at x, y within w columns.
func (c *Canvas) PutLine(x, y, w int, line string) {
	w = min(w, c.w-x)
	if y < 0 || y >= c.h || x < 0 || w <= 0 || line == "" {
		return
	}
	if c.Steady {
		line = steady(line)
	}
	have := ansi.StringWidth(line)
	if have > w {
		line, have = ansi.Truncate(line, w, ""), w
	}
	c.rows[y] = append(cover(c.rows[y], x, x+have), span{x, have, line})
}

// PutRight draws text flush right in the first row of r, where it leaves the first taken columns free.
func (c *Canvas) PutRight(r Rect, taken int, s string) {
	if w := Width(s); w > 0 && w <= r.W-taken {
		c.PutLine(r.Right()-w, r.Y, w, s)
	}
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
func (c *Canvas) String() string {
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
func (c *Canvas) bytes() int {
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
