package text

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// Wrap breaks s into lines of at most w columns (at least 1): at its own line breaks, at spaces, between wide
// characters as in Chinese and Japanese, and inside a word that is longer than a line. Keys such as ctrl+x x stay together
// where a line has room for both. Only a character that is wider than w exceeds it, alone in its line. The empty text is one empty line.
func Wrap(s Safe, w int) []Safe {
	w = max(1, w)
	var lines []Safe
	for line := range strings.SplitSeq(string(s), "\n") {
		lines = wrapLine(lines, line, w)
	}
	return lines
}

// lineBreaker fills lines. s[start:at] is the current line so far, and end is the last place where it may be broken.
type lineBreaker struct {
	s     string
	w     int
	start int // first byte of the line
	at    int // first byte that has not been read
	used  int // columns of s[start:at]
	end   int // end of the line if it is broken
	next  int // start of the next line then; equal to start if there is no place yet
	width int // columns of s[start:next]
}

func wrapLine(lines []Safe, s string, w int) []Safe {
	b := lineBreaker{s: s, w: w}
	afterWide := false
	for it := displaywidth.StringGraphemes(s); it.Next(); {
		cluster, width := it.Value(), columns(it.Value(), it.Width())
		wide := width > 1
		if (wide || afterWide) && b.at > b.start && !isClosingPunctuation(cluster) {
			b.setBreak(b.at, b.at)
		}
		if cluster == " " {
			b.addSpace()
		} else {
			for b.used+width > w && b.at > b.start {
				lines = append(lines, b.cutLine())
			}
			b.at += len(cluster)
			b.used += width
		}
		afterWide = wide
	}
	return append(lines, Safe(strings.TrimRight(b.s[b.start:b.at], " ")))
}

// setBreak records that the line may end at end and continue at next.
func (b *lineBreaker) setBreak(end, next int) {
	b.end, b.next, b.width = end, next, b.used
}

// addSpace adds a space. It may exceed the width, since trailing spaces are not drawn.
func (b *lineBreaker) addSpace() {
	end := b.at
	if b.next == b.at && b.next > b.start && b.s[b.at-1] == ' ' {
		end = b.end
	}
	b.at++
	b.used++
	if strings.Trim(b.s[b.start:end], " ") != "" && !b.isInChord() { // leading spaces are indentation, not a place to break
		b.setBreak(end, b.at)
	}
}

// isInChord reports whether the space before at is between two keys that are pressed one after the other, such as ctrl+x x. On two lines
// they would read as two instructions.
func (b *lineBreaker) isInChord() bool {
	before := b.s[b.start : b.at-1]
	after, _, _ := strings.Cut(b.s[b.at:], " ")
	return strings.HasPrefix(before[strings.LastIndexByte(before, ' ')+1:], "ctrl+") && len(strings.TrimRight(after, ".,:;)")) == 1
}

// cutLine ends the line at the last possible place, or right here inside a long word, and starts the next.
func (b *lineBreaker) cutLine() Safe {
	if b.next == b.start {
		b.setBreak(b.at, b.at)
	}
	line := strings.TrimRight(b.s[b.start:b.end], " ")
	b.start, b.used = b.next, b.used-b.width
	return Safe(line)
}

// isClosingPunctuation reports whether a line should not begin with this cluster (Chinese and Japanese).
func isClosingPunctuation(cluster string) bool {
	return cluster != "" && strings.Contains("、。，．！？：；）」』】〉》〕…ー", cluster)
}
