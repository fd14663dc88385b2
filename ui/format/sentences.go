package format

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tintype/ui/text"
)

// Sentence makes one of what an error says. A name that it begins with keeps its spelling.
func Sentence(s string) string {
	if first, _, _ := strings.Cut(s, " "); !strings.ContainsAny(first, "_-/.0123456789") {
		s = Upper(s)
	}
	if s != "" && !strings.ContainsAny(s[len(s)-1:], ".?!") {
		s += "."
	}
	return s
}

// Upper begins a sentence or a title, and lower makes a sentence go on after a colon.
func Upper(s string) string { return begun(s, unicode.ToUpper) }

func Lower(s string) string { return begun(s, unicode.ToLower) }

func begun(s string, with func(rune) rune) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(with(first)) + s[size:]
}

// Clean makes one line of outside text safe to draw.
func Clean(s string) string { return string(text.CleanLine(s)) }
