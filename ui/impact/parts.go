package impact

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"tintype/ui/promptdiff"
)

// By is what is left out at a time.
type By string

// The units.
const (
	Phrase By = "phrase"
	Word   By = "word"
)

// A Part is a phrase or a word of a prompt, and the prompt without it.
type Part struct {
	Text     string // raw: clean it before it is displayed
	From, To int    // where it is, in bytes of the prompt
	Without  string // the prompt without it, with its blanks and commas mended
}

// errOne are the sentences about prompts from which nothing can be left out.
var (
	errEmpty     = errors.New("This prompt is empty: there is nothing to leave out.")
	errOneWord   = errors.New("This prompt is one word: without it nothing is left to compare.")
	errOnePhrase = errors.New("This prompt is one phrase. Measure it word by word.")
)

// Parts splits a prompt, as it was sent, into its phrases or words. Phrases end at marks such as commas, and before words such as "at", "with" and
// "and". In a prompt that is JSON, a phrase is a member with its value or an element of a list, and words are those of its texts. The
// error is a sentence: there is nothing to leave out.
func Parts(prompt string, by By) ([]Part, error) {
	var parts []Part
	switch isJSON := json.Valid([]byte(prompt)) && strings.HasPrefix(strings.TrimSpace(prompt), "{"); {
	case isJSON && by == Phrase:
		parts = jsonMembers(prompt)
	case isJSON:
		parts = jsonWords(prompt)
	case by == Phrase:
		parts = phrases(prompt)
	default:
		parts = words(prompt, 0, len(prompt))
	}
	switch {
	case len(parts) > 1:
		return parts, nil
	case len(parts) == 0:
		return nil, errEmpty
	case by == Phrase && len(words(prompt, 0, len(prompt))) > 1:
		return nil, errOnePhrase
	}
	return nil, errOneWord
}

// words returns the words between two places of a prompt, without marks.
func words(prompt string, from, to int) []Part {
	var parts []Part
	for _, s := range promptdiff.Tokens(prompt[from:to]) {
		text := prompt[from+s.From : from+s.To]
		if strings.ContainsFunc(text, isLetterOrDigit) {
			parts = append(parts, newPart(prompt, from+s.From, from+s.To, from, to))
		}
	}
	return parts
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// leads are the words that a phrase begins with.
var leads = wordSet("at in on with under over above below by and near behind through beside between against during like while wearing holding into onto from towards around among without across before after inside outside upon amid as surrounded lit")

// wordSet returns the words of a text.
func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// phrases splits a prompt at marks, except in brackets and quotes, and before leads.
func phrases(prompt string) []Part {
	var parts []Part
	depth, first, last := 0, -1, -1 // first and last are bytes of the phrase
	hasWord := false
	end := func() {
		if first >= 0 && hasWord {
			parts = append(parts, newPart(prompt, first, last, 0, len(prompt)))
		}
		first, hasWord = -1, false
	}
	for _, s := range promptdiff.Tokens(prompt) {
		text := prompt[s.From:s.To]
		depth = max(depth+opens(text), 0)
		switch {
		case depth == 0 && endsPhrase(text):
			end()
			continue
		case depth == 0 && hasWord && leads[strings.ToLower(text)], first >= 0 && depth == 0 && strings.Contains(prompt[last:s.From], "\n"):
			end()
		}
		if first < 0 {
			first = s.From
		}
		last = s.To
		hasWord = hasWord || strings.ContainsFunc(text, isLetterOrDigit) && !leads[strings.ToLower(text)]
	}
	end()
	return parts
}

// opens returns 1 for a bracket or quote that opens, and −1 for one that closes.
func opens(token string) int {
	switch token {
	case "(", "[", "{", "“", "«", "「":
		return 1
	case ")", "]", "}", "”", "»", "」":
		return -1
	}
	return 0
}

// endsPhrase reports whether a token is a mark between phrases.
func endsPhrase(token string) bool { return strings.Contains(",;.:!?—|、。，；", token) }

// newPart makes a part. Its prompt is mended between from and to alone, which are the borders of the text that it is in.
func newPart(prompt string, first, last, from, to int) Part {
	without := prompt[:from] + join(prompt[from:first], prompt[last:to]) + prompt[to:]
	return Part{Text: prompt[first:last], From: first, To: last, Without: without}
}

// separators are marks of which one is enough between two parts.
const separators = ",;:—|、，；"

// join puts together what was around a part: without two commas beside each other, a comma at the beginning or the end, or two blanks.
func join(left, right string) string {
	blank := blankBetween(left, right)
	left, right = strings.TrimRightFunc(left, unicode.IsSpace), strings.TrimLeftFunc(right, unicode.IsSpace)
	next, _ := utf8.DecodeRuneInString(right)
	last, _ := utf8.DecodeLastRuneInString(left)
	atStart := left == "" || strings.ContainsRune(".!?。", last)
	if atStart || strings.ContainsRune(separators, last) {
		right = strings.TrimLeft(right, separators+" \t\r\n")
		next, _ = utf8.DecodeRuneInString(right)
	}
	if right == "" || strings.ContainsRune(".!?。", next) {
		left = strings.TrimRight(left, separators+" \t\r\n")
	}
	if atStart {
		right = withoutMark(withoutAnd(right), left == "")
	}
	next, _ = utf8.DecodeRuneInString(right)
	if left == "" || right == "" || blank != "\n" && unicode.IsPunct(next) && !strings.ContainsRune("([{“«\"'-", next) {
		return left + right
	}
	return left + blank + right
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
