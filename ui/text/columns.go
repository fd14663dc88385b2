package text

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/displaywidth"
)

// Columns returns how many columns one character (a grapheme cluster) gets. Where terminals count differently, it is the larger count, so
// that none of them draws into the next character: a terminal that counts code points needs two columns for กำ, one that counts clusters
// needs one. Emoji get the columns of their cluster.
func Columns(character string) int { return columns(character, displaywidth.String(character)) }

// columns is Columns for a character whose cluster has a known width.
func columns(character string, cluster int) int {
	if !mayBeMultiRune(character) || !isMultiRune(character) || composedHangul(character) != 0 {
		return cluster
	}
	return max(cluster, ansi.StringWidthWc(character))
}

// mayBeMultiRune reports quickly whether s may contain a character for which isMultiRune is true: it has a byte that begins a code point from
// U+0800 to U+1FFF, from U+A000 to U+AFFF, or above U+EFFF.
func mayBeMultiRune(s string) bool {
	for i := range len(s) {
		if b := s[i]; b == 0xe0 || b == 0xe1 || b == 0xea || b >= 0xef {
			return true
		}
	}
	return false
}

// isMultiRune reports whether a character consists of several code points and is not an emoji.
func isMultiRune(character string) bool {
	_, first := utf8.DecodeRuneInString(character)
	return first < len(character) && !IsEmoji(character)
}

// IsEmoji reports whether a character is an emoji, as far as terminals count those differently.
func IsEmoji(character string) bool {
	for _, r := range character {
		if r == 0xfe0f || r == 0x20e3 || r >= 0x1f000 && r < 0x20000 {
			return true
		}
	}
	return false
}

// Composed returns decomposed Hangul as its syllable, which all terminals count alike, and any other character as it is.
func Composed(character string) string {
	if r := composedHangul(character); r != 0 {
		return string(r)
	}
	return character
}

// composedHangul returns the syllable of a character that consists of two or three conjoining jamo, and 0 for any other character (The
// Unicode Standard, section 3.12).
func composedHangul(character string) rune {
	const (
		syllables, leads, vowels, trails = 0xac00, 0x1100, 0x1161, 0x11a7
		leadCount, vowelCount            = 19, 21
		trailCount                       = 28
	)
	var jamo [3]rune
	n := 0
	for _, r := range character {
		if n == len(jamo) {
			return 0
		}
		jamo[n] = r
		n++
	}
	lead, vowel, trail := jamo[0]-leads, jamo[1]-vowels, rune(0)
	if n == 3 {
		trail = jamo[2] - trails
	}
	if n < 2 || lead < 0 || lead >= leadCount || vowel < 0 || vowel >= vowelCount || trail < 0 || trail >= trailCount || n == 3 && trail == 0 {
		return 0
	}
	return syllables + (lead*vowelCount+vowel)*trailCount + trail
}
