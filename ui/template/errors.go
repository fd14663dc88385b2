package template

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// An Error is a mistake in a template.
type Error struct {
	Start, End   int    // offsets in bytes of the part that is wrong
	Line, Column int    // of Start, from 1; a column is a character
	Sentence     string // what is wrong and what to do, without the place: this { has no }. Write \{ for the sign itself.
}

// Error returns the sentence with its place: column 18: this { has no }. The line is named from the second on.
func (e *Error) Error() string {
	if e.Line > 1 {
		return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Sentence)
	}
	return fmt.Sprintf("column %d: %s", e.Column, e.Sentence)
}

// newError makes the error of a part of a text.
func newError(text string, start, end int, format string, values ...any) *Error {
	before := text[:start]
	line := 1 + strings.Count(before, "\n")
	column := 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	return &Error{Start: start, End: end, Line: line, Column: column, Sentence: fmt.Sprintf(format, values...)}
}
