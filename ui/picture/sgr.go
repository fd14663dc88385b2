package picture

import "unicode/utf8"

// sgrWriter writes one line of cells, with a colour code only where a colour changes.
type sgrWriter struct {
	colours    int // 1<<24, else the colours' third parts are unused and the first is a number of the palette
	line       []byte
	fg, bg     rgb
	hasF, hasB bool
}

func (p *sgrWriter) begin(w int) {
	if cap(p.line) == 0 {
		p.line = make([]byte, 0, w*24)
	}
	p.line, p.hasF, p.hasB = p.line[:0], false, false
}

// cell draws r with the colours, which stay for the next.
func (p *sgrWriter) cell(r rune, fg, bg rgb) {
	needF, needB := r != ' ' && (!p.hasF || fg != p.fg), !p.hasB || bg != p.bg
	if needF || needB {
		p.line = append(p.line, "\x1b["...)
		if needF {
			p.colour(38, fg)
			p.fg, p.hasF = fg, true
		}
		if needF && needB {
			p.line = append(p.line, ';')
		}
		if needB {
			p.colour(48, bg)
			p.bg, p.hasB = bg, true
		}
		p.line = append(p.line, 'm')
	}
	p.line = utf8.AppendRune(p.line, r)
}

// foreground sets the glyphs' colour alone.
func (p *sgrWriter) foreground(fg rgb) {
	p.line = append(p.line, "\x1b["...)
	p.colour(38, fg)
	p.line = append(p.line, 'm')
}

// rune writes r as it stands.
func (p *sgrWriter) rune(r rune) { p.line = utf8.AppendRune(p.line, r) }

// end closes the line.
func (p *sgrWriter) end() string {
	p.line = append(p.line, "\x1b[m"...)
	return string(p.line)
}

// colour writes the parameters of a colour; layer is 38 for the glyph and 48 for what is behind.
func (p *sgrWriter) colour(layer int, c rgb) {
	switch n := int(c[0]); {
	case p.colours >= 1<<24:
		p.number(layer, ";2;")
		p.number(n, ";")
		p.number(int(c[1]), ";")
		p.number(int(c[2]), "")
	case p.colours >= 256:
		p.number(layer, ";5;")
		p.number(n, "")
	case n < 8:
		p.number(layer-8+n, "")
	default:
		p.number(layer+52+n-8, "")
	}
}

// number writes one from 0 to 255, and what is after it.
func (p *sgrWriter) number(n int, after string) {
	switch {
	case n >= 100:
		p.line = append(p.line, '0'+byte(n/100), '0'+byte(n/10%10), '0'+byte(n%10))
	case n >= 10:
		p.line = append(p.line, '0'+byte(n/10), '0'+byte(n%10))
	default:
		p.line = append(p.line, '0'+byte(n))
	}
	p.line = append(p.line, after...)
}
