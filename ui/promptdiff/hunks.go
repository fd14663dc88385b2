package promptdiff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostCompared is how many words, between those that two texts begin and end with, are compared one by one. Longer differences are one hunk.
const mostCompared = 2000

// A Hunk is one place where two texts differ: the bytes from From to To of each are in the place of each other. One of the two may be empty.
type Hunk struct {
	From, To           int // of the first text
	OtherFrom, OtherTo int // of the second text
}

// Hunks returns where two raw texts differ, in words and marks of punctuation, in their order. What is only added or only taken away is a hunk for
// each phrase of it, which ends with a comma or the like; phrases that others replace are hunks too. Where nothing but blanks differ there is one
// hunk, of all there is. Applying all hunks gives the second text, but for blanks.
func Hunks(a, b string) []Hunk {
	if a == b {
		return nil
	}
	from, to := Tokens(a), Tokens(b)
	head := 0
	for head < min(len(from), len(to)) && from[head].of(a) == to[head].of(b) {
		head++
	}
	tail := 0
	for tail < min(len(from), len(to))-head && from[len(from)-1-tail].of(a) == to[len(to)-1-tail].of(b) {
		tail++
	}
	pairs := commonTokens(a, b, from[head:len(from)-tail], to[head:len(to)-tail])
	for i := range pairs {
		pairs[i][0] += head
		pairs[i][1] += head
	}
	pairs = append(pairs, [2]int{len(from) - tail, len(to) - tail})
	var hunks []Hunk
	i, j := head, head
	for _, p := range pairs {
		if p[0] > i || p[1] > j {
			hunks = append(hunks, phraseHunks(a, b, from, to, Span{i, p[0]}, Span{j, p[1]})...)
		}
		i, j = p[0]+1, p[1]+1
	}
	if len(hunks) == 0 {
		return []Hunk{{0, len(a), 0, len(b)}}
	}
	return hunks
}

// of returns the part of a text.
func (s Span) of(text string) string { return text[s.From:s.To] }

// commonTokens returns the indices of the longest sequence of tokens that two texts have in common.
func commonTokens(a, b string, from, to []Span) [][2]int {
	if len(from) == 0 || len(to) == 0 || len(from) > mostCompared || len(to) > mostCompared {
		return nil
	}
	return common(numberTokens(a, b, from, to))
}

// numberTokens returns a number for each token, the same for the same text.
func numberTokens(a, b string, from, to []Span) (first, second []int) {
	numbers := map[string]int{}
	number := func(text string, spans []Span) []int {
		all := make([]int, len(spans))
		for i, s := range spans {
			n, ok := numbers[s.of(text)]
			if !ok {
				n = len(numbers)
				numbers[s.of(text)] = n
			}
			all[i] = n
		}
		return all
	}
	return number(a, from), number(b, to)
}

// phraseHunks returns the hunks of one difference: the tokens i of the first text for the tokens j of the second.
func phraseHunks(a, b string, from, to []Span, i, j Span) []Hunk {
	switch {
	case i.From == i.To:
		at := place(from, i.From)
		var hunks []Hunk
		for _, p := range phrases(b, to, j) {
			hunks = append(hunks, Hunk{at, at, p.From, p.To})
		}
		return hunks
	case j.From == j.To:
		at := place(to, j.From)
		var hunks []Hunk
		for _, p := range phrases(a, from, i) {
			hunks = append(hunks, Hunk{p.From, p.To, at, at})
		}
		return hunks
	}
	return replacedPhrases(splitBefore(a, from, i), splitBefore(b, to, j))
}

// replacedPhrases returns the hunks of phrases that others replace, one by one. Those that are left over are added or taken away at the end.
func replacedPhrases(a, b []Span) []Hunk {
	var hunks []Hunk
	for k := range max(len(a), len(b)) {
		switch {
		case k >= len(a):
			end := a[len(a)-1].To
			hunks = append(hunks, Hunk{end, end, b[k-1].To, b[k].To})
		case k >= len(b):
			end := b[len(b)-1].To
			hunks = append(hunks, Hunk{a[k-1].To, a[k].To, end, end})
		default:
			hunks = append(hunks, Hunk{a[k].From, a[k].To, b[k].From, b[k].To})
		}
	}
	return hunks
}

// splitBefore splits tokens into phrases that begin with a comma or the like, without blanks around them.
func splitBefore(text string, tokens []Span, part Span) []Span {
	var all []Span
	for i := part.From; i < part.To; i++ {
		if n := len(all); n > 0 && !endsPhrase(tokens[i].of(text)) {
			all[n-1].To = tokens[i].To
			continue
		}
		all = append(all, tokens[i])
	}
	return all
}

// place returns where a token would be inserted before token i: after the token before it.
func place(tokens []Span, i int) int {
	if i == 0 {
		return 0
	}
	return tokens[i-1].To
}

// phrases splits tokens of a text into phrases, each with the blanks before it. A phrase begins with a comma or ends with one, as the difference
// begins with one or not.
func phrases(text string, tokens []Span, part Span) []Span {
	begins := endsPhrase(tokens[part.From].of(text))
	var all []Span
	first := part.From
	for i := part.From; i < part.To; i++ {
		last := i+1 == part.To
		if !last && begins && !endsPhrase(tokens[i+1].of(text)) || !last && !begins && !endsPhrase(tokens[i].of(text)) {
			continue
		}
		all = append(all, Span{place(tokens, first), tokens[i].To})
		first = i + 1
	}
	return all
}

// endsPhrase reports whether a token is a mark between phrases.
func endsPhrase(token string) bool { return strings.Contains(",;.:!?\u3001\u3002\uff0c\uff1b", token) }

// Apply puts the parts of b in the place of those of a, for the hunks that are on. Where that puts two words side by side, it writes a blank
// between them. Blanks at the beginning are dropped if something there was taken away.
func Apply(a, b string, hunks []Hunk, on func(i int) bool) string {
	var out []byte
	at := 0
	for i, h := range hunks {
		if !on(i) {
			continue
		}
		out = join(out, a[at:h.From])
		out = join(out, b[h.OtherFrom:h.OtherTo])
		at = h.To
	}
	rest := a[at:]
	if len(out) == 0 && at > 0 {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
	}
	return string(join(out, rest))
}

// join appends a text to another one.
func join(out []byte, text string) []byte {
	last, _ := utf8.DecodeLastRune(out)
	next, _ := utf8.DecodeRuneInString(text)
	if len(out) > 0 && text != "" && joinsWords(last, next) {
		out = append(out, ' ')
	}
	return append(out, text...)
}

// joinsWords reports whether a blank belongs between two characters.
func joinsWords(last, next rune) bool {
	if unicode.IsSpace(last) || unicode.IsSpace(next) || isMark(next) || isWord(last) || isWord(next) {
		return false
	}
	return !isMark(last) || strings.ContainsRune(",;.:!?", last)
}
