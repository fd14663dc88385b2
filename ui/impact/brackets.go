package impact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tintype/ui/promptdiff"
)

// closers are the marks that close brackets and quotes, by those that open them.
var closers = map[string]string{
	"(": ")", "[": "]", "{": "}", "<": ">", "“": "”", "‘": "’", "«": "»", "「": "」", "『": "』", "（": "）", "【": "】", `"`: `"`, "'": "'",
}

// The marks that may be before a quote that opens, and after one that closes, beside blanks.
const (
	beforeQuotes = "([{<“‘«「『（【\"'—–-/"
	afterQuotes  = ")]}>”’»」』）】\"'—–-/.,;:!?…、。，；："
)

// opens reports whether a mark opens a bracket or a quote. before is the text before it, which tells whether " opens or closes.
func opens(mark, before string) bool {
	if closers[mark] != mark {
		return closers[mark] != ""
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || unicode.IsSpace(r) || strings.ContainsRune(beforeQuotes, r)
}

// closes reports whether a mark closes what an opener opened. rest is the text after it.
func closes(mark, opener, rest string) bool {
	if closers[opener] != mark || opener != mark {
		return closers[opener] == mark
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || unicode.IsSpace(r) || strings.ContainsRune(afterQuotes, r)
}

// mostOpen is how many open brackets and quotes are looked through for the one that a mark closes.
const mostOpen = 64

// withinBrackets reports for each token whether it is in a pair of brackets or quotes, or one of the pair. A mark without the other one of its
// pair counts as none, such as that of 5" or of a smiley.
func withinBrackets(prompt string, tokens []promptdiff.Span) []bool {
	deeper := make([]int, len(tokens)+1) // how many pairs begin at a token, less those that have ended before it
	mark := func(i int) string { return prompt[tokens[i].From:tokens[i].To] }
	var opened []int // indices of tokens
	for i, s := range tokens {
		at := len(opened) - 1
		for at >= max(len(opened)-mostOpen, 0) && !closes(mark(i), mark(opened[at]), prompt[s.To:]) {
			at--
		}
		switch {
		case at >= max(len(opened)-mostOpen, 0):
			deeper[opened[at]]++
			deeper[i+1]--
			opened = opened[:at]
		case opens(mark(i), prompt[:s.From]):
			opened = append(opened, i)
		}
	}
	within, depth := make([]bool, len(tokens)), 0
	for i := range within {
		depth += deeper[i]
		within[i] = depth > 0
	}
	return within
}

// openAtEnd returns the bracket or quote that is open at the end of a text, and the text before it; "" if there is none.
func openAtEnd(text string) (before, mark string) {
	_, size := utf8.DecodeLastRuneInString(text)
	before, mark = text[:len(text)-size], text[len(text)-size:]
	if !opens(mark, before) {
		return text, ""
	}
	return before, mark
}

// closesAtStart reports whether a text begins with a mark that closes a bracket or quote.
func closesAtStart(text string) bool {
	_, size := utf8.DecodeRuneInString(text)
	for opener := range closers {
		if size > 0 && closes(text[:size], opener, text[size:]) {
			return true
		}
	}
	return false
}

// withoutEmptyBrackets drops the brackets and quotes around a part that was all that they had: "a (red) fox" without red has none.
func withoutEmptyBrackets(left, right string) (newLeft, newRight string) {
	for {
		before, opener := openAtEnd(strings.TrimRightFunc(left, unicode.IsSpace))
		rest, found := strings.CutPrefix(strings.TrimLeftFunc(right, unicode.IsSpace), closers[opener])
		if opener == "" || !found {
			return left, right
		}
		left, right = before, rest
	}
}
