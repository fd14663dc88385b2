package list

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tintype/ui/text"
)

// Bounds of a comparison, which is made for each row of a frame: no row shows more than this.
const (
	ComparedBytes = 4 << 10 // of a prompt
	comparedWords = 120     // between what two prompts begin and end with alike
)

// word is one word of a prompt; Chinese and Japanese, which have no spaces, count each character.
type word struct {
	text   string
	spaced bool // a space stands before it
}

// splitWords parts a prompt into words.
func splitWords(prompt text.Safe) []word {
	var words []word
	for i, field := range strings.Fields(Beginning(string(prompt), ComparedBytes)) {
		spaced := i > 0
		for field != "" {
			n := wordLength(field)
			words = append(words, word{field[:n], spaced})
			field, spaced = field[n:], false
		}
	}
	return words
}

// Beginning is at most the first n bytes of s, with no rune cut in two.
func Beginning(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// wordLength is the number of bytes of the first word of s, which has no spaces: one character with its marks where
// such stand alone, else all up to the next of them.
func wordLength(s string) int {
	first, n := utf8.DecodeRuneInString(s)
	alone := standsAlone(first)
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		joins := unicode.Is(unicode.M, r) || r == '\u200d'
		if !joins && (alone || standsAlone(r)) {
			break
		}
		n += size
	}
	return n
}

func standsAlone(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// comparison is how a prompt stands to the one below.
type comparison struct {
	words   []word
	changed []bool // words that the one below has not, in order
	First   int    // the first word where the two part
	Alike   bool   // 6 words in 10 are the same
}

// Compare sets a prompt against the one below it.
func Compare(prompt, below text.Safe) comparison {
	a, b := splitWords(prompt), splitWords(below)
	c := comparison{words: a, changed: make([]bool, len(a))}
	head := 0
	for head < len(a) && head < len(b) && a[head].text == b[head].text {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail].text == b[len(b)-1-tail].text {
		tail++
	}
	c.First = head
	common := head + tail + markChanged(c.changed[head:len(a)-tail], a[head:len(a)-tail], b[head:len(b)-tail])
	c.Alike = common*10 >= 6*max(len(a), len(b)) && common > 0
	return c
}

// markChanged marks the words of a that are no part of the longest sequence which a and b share, and counts that one.
// Where there are too many to compare, all have changed.
func markChanged(changed []bool, a, b []word) (common int) {
	for i := range changed {
		changed[i] = true
	}
	if len(a) == 0 || len(b) == 0 || len(a) > comparedWords || len(b) > comparedWords {
		return 0
	}
	places := commonOf(a, b)
	for _, at := range places {
		changed[at] = false
	}
	return len(places)
}

// commonOf are the places in a of the longest sequence of words that a and b share.
func commonOf(a, b []word) []int {
	wide := len(b) + 1
	length := make([]uint16, (len(a)+1)*wide) // of the longest sequence of a[i:] and b[j:]
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i].text == b[j].text {
				length[i*wide+j] = length[(i+1)*wide+j+1] + 1
			} else {
				length[i*wide+j] = max(length[(i+1)*wide+j], length[i*wide+j+1])
			}
		}
	}
	var places []int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].text == b[j].text:
			places = append(places, i)
			i, j = i+1, j+1
		case length[(i+1)*wide+j] >= length[i*wide+j+1]:
			i++
		default:
			j++
		}
	}
	return places
}
