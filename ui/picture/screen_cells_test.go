package picture

import (
	"fmt"
	"image"
	"image/color"
	"strconv"
	"strings"
	"testing"
)

// A screenCell is one cell as a terminal would show it.
type screenCell struct {
	r      rune
	fg, bg color.RGBA
}

// readCells reads styled lines as a terminal does, and fails on anything but text and colours.
func readCells(t testing.TB, lines []string) [][]screenCell {
	t.Helper()
	rows := make([][]screenCell, len(lines))
	for y, line := range lines {
		cell := screenCell{fg: color.RGBA{229, 229, 229, 255}, bg: color.RGBA{0, 0, 0, 255}}
		for line != "" {
			if rest, ok := strings.CutPrefix(line, "\x1b["); ok {
				end := strings.IndexByte(rest, 'm')
				if end < 0 {
					t.Fatalf("row %d holds a code that is no colour: %q", y, line)
				}
				cell.obey(t, rest[:end])
				line = rest[end+1:]
				continue
			}
			for i, r := range line {
				if i > 0 {
					line = line[i:]
					break
				}
				if r < ' ' || r == 0x7f {
					t.Fatalf("row %d holds the control %U", y, r)
				}
				cell.r = r
				rows[y] = append(rows[y], cell)
				if len(string(r)) == len(line) {
					line = ""
				}
			}
		}
	}
	return rows
}

// obey follows one SGR code.
func (c *screenCell) obey(t testing.TB, codes string) {
	t.Helper()
	if codes == "" || codes == "0" {
		c.fg, c.bg = color.RGBA{229, 229, 229, 255}, color.RGBA{0, 0, 0, 255}
		return
	}
	var n []int
	for code := range strings.SplitSeq(codes, ";") {
		v, err := strconv.Atoi(code)
		if err != nil {
			t.Fatalf("a colour code %q", codes)
		}
		n = append(n, v)
	}
	for len(n) > 0 {
		layer := &c.fg
		if n[0]/10 == 4 || n[0]/10 == 10 {
			layer = &c.bg
		}
		switch {
		case n[0]%10 == 8 && n[1] == 2:
			*layer = color.RGBA{uint8(n[2]), uint8(n[3]), uint8(n[4]), 255}
			n = n[5:]
		case n[0]%10 == 8 && n[1] == 5:
			*layer = fromPalette(256, n[2])
			n = n[3:]
		case n[0] >= 90:
			*layer = fromPalette(16, 8+n[0]%10)
			n = n[1:]
		default:
			*layer = fromPalette(16, n[0]%10)
			n = n[1:]
		}
	}
}

func fromPalette(colours, i int) color.RGBA {
	c := paletteOf(colours)[i]
	return color.RGBA{uint8(c[0]), uint8(c[1]), uint8(c[2]), 255}
}

// paint draws cells of block glyphs at w×h pixels a cell, as a terminal that draws them itself.
func paint(t testing.TB, lines []string, w, h int) *image.RGBA {
	t.Helper()
	cells := readCells(t, lines)
	img := image.NewRGBA(image.Rect(0, 0, w*len(cells[0]), h*len(cells)))
	ink := inkOf()
	for y, row := range cells {
		for x, c := range row {
			covers := ink[c.r]
			if covers == nil {
				if covers = fontInk(c.r, w, h); covers == nil {
					t.Fatalf("%q is no glyph of a picture", c.r)
				}
				ink[c.r] = covers
			}
			for py := range h {
				for px := range w {
					colour := c.bg
					if covers(px, py, w, h) {
						colour = c.fg
					}
					img.SetRGBA(x*w+px, y*h+py, colour)
				}
			}
		}
	}
	return img
}

// inkOf gives each block glyph its set and its mask there.
func inkOf() map[rune]func(px, py, w, h int) bool {
	ink := map[rune]func(px, py, w, h int) bool{}
	for _, g := range []glyphSet{octantGlyphs(), sextantGlyphs(), quadrants} {
		for mask, r := range g.runes {
			ink[r] = func(px, py, w, h int) bool { return mask>>(py*g.rows/h*g.cols+px*g.cols/w)&1 == 1 }
		}
	}
	for i := range 8 { // eighths from below and from the left, as other programs use them
		ink['▁'+rune(i)] = func(_, py, _, h int) bool { return py >= h-h*(i+1)/8 }
		ink['▏'-rune(i)] = func(px, _, w, _ int) bool { return px < w*(i+1)/8 }
	}
	ink['#'] = func(px, py, _, _ int) bool { return (px/2+py/2)%2 == 0 }
	return ink
}

// wantSize fails unless lines are exactly size, and all of different text.
func wantSize(t testing.TB, lines []string, size Cells) {
	t.Helper()
	cells := readCells(t, lines)
	if len(cells) != size.H {
		t.Fatalf("%d lines, want %d", len(cells), size.H)
	}
	seen := map[string]int{}
	for y, row := range cells {
		if len(row) != size.W {
			t.Fatalf("row %d has %d cells, want %d", y, len(row), size.W)
		}
		var text strings.Builder
		for _, c := range row {
			fmt.Fprint(&text, string(c.r))
		}
		if other, again := seen[text.String()]; again && size.W >= 8 {
			t.Errorf("rows %d and %d have the same text, %q", other, y, text.String())
		}
		seen[text.String()] = y
	}
}

// vec is the colour as a sum.
func (c rgb) vec() vec { return vec{float32(c[0]), float32(c[1]), float32(c[2])} }
