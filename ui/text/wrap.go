package text

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// Wrap breaks s into lines of at most w columns (at least 1): at its own line breaks, at spaces, between wide
// characters as Chinese and Japanese are set, and inside a word that is longer than a line. Only a wide character in
// a column of 1 is wider than w. The empty text is one empty line.
func Wrap(s Safe, w int) []Safe {
	w = max(1, w)
	var lines []Safe
	for line := range strings.SplitSeq(string(s), "\n") {
		lines = wrapLine(lines, line, w)
	}
	return lines
}

// A breaker fills lines; [start,end) is the line so far, end being the last place where it may be broken.
type breaker struct {
	s     string
	w     int
	start int // the first byte of the line
	at    int // the byte behind what was read
	used  int // columns of s[start:at]
	end   int // where the line ends if it is broken
	next  int // where the next line then starts; start when there is no such place yet
	width int // columns of s[start:next]
}

func wrapLine(lines []Safe, s string, w int) []Safe {
	b := breaker{s: s, w: w}
	afterWide := false
	for it := displaywidth.StringGraphemes(s); it.Next(); {
		cluster, width := it.Value(), it.Width()
		wide := width > 1
		if (wide || afterWide) && b.at > b.start && !clings(cluster) {
			b.mark(b.at, b.at)
		}
		if cluster == " " {
			b.space()
		} else {
			for b.used+width > w && b.at > b.start {
				lines = append(lines, b.cut())
			}
			b.at += len(cluster)
			b.used += width
		}
		afterWide = wide
	}
	return append(lines, Safe(strings.TrimRight(b.s[b.start:b.at], " ")))
}

// mark remembers that the line may end at end and go on at next.
func (b *breaker) mark(end, next int) {
	b.end, b.next, b.width = end, next, b.used
}

// space takes a space: it may hang over the edge, since a line's last spaces are not drawn.
func (b *breaker) space() {
	end := b.at
	if b.next == b.at && b.next > b.start && b.s[b.at-1] == ' ' {
		end = b.end
	}
	b.at++
	b.used++
	if strings.Trim(b.s[b.start:end], " ") != "" { // spaces at the line's start are indentation, no place to break
		b.mark(end, b.at)
	}
}

// cut ends the line at the last good place, or right here where a word is too long, and begins the next.
func (b *breaker) cut() Safe {
	if b.next == b.start {
		b.mark(b.at, b.at)
	}
	line := strings.TrimRight(b.s[b.start:b.end], " ")
	b.start, b.used = b.next, b.used-b.width
	return Safe(line)
}

// clings says that a line should not begin with this cluster (closing punctuation of Chinese and Japanese).
func clings(cluster string) bool {
	return cluster != "" && strings.Contains("、。，．！？：；）」』】〉》〕…ー", cluster)
}
