package ui

import (
	"strings"
	"tintype/ui/text"
	"unicode"
	"unicode/utf8"
)

// sentence makes one of what an error says. A name that it begins with keeps its spelling.
func sentence(s string) string {
	if first, _, _ := strings.Cut(s, " "); !strings.ContainsAny(first, "_-/.0123456789") {
		s = upper(s)
	}
	if s != "" && !strings.ContainsAny(s[len(s)-1:], ".?!") {
		s += "."
	}
	return s
}

// upper begins a sentence or a title, and lower makes a sentence go on after a colon.
func upper(s string) string { return begun(s, unicode.ToUpper) }

func lower(s string) string { return begun(s, unicode.ToLower) }

func begun(s string, with func(rune) rune) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(with(first)) + s[size:]
}

// clean makes one line of outside text safe to draw.
func clean(s string) string { return string(text.CleanLine(s)) }
