package picture

import (
	"fmt"
	"image"
	"image/color"
	"strconv"
	"strings"
	"testing"
)

// screenCell is a cell as a terminal would show it.
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
					t.Fatalf("row %d has a code that is not a colour: %q", y, line)
				}
				cell.applySGR(t, rest[:end])
				line = rest[end+1:]
				continue
			}
			for i, r := range line {
				if i > 0 {
					line = line[i:]
					break
				}
				if r < ' ' || r == 0x7f {
					t.Fatalf("row %d has the control character %U", y, r)
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

// applySGR applies one SGR code.
func (c *screenCell) applySGR(t testing.TB, codes string) {
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
	c := terminalPalette(colours)[i]
	return color.RGBA{uint8(c[0]), uint8(c[1]), uint8(c[2]), 255}
}

// paint draws cells at w×h pixels each, as a terminal does that draws block glyphs itself.
func paint(t testing.TB, lines []string, w, h int) *image.RGBA {
	t.Helper()
	cells := readCells(t, lines)
	img := image.NewRGBA(image.Rect(0, 0, w*len(cells[0]), h*len(cells)))
	coverage := glyphCoverage()
	for y, row := range cells {
		for x, c := range row {
			covers := coverage[c.r]
			if covers == nil {
				if covers = fontCoverage(c.r, w, h); covers == nil {
					t.Fatalf("unknown glyph %q", c.r)
				}
				coverage[c.r] = covers
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

// glyphCoverage returns for each glyph which of the w×h pixels of a cell it covers.
func glyphCoverage() map[rune]func(px, py, w, h int) bool {
	coverage := map[rune]func(px, py, w, h int) bool{}
	for _, g := range []glyphSet{octantGlyphs(), sextantGlyphs(), quadrants} {
		for mask, r := range g.runes {
			coverage[r] = func(px, py, w, h int) bool { return mask>>(py*g.rows/h*g.cols+px*g.cols/w)&1 == 1 }
		}
	}
	for i := range 8 { // eighths from below and from the left
		coverage['▁'+rune(i)] = func(_, py, _, h int) bool { return py >= h-h*(i+1)/8 }
		coverage['▏'-rune(i)] = func(px, _, w, _ int) bool { return px < w*(i+1)/8 }
	}
	coverage['#'] = func(px, py, _, _ int) bool { return (px/2+py/2)%2 == 0 }
	return coverage
}

// wantLines fails unless lines have exactly the given size, and texts that all differ.
func wantLines(t testing.TB, lines []string, size Cells) {
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
		if other, ok := seen[text.String()]; ok && size.W >= 8 {
			t.Errorf("rows %d and %d have the same text, %q", other, y, text.String())
		}
		seen[text.String()] = y
	}
}

// vec returns the colour for calculations.
func (c rgb) vec() vec { return vec{float32(c[0]), float32(c[1]), float32(c[2])} }
