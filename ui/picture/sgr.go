package picture

import "unicode/utf8"

// sgrWriter writes lines of cells, with a colour code (SGR) only where a colour changes.
type sgrWriter struct {
	colours      int // 1<<24; with fewer, a colour is the number of the palette in its first channel
	line         []byte
	fg, bg       rgb
	hasFg, hasBg bool
}

// begin starts a line of width cells.
func (w *sgrWriter) begin(width int) {
	if cap(w.line) == 0 {
		w.line = make([]byte, 0, width*24)
	}
	w.line, w.hasFg, w.hasBg = w.line[:0], false, false
}

// cell writes r in two colours.
func (w *sgrWriter) cell(r rune, fg, bg rgb) {
	needFg, needBg := r != ' ' && (!w.hasFg || fg != w.fg), !w.hasBg || bg != w.bg
	if needFg || needBg {
		w.line = append(w.line, "\x1b["...)
		if needFg {
			w.colour(38, fg)
			w.fg, w.hasFg = fg, true
		}
		if needFg && needBg {
			w.line = append(w.line, ';')
		}
		if needBg {
			w.colour(48, bg)
			w.bg, w.hasBg = bg, true
		}
		w.line = append(w.line, 'm')
	}
	w.line = utf8.AppendRune(w.line, r)
}

// foreground sets the colour of the glyphs, for rune.
func (w *sgrWriter) foreground(fg rgb) {
	w.line = append(w.line, "\x1b["...)
	w.colour(38, fg)
	w.line = append(w.line, 'm')
}

// rune writes r in the current colours.
func (w *sgrWriter) rune(r rune) { w.line = utf8.AppendRune(w.line, r) }

// end resets the colours and returns the line.
func (w *sgrWriter) end() string {
	w.line = append(w.line, "\x1b[m"...)
	return string(w.line)
}

// colour writes the parameters of a colour. layer is 38 for the glyph and 48 for the background.
func (w *sgrWriter) colour(layer int, c rgb) {
	switch n := int(c[0]); {
	case w.colours >= 1<<24:
		w.number(layer, ";2;")
		w.number(n, ";")
		w.number(int(c[1]), ";")
		w.number(int(c[2]), "")
	case w.colours >= 256:
		w.number(layer, ";5;")
		w.number(n, "")
	case n < 8:
		w.number(layer-8+n, "") // 30 to 37, 40 to 47
	default:
		w.number(layer+52+n-8, "") // 90 to 97, 100 to 107
	}
}

// number writes a number from 0 to 255 and what follows it.
func (w *sgrWriter) number(n int, after string) {
	w.line = append(appendInt(w.line, n), after...)
}
