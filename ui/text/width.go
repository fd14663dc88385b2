package text

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// Width returns the number of columns of s; with several lines, that of the widest.
func Width(s Safe) int {
	widest := 0
	for line := range strings.SplitSeq(string(s), "\n") {
		widest = max(widest, lineWidth(line))
	}
	return widest
}

func lineWidth(line string) (w int) {
	if !mayBeMultiRune(line) {
		return displaywidth.String(line)
	}
	for it := displaywidth.StringGraphemes(line); it.Next(); {
		w += columns(it.Value(), it.Width())
	}
	return w
}

// Truncate cuts one line to at most w columns. tail replaces what was cut if it fits. A wide character that would cross
// the edge is dropped, and before a tail what TrimEnd drops.
func Truncate(s Safe, w int, tail Safe) Safe {
	if Width(s) <= w {
		return s
	}
	tailWidth := Width(tail)
	if tailWidth > w {
		tail, tailWidth = "", 0
	}
	s = s[:prefixLen(string(s), w-tailWidth)]
	if tail != "" {
		s = TrimEnd(s)
	}
	return s + tail
}

// TrimEnd drops blanks, and a separator of facts, from the end of what is left of a line that was cut: "1:1 · " becomes "1:1".
func TrimEnd(s Safe) Safe {
	end := strings.TrimRight(string(s), " ")
	for _, separator := range []string{" ·", " -"} {
		end = strings.TrimSuffix(end, separator)
	}
	return Safe(strings.TrimRight(end, " "))
}

// TruncateLeft cuts one line to its last w columns. head replaces what was cut if it fits.
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
		drop -= columns(it.Value(), it.Width())
	}
	return head + s[at:]
}

// prefixLen returns the number of bytes of s that fill at most w columns.
func prefixLen(s string, w int) int {
	at, used := 0, 0
	for it := displaywidth.StringGraphemes(s); it.Next(); {
		used += columns(it.Value(), it.Width())
		if used > w {
			break
		}
		at += len(it.Value())
	}
	return at
}

// PadRight appends spaces to one line up to w columns. A longer line stays as it is.
func PadRight(s Safe, w int) Safe {
	if n := w - Width(s); n > 0 {
		return s + Safe(strings.Repeat(" ", n))
	}
	return s
}

// Fit cuts one line to at most w columns, or appends spaces up to w columns.
func Fit(s Safe, w int) Safe { return PadRight(Truncate(s, w, ""), w) }
