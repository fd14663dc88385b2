package text

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// Width is the number of columns that s takes; of several lines, that of the widest.
func Width(s Safe) int {
	widest := 0
	for line := range strings.SplitSeq(string(s), "\n") {
		widest = max(widest, displaywidth.String(line))
	}
	return widest
}

// Truncate cuts one line to at most w columns; what was cut shows as tail, if tail itself fits. A wide character that
// would stand across the edge is left out.
func Truncate(s Safe, w int, tail Safe) Safe {
	if Width(s) <= w {
		return s
	}
	tailWidth := Width(tail)
	if tailWidth > w {
		tail, tailWidth = "", 0
	}
	return s[:prefix(string(s), w-tailWidth)] + tail
}

// TruncateLeft cuts one line to its last w columns, with head in place of what was cut.
func TruncateLeft(s Safe, w int, head Safe) Safe {
	width := Width(s)
	if width <= w {
		return s
	}
	headWidth := Width(head)
	if headWidth > w {
		head, headWidth = "", 0
	}
	drop := width - max(0, w-headWidth)
	it := displaywidth.StringGraphemes(string(s))
	at := 0
	for drop > 0 && it.Next() {
		at += len(it.Value())
		drop -= it.Width()
	}
	return head + s[at:]
}

// prefix is the number of bytes of s that fill at most w columns.
func prefix(s string, w int) int {
	at, used := 0, 0
	for it := displaywidth.StringGraphemes(s); it.Next(); {
		used += it.Width()
		if used > w {
			break
		}
		at += len(it.Value())
	}
	return at
}

// PadRight fills one line with spaces to w columns; a longer one stays as it is.
func PadRight(s Safe, w int) Safe {
	if n := w - Width(s); n > 0 {
		return s + Safe(strings.Repeat(" ", n))
	}
	return s
}
