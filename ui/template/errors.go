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
	Sentence     string // with its place: column 18: this { has no }. Write \{ for the sign itself.
}

func (e *Error) Error() string { return e.Sentence }

// newError makes the error of a part of a text.
func newError(text string, start, end int, format string, values ...any) *Error {
	before := text[:start]
	line := 1 + strings.Count(before, "\n")
	column := 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	place := fmt.Sprintf("column %d: ", column)
	if line > 1 {
		place = fmt.Sprintf("line %d, column %d: ", line, column)
	}
	return &Error{Start: start, End: end, Line: line, Column: column, Sentence: place + fmt.Sprintf(format, values...)}
}
