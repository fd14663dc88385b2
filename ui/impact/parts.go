package impact

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"tintype/ui/format"
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

// The sentences about predictions and prompts from which nothing can be left out.
var (
	errFailed  = errors.New("This prediction failed: there is no picture whose words could be measured. Make it again first; bisect finds what a filter refuses.")
	errNoWords = errors.New("This prompt has no words: there is nothing to leave out.")
	errOneWord = errors.New("This prompt is one word: without it nothing is left to compare.")

	// ErrOnePhrase says that words can be left out of a prompt, but no phrases.
	ErrOnePhrase = errors.New("This prompt is one phrase. Measure it word by word.")
)

// Parts splits a prompt, as it was sent, into its phrases or words. Phrases end at marks such as commas, and before words such as "at", "with" and
// "and". In a prompt that is JSON, a phrase is a member with its value or an element of a list, and words are those of its texts. The
// error is a sentence: there is nothing to leave out.
func Parts(prompt string, by By) ([]Part, error) {
	var parts []Part
	isJSON := json.Valid([]byte(prompt)) && strings.HasPrefix(strings.TrimSpace(prompt), "{")
	switch {
	case by == Word:
		parts = wordsOf(prompt, isJSON)
	case isJSON:
		parts = jsonMembers(prompt)
	default:
		parts = phrases(prompt)
	}
	switch {
	case len(parts) > mostParts:
		return nil, fmt.Errorf("This prompt has more than %s %ss, which is the most that can be measured.", format.Count(mostParts), by)
	case len(parts) > 1:
		return parts, nil
	case by == Phrase && len(wordsOf(prompt, isJSON)) > 1:
		return nil, ErrOnePhrase
	case len(parts) == 0:
		return nil, errNoWords
	}
	return nil, errOneWord
}

// wordsOf returns the words of a prompt.
func wordsOf(prompt string, isJSON bool) []Part {
	if isJSON {
		return jsonWords(prompt)
	}
	return words(prompt, 0, len(prompt))
}

// mostParts is how many parts of a prompt are measured at most. Each has a prompt of its own, which is nearly as long.
const mostParts = 1_000

// words returns the words between two places of a prompt, without marks.
func words(prompt string, from, to int) []Part {
	var parts []Part
	for _, s := range promptdiff.Tokens(prompt[from:to]) {
		if len(parts) <= mostParts && isWord(prompt[from+s.From:from+s.To]) {
			parts = append(parts, newPart(prompt, from+s.From, from+s.To, from, to))
		}
	}
	return parts
}

// isWord reports whether a token says something: it has a letter, a digit or a picture such as an emoji.
func isWord(token string) bool {
	return strings.ContainsFunc(token, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.So, r) })
}

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
	first, last := -1, -1 // bytes of the phrase
	hasWord := false
	end := func() {
		if first >= 0 && hasWord && len(parts) <= mostParts {
			parts = append(parts, newPart(prompt, first, last, 0, len(prompt)))
		}
		first, hasWord = -1, false
	}
	tokens := promptdiff.Tokens(prompt)
	within := withinBrackets(prompt, tokens)
	for i, s := range tokens {
		text := prompt[s.From:s.To]
		isLead := leads[strings.ToLower(text)]
		switch {
		case within[i]:
		case endsPhrase(text):
			end()
			continue
		case hasWord && isLead, first >= 0 && strings.Contains(prompt[last:s.From], "\n"):
			end()
		}
		if first < 0 {
			first = s.From
		}
		last = s.To
		hasWord = hasWord || isWord(text) && !isLead
	}
	end()
	return parts
}

// endsPhrase reports whether a token is a mark between phrases.
func endsPhrase(token string) bool { return strings.Contains(",;.:!?—|•、。，；：", token) }
