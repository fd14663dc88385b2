package impact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// newPart makes a part. Its prompt is mended between from and to alone, which are the borders of the text that it is in.
func newPart(prompt string, first, last, from, to int) Part {
	left, right := withoutEmptyBrackets(prompt[from:first], prompt[last:to])
	without := prompt[:from] + join(left, right) + prompt[to:]
	return Part{Text: prompt[first:last], From: first, To: last, Without: without}
}

// separators are marks of which one is enough between two parts.
const separators = ",;:—|•、，；："

// sentenceEnds are marks after which a sentence begins.
const sentenceEnds = ".!?。"

// join puts together what was around a part: without two commas beside each other, a comma at the beginning or the end, or two blanks.
func join(left, right string) string {
	blank := blankBetween(left, right)
	left, right = strings.TrimRightFunc(left, unicode.IsSpace), strings.TrimLeftFunc(right, unicode.IsSpace)
	last, _ := utf8.DecodeLastRuneInString(left)
	_, opener := openAtEnd(left)
	atStart := left == "" || strings.ContainsRune(sentenceEnds, last)
	if atStart || opener != "" || strings.ContainsRune(separators, last) {
		right = strings.TrimLeft(right, separators+" \t\r\n")
	}
	next, _ := utf8.DecodeRuneInString(right)
	isClosed := closesAtStart(right)
	if right == "" || isClosed || strings.ContainsRune(sentenceEnds, next) {
		left = strings.TrimRight(left, separators+" \t\r\n")
	}
	if atStart {
		right = withoutMark(withoutAnd(right), left == "")
	}
	if left == "" || right == "" || blank != "\n" && (opener != "" || isClosed || isGlued(right)) {
		return left + right
	}
	return left + blank + right
}

// isGlued reports whether a text begins with a mark that belongs to what is before it.
func isGlued(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsPunct(r) && !strings.ContainsRune("([{“‘«「『（【\"'-—–•", r)
}

// blankBetween returns the blank that belongs between two texts: a line feed if one of them has it there, none where neither has a blank.
func blankBetween(left, right string) string {
	around := left[len(strings.TrimRightFunc(left, unicode.IsSpace)):] + right[:len(right)-len(strings.TrimLeftFunc(right, unicode.IsSpace))]
	switch {
	case strings.Contains(around, "\n"):
		return "\n"
	case around == "":
		return ""
	}
	return " "
}

// withoutAnd drops an "and" with which a sentence would begin.
func withoutAnd(s string) string {
	if rest, ok := strings.CutPrefix(s, "and "); ok {
		return strings.TrimLeftFunc(rest, unicode.IsSpace)
	}
	return s
}

// withoutMark drops a mark that would be alone at the beginning of a text.
func withoutMark(s string, alone bool) string {
	if !alone {
		return s
	}
	return strings.TrimLeft(s, ".!?。 ")
}
