package wording

import (
	"sort"
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
	if s, ok := longest(words, fits, func(cut string) string { return before + cut + strings.TrimPrefix(after, ".") + todo }); ok {
		return s
	}
	told = strings.TrimSuffix(before, ": ") + after
	if all := told + todo; fits(all) || todo == "" {
		return all
	}
	if s, ok := longest(told, fits, func(cut string) string { return cut + " " + todo }); ok {
		return s
	}
	return format.UpperFirst(todo)
}

// longest returns the sentence with as many of some words as fit; ok is false if too few do to say anything. A provider may send 64 KiB of them,
// so it doubles what it tries, and then halves.
func longest(words string, fits func(sentence string) bool, with func(cut string) string) (sentence string, ok bool) {
	const least = 8 // columns of words that say anything
	cut := func(columns int) string { return with(string(text.Truncate(text.Safe(words), columns, "…"))) }
	most := text.Width(text.Safe(words)) - 1
	n := min(least, most)
	for n < most && fits(cut(n)) {
		n = min(2*n, most)
	}
	less := sort.Search(max(n-least+1, 0), func(less int) bool { return fits(cut(n - less)) })
	if n-less < least {
		return "", false
	}
	return cut(n - less), true
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
