package cell

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// agreedLine changes a styled line so that it is as wide in a terminal that adds up runes as in one that counts whole
// characters. It replaces characters that the two disagree about (joined emoji, skin tones, flags) by what they agree
// about; otherwise everything right of them would be shifted.
func agreedLine(line string) string {
	if !hasDisputed(line) {
		return line
	}
	var b strings.Builder
	for state := byte(0); len(line) > 0; {
		seq, width, n, next := ansi.DecodeSequence(line, state, nil)
		b.WriteString(agreedText(seq, width))
		line, state = line[n:], next
	}
	return b.String()
}

// hasDisputed reports quickly whether a line may contain such a character: a joiner, an emoji variant, a skin tone, half a
// flag.
func hasDisputed(line string) bool {
	for _, sign := range [...]string{"\u200d", "\ufe0f", "\xf0\x9f\x8f", "\xf0\x9f\x87"} {
		if strings.Contains(line, sign) {
			return true
		}
	}
	return false
}

// agreedText returns a replacement that has so many columns in both ways of counting.
func agreedText(character string, columns int) string {
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

// Pad appends blanks to text up to w columns, and at least one.
func Pad(s string, w int) string { return s + strings.Repeat(" ", max(w-Width(s), 1)) }
