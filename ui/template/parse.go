package template

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// maxDepth is how deep groups may be nested, in a template or through lists.
const maxDepth = 100

// signs are the characters that a backslash makes into themselves.
const signs = `{}|,$%_#~@!:/\`

// place is where the parser is. It decides what ends a text, and what separates.
type place uint8

const (
	atTop      place = iota
	inGroup          // ends with }; has bars, commas and weights
	inWrap           // the same, and has $$ and dots
	inValue          // of a variable; ends with }
	inArgument       // of a list; ends with , or )
)

// A parser reads a template.
type parser struct {
	text      string
	at        int
	depth     int
	wraps     int  // in how many wraps it is
	lineBegan bool // nothing but blanks was read since the line began
	objects   jsonObjects
	marks     []Mark
	mistake   *Error

	literalGroups []*syntax // groups that are text, for Lint
}

// parse reads a whole template.
func parse(text string) ([]*syntax, []Mark, *Error) {
	if json.Valid([]byte(text)) {
		return []*syntax{{text: text, end: len(text)}}, nil, nil
	}
	p := &parser{text: text, lineBegan: true, objects: jsonObjects{text: text}}
	parts := joinLiterals(p.parts(atTop))
	return parts, p.marks, p.mistake
}

// fail notes the first mistake.
func (p *parser) fail(start, end int, format string, values ...any) {
	if p.mistake == nil {
		p.mistake = newError(p.text, start, end, format, values...)
		p.at = len(p.text)
	}
}

// mark notes a part that means something, if it is in no other one.
func (p *parser) mark(start int, kind MarkKind) {
	if p.depth == 0 {
		p.marks = append(p.marks, Mark{Start: start, End: p.at, Kind: kind})
	}
}

// parts reads up to the end of a place, and stops at the character that ends it.
func (p *parser) parts(in place) []*syntax {
	var parts []*syntax
	for p.at < len(p.text) && p.mistake == nil {
		c := p.text[p.at]
		switch {
		case p.ends(in, c):
			return parts
		case p.lineBegan && p.remark():
			parts = trimLine(parts)
			continue
		}
		start := p.at
		part := p.part(in, c)
		part.start, part.end = start, p.at
		parts = append(parts, part)
		p.lineBegan = c == '\n' || p.lineBegan && (c == ' ' || c == '\t')
	}
	return parts
}

// ends reports whether a character ends a place.
func (p *parser) ends(in place, c byte) bool {
	switch in {
	case inGroup, inWrap, inValue:
		return c == '}'
	case inArgument:
		return c == ',' || c == ')'
	}
	return false
}

// BeginsRemark reports whether the rest of a line, without the blanks at its beginning, is a remark.
func BeginsRemark(rest string) bool {
	return strings.HasPrefix(rest, "# ") || strings.HasPrefix(rest, "//")
}

// remark reads a remark, if there is one, with the end of its line.
func (p *parser) remark() bool {
	rest := p.text[p.at:]
	if !BeginsRemark(rest) {
		return false
	}
	start := p.at
	if end := strings.IndexByte(rest, '\n'); end >= 0 {
		p.at += end + 1
	} else {
		p.at = len(p.text)
	}
	p.mark(start, Remark)
	return true
}

// trimLine removes the blanks before a remark.
func trimLine(parts []*syntax) []*syntax {
	for len(parts) > 0 {
		last := parts[len(parts)-1]
		if last.kind != literalSyntax {
			break
		}
		last.text = strings.TrimRight(last.text, " \t")
		if last.text != "" {
			break
		}
		parts = parts[:len(parts)-1]
	}
	return parts
}

// part reads one part that begins with c. It moves on by at least one byte.
func (p *parser) part(in place, c byte) *syntax {
	rest := p.text[p.at:]
	switch {
	case c == '\\' && len(rest) > 1 && strings.IndexByte(signs, rest[1]) >= 0:
		p.at += 2
		p.mark(p.at-2, Escaped)
		return &syntax{text: rest[1:2]}
	case c == '{':
		if end := p.objects.end(p.at); end > 0 {
			return p.literal(end - p.at)
		}
		return p.group(false)
	case strings.HasPrefix(rest, "%{") && p.objects.end(p.at+1) < 0:
		return p.group(true)
	case strings.HasPrefix(rest, "${"):
		if part := p.variable(); part != nil {
			return part
		}
	case strings.HasPrefix(rest, "__"):
		if part := p.wildcard(); part != nil {
			return part
		}
	case strings.HasPrefix(rest, "...") && p.wraps > 0:
		p.at += 3
		return &syntax{kind: holeSyntax, text: "..."}
	case in == inGroup || in == inWrap:
		if part := p.separator(in, c); part != nil {
			return part
		}
	}
	return p.literal(p.plain())
}

// literal takes the next bytes as they are.
func (p *parser) literal(length int) *syntax {
	part := &syntax{text: p.text[p.at : p.at+length]}
	p.at += length
	return part
}

// plain returns how many bytes come next that mean nothing, at least one character. It stops at the end of a line, and before blanks
// that may begin a remark.
func (p *parser) plain() int {
	rest := p.text[p.at:]
	_, first := utf8.DecodeRuneInString(rest)
	if rest[0] == '\n' || p.lineBegan && (rest[0] == ' ' || rest[0] == '\t') {
		return first
	}
	if next := strings.IndexAny(rest[first:], "\\{}|,$%_.)\n"); next >= 0 {
		return first + next
	}
	return len(rest)
}

// joinLiterals joins literals that follow each other.
func joinLiterals(parts []*syntax) []*syntax {
	var joined []*syntax
	var text strings.Builder
	for i := 0; i < len(parts); i++ {
		if parts[i].kind != literalSyntax {
			joined = append(joined, parts[i])
			continue
		}
		first := *parts[i]
		text.Reset()
		for ; i < len(parts) && parts[i].kind == literalSyntax; i++ {
			text.WriteString(parts[i].text)
			first.end = parts[i].end
		}
		i--
		first.text = text.String()
		joined = append(joined, &first)
	}
	return joined
}
