package template

import (
	"encoding/json"
	"strings"
)

// Escape returns a template that expands to exactly text. JSON stays as it is, since it means itself.
func Escape(text string) string {
	if json.Valid([]byte(text)) {
		return text
	}
	e := &escaper{text: text, objects: jsonObjects{text: text}}
	for e.at < len(text) {
		e.next()
	}
	return e.out.String()
}

// EscapeSigns returns a text in which no sign means anything but itself, at any place of a template: also as an option of a group.
func EscapeSigns(text string) string { return allSigns.Replace(text) }

// allSigns puts a backslash before every sign of the language.
var allSigns = func() *strings.Replacer {
	var pairs []string
	for _, sign := range signs {
		pairs = append(pairs, string(sign), `\`+string(sign))
	}
	return strings.NewReplacer(pairs...)
}()

// An escaper writes a text as a template.
type escaper struct {
	text    string
	at      int
	objects jsonObjects
	out     strings.Builder
	inLine  bool // something that is no blank was written since the line began
}

// next writes what comes next.
func (e *escaper) next() {
	rest := e.text[e.at:]
	c := rest[0]
	switch {
	case c == '{' && e.objects.end(e.at) > 0:
		end := e.objects.end(e.at)
		e.out.WriteString(e.text[e.at:end])
		e.at, e.inLine = end, true
		return
	case c == '\\' && len(rest) > 1 && strings.IndexByte(signs, rest[1]) >= 0:
		// The sign is escaped, too. Else the text could become JSON, which means itself.
		e.out.WriteString(`\\\`)
		e.out.WriteByte(rest[1])
		e.at += 2
		e.inLine = true
		return
	case c == '{', strings.HasPrefix(rest, "__"), !e.inLine && BeginsRemark(rest):
		e.out.WriteByte('\\')
	}
	e.out.WriteByte(c)
	e.at++
	e.inLine = c != '\n' && (e.inLine || c != ' ' && c != '\t')
}
