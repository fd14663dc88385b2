package history

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hits returns the byte ranges of text that the query's words and phrases match, sorted and without overlaps, for underlining.
func (q Query) Hits(text string) [][2]int {
	words := q.Words()
	if len(words) == 0 {
		return nil
	}
	folded, from := foldWithOrigin(text)
	var hits [][2]int
	for _, w := range words {
		for at := 0; ; {
			n := strings.Index(folded[at:], w)
			if n < 0 {
				break
			}
			hits = append(hits, [2]int{from[at+n], from[at+n+len(w)]})
			at += n + len(w)
		}
	}
	return joinedRanges(hits)
}

// foldWithOrigin folds text. from has for each byte of the result, and for its end, the offset in text that it came from.
func foldWithOrigin(text string) (folded string, from []int) {
	var b []byte
	for i, r := range text {
		if r < ' ' {
			r = ' '
		}
		b = utf8.AppendRune(b, unicode.ToLower(r))
		for len(from) < len(b) {
			from = append(from, i)
		}
	}
	return string(b), append(from, len(text))
}

func joinedRanges(ranges [][2]int) [][2]int {
	slices.SortFunc(ranges, func(a, b [2]int) int { return a[0] - b[0] })
	out := ranges[:0]
	for _, r := range ranges {
		if n := len(out); n > 0 && r[0] <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], r[1])
			continue
		}
		out = append(out, r)
	}
	return out
}
