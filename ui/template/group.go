package template

import (
	"strconv"
	"strings"
)

// maxTaken is how many options a group may take at once.
const maxTaken = 1000

// group reads {…}, or %{…} if wrapping. A %{ that wraps nothing is a % and a group.
func (p *parser) group(wrapping bool) *syntax {
	start := p.at
	g := &syntax{kind: groupSyntax, low: 1, high: 1, start: start}
	if wrapping {
		p.at++
	}
	open := p.at
	p.at++
	if !p.enter(open) {
		return g
	}
	p.header(g)
	head := p.text[open:p.at]
	in := inGroup
	if wrapping {
		in = inWrap
		p.wraps++
	}
	p.lineBegan = false
	inner := append(p.weight(), p.parts(in)...)
	if wrapping {
		p.wraps--
	}
	p.leave(open, "{")
	p.mark(start, Group)
	g.text = p.text[open:p.at]
	g = p.assemble(g, head, inner, wrapping)
	g.start, g.end = start, p.at
	return g
}

// enter goes one level deeper.
func (p *parser) enter(open int) bool {
	p.depth++
	if p.depth > maxDepth {
		p.fail(open, open+1, "this is nested more than %d deep.", maxDepth)
		return false
	}
	return true
}

// leave reads the } of what began at open with a sign.
func (p *parser) leave(open int, sign string) {
	p.depth--
	if p.mistake != nil {
		return
	}
	if p.at == len(p.text) {
		p.fail(open, open+len(sign), "this %s has no }. Write \\%s for the sign itself.", sign, sign)
		return
	}
	p.at++
}

// header reads the sampler, the range and the separator of a group.
func (p *parser) header(g *syntax) {
	if p.at < len(p.text) && strings.IndexByte("!~@", p.text[p.at]) >= 0 {
		g.sampler = p.text[p.at]
		p.at++
	}
	rest := strings.TrimLeft(p.text[p.at:], blanks)
	begin := len(p.text) - len(rest)
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789-"))
	after := strings.TrimLeft(rest[digits:], blanks)
	if digits == 0 || !strings.HasPrefix(after, "$$") {
		return
	}
	low, high, ok := parseRange(rest[:digits])
	if !ok {
		p.fail(begin, begin+digits, "%s is no range of numbers up to %s, such as 2, 1-3, -3 or 2-.", rest[:digits], thousands(maxTaken))
		return
	}
	g.ranged, g.low, g.high, g.separator = true, low, high, ", "
	after = after[2:]
	if end := strings.IndexAny(after, "${}"); end >= 0 && strings.HasPrefix(after[end:], "$$") {
		g.separator = unescape(after[:end])
		after = after[end+2:]
	}
	p.at = len(p.text) - len(after)
}

// parseRange reads n, n-m, -m or n-. The lower end is 1 if there is none.
func parseRange(text string) (low, high int, ok bool) {
	first, second, dash := strings.Cut(text, "-")
	low, high = 1, noHigh
	if first == "" && second == "" {
		return 0, 0, false
	}
	var err error
	if first != "" {
		if low, err = strconv.Atoi(first); err != nil {
			return 0, 0, false
		}
	}
	switch {
	case !dash:
		high = low
	case second != "":
		if high, err = strconv.Atoi(second); err != nil {
			return 0, 0, false
		}
		if first == "" {
			low = min(low, high)
		}
	}
	if low > maxTaken || high > maxTaken || high != noHigh && low > high {
		return 0, 0, false
	}
	return low, high, true
}

// unescape removes the backslashes before signs.
func unescape(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) && strings.IndexByte(signs, text[i+1]) >= 0 {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// separator reads what separates options, with the weight after it.
func (p *parser) separator(in place, c byte) *syntax {
	switch {
	case c == '|' || c == ',':
		p.at++
		kind := barMark
		if c == ',' {
			kind = commaMark
		}
		part := &syntax{kind: kind, text: string(c)}
		if weight := p.weight(); weight != nil {
			part.options = []option{{body: weight}}
		}
		return part
	case in == inWrap && strings.HasPrefix(p.text[p.at:], "$$"):
		p.at += 2
		return &syntax{kind: dollarsMark, text: "$$"}
	}
	return nil
}

// assemble decides what a group is, now that all of it was read.
func (p *parser) assemble(g *syntax, head string, inner []*syntax, wrapping bool) *syntax {
	if wrapping {
		if wrap := p.wrap(head, inner); wrap != nil {
			return wrap
		}
	}
	separator := barMark
	if !hasMark(inner, barMark) {
		separator = commaMark
	}
	var prefix []*syntax
	if wrapping {
		prefix = []*syntax{{text: "%"}}
	}
	if !hasMark(inner, separator) || separator == commaMark && (g.ranged || g.sampler != 0) {
		if body := trimmed(plainParts(inner)); len(body) != 1 || body[0].kind != wildcardSyntax || !g.ranged && g.sampler == 0 {
			if hasMark(inner, commaMark) { // a person who writes {2$$red, blue} means two options
				p.fail(g.start, p.at, "options of %s…} are separated by |, and this group has none. Write | between them, or \\{ for the sign itself.", head)
			}
			p.literalGroups = append(p.literalGroups, &syntax{start: g.start, end: p.at})
			prefix = append(prefix, &syntax{text: head})
			prefix = append(prefix, plainParts(inner)...)
			return sequence(append(prefix, &syntax{text: "}"}))
		}
	}
	g.options = splitOptions(inner, separator)
	if wrapping {
		return sequence(append(prefix, g))
	}
	return g
}

// sequence makes one syntax of several.
func sequence(parts []*syntax) *syntax {
	parts = joinLiterals(parts)
	if len(parts) == 1 {
		return parts[0]
	}
	return &syntax{kind: wrapSyntax, options: []option{{body: parts}}}
}

// wrap makes %{before ... after$$text}, or returns nil if it is none.
func (p *parser) wrap(head string, inner []*syntax) *syntax {
	for i, part := range inner {
		if part.kind != dollarsMark {
			continue
		}
		if !hasHole(inner[:i]) {
			break
		}
		before := append([]*syntax{{text: head[1:]}}, plainParts(inner[:i])...)
		return &syntax{kind: wrapSyntax, options: []option{{body: joinLiterals(before)}, {body: joinLiterals(plainParts(inner[i+1:]))}}}
	}
	return nil
}
