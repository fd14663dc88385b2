package cell

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Canvas draws styled lines at places on one screen. Later lines cover earlier ones.
type Canvas struct {
	w, h         int
	AgreedWidths bool // for terminals that may count each code point: see agreeLine
	rows         [][]span
}

// span is a run of styled text on a row.
type span struct {
	x, w int
	text string
}

// NewCanvas returns an empty screen of w columns and h rows.
func NewCanvas(w, h int) *Canvas {
	return &Canvas{w: w, h: h, rows: make([][]span, h)}
}

// Put draws lines into r, cut to its width. Lines beyond its height are left out, and rows of r without a line stay as they
// are.
func (c *Canvas) Put(r Rect, lines []string) {
	for i, line := range lines {
		if i >= r.H {
			return
		}
		c.PutLine(r.X, r.Y+i, r.W, line)
	}
}

// PutPicture draws a picture's lines, which must have exactly the width of r: measuring them in each frame would take
// longer than everything else.
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

// Fill fills r with blanks in a style.
func (c *Canvas) Fill(r Rect, style interface{ Render(s ...string) string }) {
	c.fill(r, style.Render(strings.Repeat(" ", max(r.W, 0))))
}

// PutPanel draws lines into r on a background: every cell of r has it that no line gives another one. style is the background's.
func (c *Canvas) PutPanel(r Rect, lines []string, style interface{ Render(s ...string) string }) {
	c.Fill(r, style)
	const reset = "\x1b[m"
	begin, end, _ := strings.Cut(style.Render(" "), " ")
	for i, line := range lines[:min(len(lines), max(r.H, 0))] {
		if begin != "" && line != "" {
			line = begin + strings.ReplaceAll(line, reset, reset+begin) + end
		}
		c.PutLine(r.X, r.Y+i, r.W, line)
	}
}

// Clear fills r with blanks without a style, before lines are drawn that are shorter than r.
func (c *Canvas) Clear(r Rect) { c.fill(r, strings.Repeat(" ", max(r.W, 0))) }

func (c *Canvas) fill(r Rect, blank string) {
	for y := r.Y; y < r.Y+r.H; y++ {
		c.PutLine(r.X, y, r.W, blank)
	}
}

// PutLine draws one line at x, y, cut to w columns.
func (c *Canvas) PutLine(x, y, w int, line string) {
	w = min(w, c.w-x)
	if y < 0 || y >= c.h || x < 0 || w <= 0 || line == "" {
		return
	}
	line = agreeLine(line, c.w-x, c.AgreedWidths)
	have := ansi.StringWidth(line)
	if have > w {
		line, have = ansi.Truncate(line, w, ""), w
	}
	c.rows[y] = append(cover(c.rows[y], x, x+have), span{x, have, line})
}

// PutRight draws text flush right in the first row of r, unless it would cover the first taken columns.
func (c *Canvas) PutRight(r Rect, taken int, s string) {
	if w := Width(s); w > 0 && w <= r.W-taken {
		c.PutLine(r.Right()-w, r.Y, w, s)
	}
}

// cover removes the columns from..to from a row's spans.
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

// String returns the screen as one string of styled lines.
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

// bytes returns at least the length of String: a picture in cells has 50 KB and more, which a growing buffer would copy
// again and again.
func (c *Canvas) bytes() int {
	n := (c.w + 1) * c.h
	for _, row := range c.rows {
		for _, s := range row {
			n += len(s.text)
		}
	}
	return n
}

// writeRow writes a row's spans from left to right, with blanks between them.
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
