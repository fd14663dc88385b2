package cell

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// steady writes a styled line so that it is as wide in a terminal that adds up runes as in one that counts whole
// characters. Of a character that the two disagree about (joined emoji, skin tones, flags) it keeps what they agree about;
// otherwise all that stands right of it, rule and picture, would be pushed aside.
func steady(line string) string {
	if !disputed(line) {
		return line
	}
	var b strings.Builder
	for state := byte(0); len(line) > 0; {
		seq, width, n, next := ansi.DecodeSequence(line, state, nil)
		b.WriteString(agreed(seq, width))
		line, state = line[n:], next
	}
	return b.String()
}

// disputed tells, fast, whether a line may hold such a character: a joiner, an emoji's variant, a skin tone, half a flag.
func disputed(line string) bool {
	for _, sign := range [...]string{"\u200d", "\ufe0f", "\xf0\x9f\x8f", "\xf0\x9f\x87"} {
		if strings.Contains(line, sign) {
			return true
		}
	}
	return false
}

// agreed is a character in so many columns, by either way of counting.
func agreed(character string, columns int) string {
	if ansi.StringWidthWc(character) == columns {
		return character
	}
	_, n := utf8.DecodeRuneInString(character)
	first := character[:n]
	w := ansi.StringWidthWc(first)
	if w > columns || w != ansi.StringWidth(first) {
		return strings.Repeat("?", columns)
	}
	return first + strings.Repeat(" ", columns-w)
}

// Pad fills text up to w columns, with at least one blank.
func Pad(s string, w int) string { return s + strings.Repeat(" ", max(w-Width(s), 1)) }
