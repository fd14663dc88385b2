package template

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPath is the longest path of a list in a template, in bytes.
const maxPath = 200

// variable reads ${name=value}, ${name} or ${name:default}. It returns nil if it is none, and then $ is itself.
func (p *parser) variable() *syntax {
	open := p.at
	rest := strings.TrimLeft(p.text[open+2:], blanks)
	length := nameLength(rest)
	if length == 0 {
		return nil
	}
	v := &syntax{kind: getSyntax, text: rest[:length]}
	rest = strings.TrimLeft(rest[length:], blanks)
	switch {
	case strings.HasPrefix(rest, "}"):
		p.at = len(p.text) - len(rest) + 1
		p.mark(open, Variable)
		return v
	case strings.HasPrefix(rest, ":"):
		v.defaulted = true
	case strings.HasPrefix(rest, "="):
		v.kind = setSyntax
	case strings.HasPrefix(rest, "?="):
		v.kind, v.weak = setSyntax, true
		rest = rest[1:]
	default:
		return nil
	}
	rest = rest[1:]
	if v.kind == setSyntax {
		rest, v.once = cutOnce(rest)
	}
	p.at = len(p.text) - len(rest)
	if !p.enter(open) {
		return v
	}
	p.lineBegan = false
	v.options = []option{{body: trimmed(p.parts(inValue))}}
	p.leave(open, "${")
	p.mark(open, Variable)
	return v
}

// cutOnce reads the ! before a value.
func cutOnce(rest string) (string, bool) {
	trimmed := strings.TrimLeft(rest, blanks)
	if after, ok := strings.CutPrefix(trimmed, "!"); ok {
		return after, true
	}
	return rest, false
}

// nameLength returns how many bytes of the beginning of a text are the name of a variable: a letter or _, then also digits, - and dots.
func nameLength(text string) int {
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || r == '_':
		case i > 0 && (unicode.IsDigit(r) || r == '-' || r == '.'):
		default:
			return i
		}
	}
	return len(text)
}

// wildcard reads __path__ or __path(name=value)__. It returns nil if it is none, and then _ is itself.
func (p *parser) wildcard() *syntax {
	open := p.at
	rest := p.text[open+2:]
	w := &syntax{kind: wildcardSyntax, low: 1, high: 1}
	if rest != "" && strings.IndexByte("!~@", rest[0]) >= 0 {
		w.sampler = rest[0]
		rest = rest[1:]
	}
	length := pathLength(rest)
	w.text = rest[:length]
	if w.text == "" || strings.TrimSpace(w.text) != w.text {
		return nil
	}
	rest = rest[length:]
	switch {
	case strings.HasPrefix(rest, "__"):
		p.at = len(p.text) - len(rest) + 2
	case strings.HasPrefix(rest, "(") && beginsArgument(rest[1:]):
		p.at = len(p.text) - len(rest) + 1
		if !p.arguments(w, open) {
			return w
		}
	default:
		if inner := emptyArguments.FindString(rest); inner != "" {
			at := len(p.text) - len(rest) + 1
			p.fail(at, at+len(inner)-len("()__"), "here a name=value is missing. Write \\__ for the signs themselves.")
			return w
		}
		return nil
	}
	p.mark(open, Wildcard)
	return w
}

// emptyArguments are those of a list that set nothing: __coat(winter)__.
var emptyArguments = regexp.MustCompile(`^\([^()\n]*\)__`)

// pathLength returns how many bytes of the beginning of a text are a path.
func pathLength(text string) int {
	for i, r := range text {
		ok := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("-_./* ", r) && r != utf8.RuneError
		if !ok || i > maxPath || strings.HasPrefix(text[i:], "__") {
			return i
		}
	}
	return len(text)
}

// beginsArgument reports whether a text begins with name=.
func beginsArgument(text string) bool {
	text = strings.TrimLeft(text, blanks)
	length := nameLength(text)
	return length > 0 && strings.HasPrefix(strings.TrimLeft(text[length:], blanks), "=")
}

// arguments reads name=value, … )__.
func (p *parser) arguments(w *syntax, open int) bool {
	if !p.enter(open) {
		return false
	}
	defer func() { p.depth-- }()
	for p.mistake == nil {
		rest := strings.TrimLeft(p.text[p.at:], blanks)
		if !beginsArgument(rest) {
			at := min(len(p.text)-len(rest), len(p.text))
			p.fail(at, min(at+1, len(p.text)), "here a name=value is missing. Write \\__ for the signs themselves.")
			return false
		}
		length := nameLength(rest)
		o := option{name: rest[:length], weight: 1}
		rest = strings.TrimLeft(rest[length:], blanks)[1:]
		rest, o.once = cutOnce(rest)
		p.at = len(p.text) - len(rest)
		p.lineBegan = false
		o.body = trimmed(p.parts(inArgument))
		w.options = append(w.options, o)
		if strings.HasPrefix(p.text[p.at:], ")__") {
			p.at += len(")__")
			return p.mistake == nil
		}
		if !strings.HasPrefix(p.text[p.at:], ",") {
			p.fail(open, open+2, "this __%s( has no )__. Write \\__ for the signs themselves.", w.text)
			return false
		}
		p.at++
	}
	return false
}
