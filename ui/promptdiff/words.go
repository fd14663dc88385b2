// Package promptdiff finds what differs between prompts, word by word: between a prompt and the one below it in the list, and among
// several that are compared. The work is bounded, whatever the prompts are.
package promptdiff

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tintype/ui/text"
)

// Prompts are compared for each row of a frame, so the work is bounded. No row shows more than these limits allow.
const (
	maxPrompt   = 4 << 10 // bytes of a prompt that are compared and shown on one line
	maxMidWords = 120     // words between those that two prompts begin and end with
)

// Word is one word of a prompt. Chinese and Japanese have no spaces: there each character is a word.
type Word struct {
	Text   string
	Spaced bool // a space is before it
}

// splitWords splits a prompt into words.
func splitWords(prompt text.Safe) []Word {
	var words []Word
	beginning, _ := text.CutBytes(string(prompt), maxPrompt)
	for i, field := range strings.Fields(beginning) {
		spaced := i > 0
		for field != "" {
			n := wordLength(field)
			words = append(words, Word{field[:n], spaced})
			field, spaced = field[n:], false
		}
	}
	return words
}

// Clean returns a raw prompt cleaned, on one line, and no longer than what is compared.
func Clean(raw string) text.Safe {
	beginning, _ := text.CutBytes(raw, maxPrompt)
	return text.CleanLine(beginning)
}

// wordLength returns the number of bytes of the first word of s, which has no spaces: a character that is a word, with its marks, or
// all before the next such character.
func wordLength(s string) int {
	first, n := utf8.DecodeRuneInString(s)
	alone := isWord(first)
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		joins := unicode.Is(unicode.M, r) || r == '\u200d'
		if !joins && (alone || isWord(r)) {
			break
		}
		n += size
	}
	return n
}

// isWord reports whether a character is a word.
func isWord(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// commonWords returns the indices in a of the longest sequence of words that a and b have in common, in order.
func commonWords(a, b []Word) []int {
	var common []int
	for _, pair := range longestCommon(len(a), len(b), func(i, j int) bool { return a[i].Text == b[j].Text }) {
		common = append(common, pair[0])
	}
	return common
}

// longestCommon returns the longest sequence that two lists of n and m elements have in common, as pairs of indices.
func longestCommon(n, m int, same func(i, j int) bool) [][2]int {
	wide := m + 1
	length := make([]uint16, (n+1)*wide) // of the longest common sequence of what is from i and from j on
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if same(i, j) {
				length[i*wide+j] = length[(i+1)*wide+j+1] + 1
			} else {
				length[i*wide+j] = max(length[(i+1)*wide+j], length[i*wide+j+1])
			}
		}
	}
	var common [][2]int
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case same(i, j):
			common = append(common, [2]int{i, j})
			i, j = i+1, j+1
		case length[(i+1)*wide+j] >= length[i*wide+j+1]:
			i++
		default:
			j++
		}
	}
	return common
}
