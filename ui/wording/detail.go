package wording

import (
	"strings"

	"tintype/ui/format"
	"tintype/ui/text"
)

// A provider's words in a sentence are between marks, so that they are what is shortened where a caption has too little room. What
// happened and what to do are never cut.
const (
	detailStart = '\ue003'
	detailEnd   = '\ue004'
	todoStart   = '\ue005' // before what to do
	aboutStart  = '\ue006' // before the key of the run that a person can do it with
	aboutEnd    = '\ue007'
)

// detail puts a provider's words between marks, for the full screen.
func (w Writer) detail(words string) string {
	if w.isCommandLine() || words == "" {
		return words
	}
	return string(detailStart) + words + string(detailEnd)
}

// withDetail puts marks around the provider's words within a sentence of package api: the words as they are, or all that follows the first
// colon but for what it says about the bill.
func (w Writer) withDetail(sentence, words string) string {
	if words = withoutStop(words); words != "" && strings.Contains(sentence, words) {
		before, after, _ := strings.Cut(sentence, words)
		return before + w.detail(words) + after
	}
	before, said, found := strings.Cut(sentence, ": ")
	if words == "" || !found {
		return sentence
	}
	end := len(withoutStop(said))
	for _, last := range []string{". Nothing is billed", ". Nothing was sent, nothing is billed"} {
		if at := strings.LastIndex(said, last); at > 0 && at < end {
			end = at
		}
	}
	return before + ": " + w.detail(said[:end]) + said[end:]
}

// Shorten returns a sentence without its marks, shortened until it fits: first the provider's words, then the end of what happened. What
// to do is kept.
func Shorten(sentence string, fits func(sentence string) bool) string {
	told, todo, _ := strings.Cut(sentence, string(todoStart))
	before, rest, _ := strings.Cut(told, string(detailStart))
	words, after, _ := strings.Cut(rest, string(detailEnd))
	if all := before + words + after + todo; fits(all) {
		return all
	}
	const least = 8 // columns of words that say anything
	for n := text.Width(text.Safe(words)) - 1; n >= least; n-- {
		if s := before + string(text.Truncate(text.Safe(words), n, "…")) + strings.TrimPrefix(after, ".") + todo; fits(s) {
			return s
		}
	}
	told = strings.TrimSuffix(before, ": ") + after
	if all := told + todo; fits(all) || todo == "" {
		return all
	}
	for n := text.Width(text.Safe(told)) - 1; n >= least; n-- {
		if s := string(text.Truncate(text.Safe(told), n, "…")) + " " + todo; fits(s) {
			return s
		}
	}
	return format.UpperFirst(todo)
}

// WithoutTodo returns a sentence without what to do, for where keys go to a dialog that says it itself.
func WithoutTodo(sentence string) string {
	told, _, found := strings.Cut(sentence, string(todoStart))
	if !found {
		return sentence
	}
	return strings.TrimRight(told, ".;: ") + "."
}

// Plain returns a sentence without its marks.
func Plain(sentence string) string { return Shorten(sentence, func(string) bool { return true }) }
