package format

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tintype/ui/text"
)

// Sentence turns the text of an error into a sentence, line by line. By Go's convention such a text begins in lower case and has no
// full stop. A name of a parameter or a setting at its beginning keeps its spelling, and so does an indented line, which is an item of a list.
func Sentence(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, " ") {
			continue
		}
		if !startsWithName(line) {
			line = UpperFirst(line)
		}
		if line != "" && !strings.ContainsAny(line[len(line)-1:], ".?!:") {
			line += "."
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// startsWithName reports whether a line begins with the name of a parameter, a setting or a flag.
func startsWithName(line string) bool {
	word, _, _ := strings.Cut(line, " ")
	return strings.ContainsAny(word, "_-/.0123456789")
}

// UpperFirst returns s with its first letter in upper case, for the beginning of a sentence or a title.
func UpperFirst(s string) string { return mapFirst(s, unicode.ToUpper) }

// LowerFirst returns s with its first letter in lower case, for a sentence that continues after a colon.
func LowerFirst(s string) string { return mapFirst(s, unicode.ToLower) }

func mapFirst(s string, change func(rune) rune) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(change(first)) + s[size:]
}

// Clean makes text from outside safe to draw: one line, without control characters.
func Clean(s string) string { return string(text.CleanLine(s)) }
