package promptdiff

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// A Span is a part of a text, in bytes.
type Span struct{ From, To int }

// Tokens splits a raw text into words and marks of punctuation, without the blanks between them. A character of Chinese or Japanese is a word, and an
// emoji a mark. Marks within a word, as in f/2.8 or don't, belong to it, but a comma does only in a number.
func Tokens(raw string) []Span {
	var tokens []Span
	for at := 0; at < len(raw); {
		r, size := utf8.DecodeRuneInString(raw[at:])
		if unicode.IsSpace(r) {
			at += size
			continue
		}
		field := raw[at:]
		if end := strings.IndexFunc(field, unicode.IsSpace); end >= 0 {
			field = field[:end]
		}
		tokens = appendTokens(tokens, at, field)
		at += len(field)
	}
	return tokens
}

// appendTokens appends the tokens of a field, which has no blanks.
func appendTokens(tokens []Span, at int, field string) []Span {
	for field != "" {
		word := field[:wordLength(field)]
		field = field[len(word):]
		rest := word[marksBefore(word):]
		tokens = appendMarks(tokens, at, word[:len(word)-len(rest)])
		at += len(word) - len(rest)
		inner := rest[:endOfWords(rest)]
		if comma := innerComma(inner); comma > 0 {
			inner = inner[:comma]
		}
		if inner != "" {
			tokens = append(tokens, Span{at, at + len(inner)})
		}
		if endOfWords(rest[len(inner):]) > 0 { // more words after a comma
			field, at = rest[len(inner):]+field, at+len(inner)
			continue
		}
		tokens = appendMarks(tokens, at+len(inner), rest[len(inner):])
		at += len(rest)
	}
	return tokens
}

// innerComma returns where a comma without a blank ends a word, as in "boat,fog" but not in "1,000"; -1 if none does.
func innerComma(word string) int {
	for i, r := range word {
		if strings.ContainsRune("，；、：。", r) {
			return i
		}
		if next := i + 1; (r == ',' || r == ';') && next < len(word) && (word[next] < '0' || word[next] > '9') {
			return i
		}
	}
	return -1
}

// appendMarks appends marks of punctuation and emojis, each of which is a token.
func appendMarks(tokens []Span, at int, marks string) []Span {
	for it := graphemes.FromString(marks); it.Next(); {
		tokens = append(tokens, Span{at, at + len(it.Value())})
		at += len(it.Value())
	}
	return tokens
}

// marksBefore returns how many bytes of marks a text begins with.
func marksBefore(s string) int {
	for it := graphemes.FromString(s); it.Next(); {
		if !startsWithMark(it.Value()) {
			return it.Start()
		}
	}
	return len(s)
}

// endOfWords returns where the marks begin that a text ends with; 0 if it has nothing else.
func endOfWords(s string) (end int) {
	for it := graphemes.FromString(s); it.Next(); {
		if !startsWithMark(it.Value()) {
			end = it.End()
		}
	}
	return end
}

// startsWithMark reports whether a character, with what is combined with it, is a mark or an emoji.
func startsWithMark(character string) bool {
	r, _ := utf8.DecodeRuneInString(character)
	return isMark(r)
}

func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
